import type { ReadResult } from '@tensormark/documents';
import type { ExecutionRunner } from '@tensormark/execution';
import type { Records } from '@tensormark/records';
import type { Log } from '../log.js';
import type { Pool } from '../threads/pool.js';
import type { ExamSources } from './exam-sources.js';

/** What the processors work with. */
export interface Tools {
  readonly records: Records;
  readonly pool: Pick<Pool, 'run'>;
  /** Reads a file that is no text, in a process apart. */
  readonly read: (bytes: Uint8Array) => Promise<ReadResult>;
  /** Runs networks on this machine's device, one at a time, in a process of their own. */
  readonly runner: Pick<ExecutionRunner, 'run' | 'device' | 'close'>;
  /** What running one network may take. */
  readonly secondsPerRun: number;
  readonly exams: ExamSources;
  readonly log: Log;
}
