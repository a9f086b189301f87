import type { Job } from 'bullmq';
import type { PartWork, SubmissionWork } from './jobs.js';
import type { JobQueue } from './backend.js';

export type AnyJob = Job<SubmissionWork> | Job<PartWork>;

/** Failed for good, newest first. */
export async function failedJobs(
  queues: readonly Pick<JobQueue<PartWork> | JobQueue<SubmissionWork>, 'getFailed'>[],
  limit: number,
): Promise<AnyJob[]> {
  const lists: AnyJob[][] = await Promise.all(queues.map((queue) => queue.getFailed(0, limit - 1)));
  return lists
    .flat()
    .toSorted((one, other) => (other.finishedOn ?? 0) - (one.finishedOn ?? 0))
    .slice(0, limit);
}
