/** One thread of the pool: takes a task, answers it, takes the next. Whoever started it may end it at any moment. */
import { parentPort, workerData } from 'node:worker_threads';
import { openMarkingEngine } from '@tensormark/marking';
import { z } from 'zod';
import { openEmbeddingModel } from '../embedding/open-model.js';
import type { Answered, Task } from './task.js';
import { Work } from './work.js';

/** What a thread is told when it starts; nothing is needed. */
const Told = z.object({ embeddingModel: z.string().optional() }).nullish();

const port = parentPort;
if (port === null) throw new Error('this file runs as a worker thread alone');
const folder = Told.parse(workerData)?.embeddingModel;
const work = new Work(
  await openMarkingEngine(),
  folder === undefined ? undefined : await openEmbeddingModel(folder),
);

port.on('message', (task: Task) => {
  void answer(task).then((answered) => port.postMessage(answered));
});
port.postMessage('ready');

async function answer(task: Task): Promise<Answered> {
  try {
    return { kind: 'done', result: await work.do(task) };
  } catch (error) {
    return {
      kind: 'fault',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}
