import { parentPort } from 'node:worker_threads';
import type { Said } from './said.js';

export interface Answering {
  /** Of a task of one kind: what a thread is given is what its `Threads` sends it. */
  answer(task: unknown): unknown;
}

/**
 * Makes of the file that calls this, once it is ready, a thread of `Threads`: it answers one task after another with what
 * `answer` gives. Whoever started it may end it at any moment.
 */
export function answerTasks(answering: Answering): void {
  const port = parentPort;
  if (port === null) throw new Error('this file runs as a worker thread alone');
  port.on('message', (task: unknown) => {
    void saidOf(answering, task).then((said) => port.postMessage(said));
  });
  port.postMessage({ kind: 'ready' } satisfies Said<unknown>);
}

async function saidOf(answering: Answering, task: unknown): Promise<Said<unknown>> {
  try {
    return { kind: 'done', outcome: await answering.answer(task) };
  } catch (error) {
    return {
      kind: 'fault',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}
