import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DeviceChoice } from '@tensormark/execution';
import type { RunOrder } from '@tensormark/marking';
import type { FromOrders, ToOrders } from './orders-process.js';

const MEGABYTES = 1024;
/** What one order may take, all its tries and reading it together. */
const MOST_MS = 180_000;

/**
 * Has networks run in processes of their own, one after the other. Never rejects: an order that takes too long, or its process
 * down, comes to a fault, and the ones behind it are run all the same.
 */
export async function runOrders(
  orders: readonly RunOrder[],
  device: DeviceChoice,
): Promise<readonly FromOrders[]> {
  const outcomes: FromOrders[] = [];
  while (outcomes.length < orders.length) {
    const left = orders.slice(outcomes.length);
    const end = await inOneProcess({ orders: left, device }, (said) => outcomes.push(said));
    if (outcomes.length < orders.length) outcomes.push({ kind: 'fault', message: end });
  }
  return outcomes;
}

/** Resolves with why no more comes, once all have come or the process is gone. */
function inOneProcess(asked: ToOrders, take: (said: FromOrders) => void): Promise<string> {
  return new Promise((resolve) => {
    // Beside the bundle as beside this file: both lie two folders below dist.
    const script = new URL('../machine/orders-process.js', import.meta.url);
    const child = fork(fileURLToPath(script), {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: [`--max-old-space-size=${MEGABYTES}`],
    });
    let timer: NodeJS.Timeout | undefined;
    let left = asked.orders.length;
    const end = (why: string): void => {
      clearTimeout(timer);
      child.removeAllListeners();
      child.kill('SIGKILL');
      resolve(why);
    };
    const wait = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => end(`no answer within ${MOST_MS / 1000} s`), MOST_MS);
    };
    wait();
    child.on('message', (said) => {
      take(said as FromOrders);
      left -= 1;
      if (left === 0) end('all are done');
      else wait();
    });
    child.once('error', (error) => end(error.message));
    child.once('exit', (code, signal) => end(`the process ended by itself (${signal ?? code})`));
    child.send(asked, (error) => {
      if (error) end(error.message);
    });
  });
}
