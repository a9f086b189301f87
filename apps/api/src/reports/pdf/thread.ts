/** A thread that prints reports, one after the other. */
import { answerTasks } from '@tensormark/threads';
import { print } from './print.js';

answerTasks({ answer: print });
