import type { Job } from 'bullmq';
import type { DeadLetter, PartWork, SubmissionWork } from './jobs.js';
import type { JobQueue } from './backend.js';
import type { Channels } from './channels.js';

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

export async function deadLettersOf(channels: Channels, limit: number): Promise<readonly DeadLetter[]> {
  const { submissions, parts, runs } = channels;
  return (await failedJobs([submissions, parts, runs], limit)).map(describe);
}

export async function deadLetterOf(channels: Channels, id: string): Promise<{ job: AnyJob } | null> {
  const { submissions, parts, runs } = channels;
  const job = (await submissions.getJob(id)) ?? (await parts.getJob(id)) ?? (await runs.getJob(id));
  return job && (await job.isFailed()) ? { job } : null;
}

export function stepOf(name: string): DeadLetter['step'] {
  return name === 'split' || name === 'finish' || name === 'run' ? name : 'mark-part';
}

function describe(job: AnyJob): DeadLetter {
  const { data } = job;
  return {
    id: job.id ?? '',
    step: stepOf(job.name),
    work: {
      submissionId: data.submissionId,
      examVersionId: data.examVersionId,
      engineVersion: data.engineVersion,
      schemeHash: data.schemeHash,
      ...('part' in data ? { part: data.part } : {}),
    },
    reason: job.failedReason,
    attempts: job.attemptsMade,
    failedAt: job.finishedOn === undefined ? null : new Date(job.finishedOn),
  };
}
