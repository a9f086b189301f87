import { parentPort } from 'node:worker_threads';
import type { Said } from './said.js';

/**
 * Makes of the file that calls this, once it is ready, a thread of `Threads`: it answers one task after another with what
 * `answer` gives. Whoever started it may end it at any moment.
 */
export function answerTasks<Task, Outcome>(answer: (task: Task) => Outcome | Promise<Outcome>): void {
  const port = parentPort;
  if (port === null) throw new Error('this file runs as a worker thread alone');
  port.on('message', (task: Task) => {
    void saidOf(answer, task).then((said) => port.postMessage(said));
  });
  port.postMessage({ kind: 'ready' } satisfies Said<Outcome>);
}

async function saidOf<Task, Outcome>(
  answer: (task: Task) => Outcome | Promise<Outcome>,
  task: Task,
): Promise<Said<Outcome>> {
  try {
    return { kind: 'done', outcome: await answer(task) };
  } catch (error) {
    return {
      kind: 'fault',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}
