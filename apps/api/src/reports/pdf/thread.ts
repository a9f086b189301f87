/** The thread that prints: takes an order, answers with bytes, takes the next. */
import { parentPort } from 'node:worker_threads';
import { print, type PrintOrder } from './print.js';

export type Printed =
  | { readonly kind: 'done'; readonly bytes: Uint8Array }
  | { readonly kind: 'fault'; readonly message: string };

const port = parentPort;
if (port === null) throw new Error('this file runs as a worker thread alone');

port.on('message', (order: PrintOrder) => {
  print(order).then(
    (bytes) => port.postMessage({ kind: 'done', bytes } satisfies Printed),
    (error: unknown) =>
      port.postMessage({
        kind: 'fault',
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      } satisfies Printed),
  );
});
