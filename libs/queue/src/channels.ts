import type { Backend, JobFlow, JobQueue } from './backend.js';
import type { PartWork, SubmissionWork } from './jobs.js';

/** The parts of an opened queue that its files share. */
export interface Channels {
  readonly backend: Backend;
  readonly submissions: JobQueue<SubmissionWork>;
  readonly parts: JobQueue<PartWork>;
  readonly runs: JobQueue<PartWork>;
  readonly flow: JobFlow;
  readonly report: (error: Error) => void;
}
