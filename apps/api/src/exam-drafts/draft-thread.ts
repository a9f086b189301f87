/** A thread that looks through exams being written, one after the other. */
import { openMarkingEngine } from '@tensormark/marking';
import { answerTasks } from '@tensormark/threads';
import type { DraftTask } from './draft-task.js';
import { draftWork } from './draft-work.js';

const engine = await openMarkingEngine();
answerTasks({ answer: (task: DraftTask) => draftWork(engine, task) });
