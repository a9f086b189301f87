import type { Job } from 'bullmq';
import type { DeadLetter, PartWork, SubmissionWork } from './jobs.js';
import type { Channels } from './channels.js';

export type AnyJob = Job<SubmissionWork> | Job<PartWork>;

/** Failed for good, newest first. */
export async function failedJobs(
  { submissions, parts }: Pick<Channels, 'submissions' | 'parts'>,
  limit: number,
): Promise<AnyJob[]> {
  const lists = await Promise.all([submissions.getFailed(0, limit - 1), parts.getFailed(0, limit - 1)]);
  return lists
    .flat()
    .toSorted((one, other) => (other.finishedOn ?? 0) - (one.finishedOn ?? 0))
    .slice(0, limit);
}

export async function deadLettersOf(channels: Channels, limit: number): Promise<readonly DeadLetter[]> {
  return (await failedJobs(channels, limit)).map(describe);
}

export async function deadLetterOf(channels: Channels, id: string): Promise<{ job: AnyJob } | null> {
  const job = (await channels.submissions.getJob(id)) ?? (await channels.parts.getJob(id));
  return job && (await job.isFailed()) ? { job } : null;
}

export function stepOf(name: string): DeadLetter['step'] {
  return name === 'split' || name === 'finish' ? name : 'mark-part';
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
