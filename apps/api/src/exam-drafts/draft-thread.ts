/** A thread that looks through exams being written, one after the other. Whoever started it may end it at any moment. */
import { parentPort } from 'node:worker_threads';
import { openMarkingEngine } from '@tensormark/marking';
import type { DraftOutcome, DraftTask } from './draft-task.js';
import { draftWork } from './draft-work.js';
import type { Said } from './threads.js';

const port = parentPort;
if (port === null) throw new Error('this file runs as a worker thread alone');
const engine = await openMarkingEngine();

port.on('message', (task: DraftTask) => {
  port.postMessage(answer(task));
});
port.postMessage({ kind: 'ready' } satisfies Said<DraftOutcome>);

function answer(task: DraftTask): Said<DraftOutcome> {
  try {
    return { kind: 'done', outcome: draftWork(engine, task) };
  } catch (error) {
    return {
      kind: 'fault',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}
