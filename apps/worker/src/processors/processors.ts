import type { Processors } from '@tensormark/queue';
import type { Records } from '@tensormark/records';
import type { Log } from '../log.js';
import type { Pool } from '../threads/pool.js';
import { ExamSources } from './exam-sources.js';
import { partFailed, submissionFailed } from './failures.js';
import { finish } from './finish.js';
import { markPart } from './mark-part.js';
import { split } from './split.js';

/** What the processors work with. */
export interface Tools {
  readonly records: Records;
  readonly pool: Pick<Pool, 'run'>;
  readonly exams: ExamSources;
  readonly log: Log;
}

/** The steps of marking a submission, for the queue to run. Each may run again and comes to the same. */
export function processors(given: Omit<Tools, 'exams'>): Processors {
  const tools: Tools = { ...given, exams: new ExamSources(given.records) };
  return {
    split: (work, run) => split(tools, work, run),
    markPart: (work, run) => markPart(tools, work, run),
    finish: (work) => finish(tools, work),
    partFailed: (work, reason) => partFailed(tools, work, reason),
    submissionFailed: (work, reason) => submissionFailed(tools, work, reason),
  };
}
