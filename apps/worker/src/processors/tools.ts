import type { Records } from '@tensormark/records';
import type { Log } from '../log.js';
import type { Pool } from '../threads/pool.js';
import type { ExamSources } from './exam-sources.js';

/** What the processors work with. */
export interface Tools {
  readonly records: Records;
  readonly pool: Pick<Pool, 'run'>;
  readonly exams: ExamSources;
  readonly log: Log;
}
