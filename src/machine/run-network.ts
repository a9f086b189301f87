import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { RanNetworks, ToExecution } from './execution-process.js';

/** Reading and opening a device, beside the run itself. */
const START_MS = 45_000;

/** Has the networks of a file run in processes of their own. Never rejects: what fails is a fault, and no finding. */
export function runNetwork(asked: ToExecution): Promise<RanNetworks> {
  return new Promise((resolve) => {
    // Beside the bundle as beside this file: both lie two folders below dist.
    const script = new URL('../machine/execution-process.js', import.meta.url);
    const child = fork(fileURLToPath(script), { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    const settle = (ran: RanNetworks): void => {
      clearTimeout(timer);
      child.removeAllListeners();
      child.kill('SIGKILL');
      resolve(ran);
    };
    const fault = (message: string): void => settle({ running: { kind: 'fault', message }, others: [] });
    const most = asked.milliseconds + START_MS;
    const timer = setTimeout(() => fault(`no answer within ${most / 1000} s`), most);
    child.once('message', (ran) => settle(ran as RanNetworks));
    child.once('error', (error) => fault(error.message));
    child.once('exit', (code, signal) => fault(`the process ended by itself (${signal ?? code})`));
    child.send(asked, (error) => {
      if (error) fault(error.message);
    });
  });
}
