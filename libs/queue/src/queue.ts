import type { Processors, SubmissionWork } from './jobs.js';
import type { QueueName } from './names.js';

export interface QueueCounts {
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly waitingForParts: number;
  readonly failed: number;
}

export interface WorkerOptions {
  readonly processors: Processors;
  /** What it takes work from, by default all. */
  readonly queues?: readonly QueueName[];
  /** Submissions split or finished at a time, by default 2. */
  readonly submissionConcurrency?: number;
  /** Parts marked at a time, by default 4. */
  readonly partConcurrency?: number;
  /** Networks run at a time, by default 1: they share the device in turn. */
  readonly runConcurrency?: number;
  /** How long after a worker has died its work is taken over by another, at most about; by default 20 s. */
  readonly takeOverAfterMs?: number;
}

export interface RunningWorker {
  /** Takes no new work, ends what is running, at most `timeoutMs` (default 10 s); what remains is retried elsewhere. */
  close(timeoutMs?: number): Promise<void>;
}

/** The queue of marking. A hint and an order, never the truth: that is in the records. */
export interface MarkingJobs {
  readonly backend: 'postgres' | 'redis';
  /** Orders one submission's work. Idempotent by submission, engine version and scheme. */
  add(work: SubmissionWork): Promise<void>;
  /**
   * Makes sure that the work is on its way: adds it, or runs it again where an earlier run ended. For orders that
   * come from the outbox. Throws WorkEndingError while the same work is being finished: order it again then.
   */
  ensure(work: SubmissionWork): Promise<void>;
  counts(): Promise<QueueCounts>;
  startWorker(options: WorkerOptions): Promise<RunningWorker>;
  close(): Promise<void>;
}
