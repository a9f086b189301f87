import type { AnyJob } from './failed-jobs.js';
import type { Processors } from './jobs.js';

/** How many failures are looked for at once, and remembered as told. */
export const MOST_TOLD_AT_ONCE = 500;

/** Tells of jobs that failed for good, each failure once. */
export class FailuresTold {
  // An event and a sweep may come upon the same failure, the sweep by what it read before the event's was told.
  private readonly telling = new Map<string, Promise<void>>();

  /** Whoever closes waits for what is `running`. */
  constructor(
    private readonly processors: Processors,
    private readonly running: Set<Promise<void>>,
  ) {}

  once(job: AnyJob): Promise<void> {
    const failure = `${job.id} ${job.finishedOn}`;
    const already = this.telling.get(failure);
    if (already) return already;
    const told = tell(this.processors, job)
      .catch((error: unknown) => {
        this.telling.delete(failure);
        throw error;
      })
      .finally(() => this.running.delete(told));
    this.telling.set(failure, told);
    this.running.add(told);
    const [oldest] = this.telling.keys();
    if (this.telling.size > MOST_TOLD_AT_ONCE && oldest !== undefined) this.telling.delete(oldest);
    return told;
  }
}

/** Put on a failed job once its failure is in the records, so that it is not reported again when things have moved on. */
const TOLD = 'told';

async function tell(processors: Processors, job: AnyJob): Promise<void> {
  if (job.progress === TOLD) return;
  const { data, failedReason } = job;
  if ('part' in data) await processors.partFailed(data, failedReason);
  else await processors.submissionFailed(data, failedReason);
  await job.updateProgress(TOLD);
}
