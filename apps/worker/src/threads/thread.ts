/** One thread of the pool: takes a task, answers it, takes the next. Whoever started it may end it at any moment. */
import { parentPort } from 'node:worker_threads';
import { openMarkingEngine } from '@tensormark/marking';
import type { Answered, Task } from './task.js';
import { Work } from './work.js';

const port = parentPort;
if (port === null) throw new Error('this file runs as a worker thread alone');
const work = new Work(await openMarkingEngine());

port.on('message', (task: Task) => {
  port.postMessage(answer(task));
});
port.postMessage('ready');

function answer(task: Task): Answered {
  try {
    return { kind: 'done', result: work.do(task) };
  } catch (error) {
    return {
      kind: 'fault',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}
