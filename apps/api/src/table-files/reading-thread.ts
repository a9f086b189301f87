/** A thread that opens files with tables, one after the other. */
import { answerTasks } from '@tensormark/threads';
import { openFile } from './open-file.js';

answerTasks({ answer: openFile });
