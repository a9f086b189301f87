import { fork, type ChildProcess } from 'node:child_process';
import { COMMAND } from './paths.js';

export interface WorkerProcess {
  /** Asks the worker to end what it is doing and waits for it. */
  stop(): Promise<void>;
}

const PATIENCE_MS = 15_000;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;

/**
 * Runs `tensormark worker` in a process of its own and starts it again, later each time, when it ends by itself. It ends
 * with this process: losing the channel to it is a request to stop.
 */
export function startWorkerProcess(
  environment: NodeJS.ProcessEnv,
  say: (line: string) => void,
): WorkerProcess {
  let child: ChildProcess;
  let stopping = false;
  let delay = FIRST_DELAY_MS;
  let again: NodeJS.Timeout | undefined;

  const launch = (): void => {
    const started = Date.now();
    child = fork(COMMAND, ['worker'], { env: environment, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    child.once('exit', (code, signal) => {
      if (stopping) return;
      delay =
        Date.now() - started > LONGEST_DELAY_MS ? FIRST_DELAY_MS : Math.min(delay * 2, LONGEST_DELAY_MS);
      say(
        `The worker ended by itself (${signal ?? code}); it starts again in ${delay / 1000} s. Nothing is lost.`,
      );
      again = setTimeout(launch, delay);
    });
  };
  launch();

  return {
    stop: () =>
      new Promise((resolve) => {
        stopping = true;
        clearTimeout(again);
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
        child.once('exit', () => {
          clearTimeout(timer);
          resolve();
        });
        child.kill('SIGTERM');
      }),
  };
}
