import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ReadResult } from '@tensormark/documents';

export interface ToDocument {
  readonly bytes: Uint8Array;
}

export type FromDocument =
  | { readonly kind: 'result'; readonly result: ReadResult }
  | { readonly kind: 'fault'; readonly message: string };

/** Longer than reading itself may take; that is watched by the process that is asked. */
const MOST_MS = 180_000;

/** Has a document of any kind read in processes of their own. Rejects with an Error for a fault of ours. */
export function readDocumentApart(bytes: Uint8Array): Promise<ReadResult> {
  return new Promise((resolve, reject) => {
    // Beside the bundle as beside this file: both lie two folders below dist.
    const script = new URL('../machine/document-process.js', import.meta.url);
    const child = fork(fileURLToPath(script), {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const settle = (say: () => void): void => {
      clearTimeout(timer);
      child.removeAllListeners();
      child.kill('SIGKILL');
      say();
    };
    const fault = (message: string): void => settle(() => reject(new Error(message)));
    const timer = setTimeout(() => fault(`no answer within ${MOST_MS / 1000} s`), MOST_MS);
    child.once('message', (said: FromDocument) => {
      if (said.kind === 'fault') fault(said.message);
      else settle(() => resolve(said.result));
    });
    child.once('error', (error) => fault(error.message));
    child.once('exit', (code, signal) => fault(`the process ended by itself (${signal ?? code})`));
    child.send({ bytes } satisfies ToDocument, (error) => {
      if (error) fault(error.message);
    });
  });
}
