/** One thread of the pool: takes a task, answers it, takes the next. */
import { workerData } from 'node:worker_threads';
import { openMarkingEngine } from '@tensormark/marking';
import { answerTasks } from '@tensormark/threads';
import { z } from 'zod';
import { openEmbeddingModel } from '../embedding/open-model.js';
import type { Task } from './task.js';
import { Work } from './work.js';

/** What a thread is told when it starts; nothing is needed. */
const Told = z.object({ embeddingModel: z.string().optional() }).nullish();

const folder = Told.parse(workerData)?.embeddingModel;
const work = new Work(
  await openMarkingEngine(),
  folder === undefined ? undefined : await openEmbeddingModel(folder),
);

answerTasks({ answer: (task: Task) => work.do(task) });
