import { createHash } from 'node:crypto';
import type { SubmissionWork } from './jobs.js';

/** Splitting and finishing submissions: quick, mostly waiting for the database. */
export const SUBMISSIONS = 'tensormark-submissions';
/** Marking parts: the work proper. */
export const PARTS = 'tensormark-parts';

/** Running networks: few workers, each with a device, one network at a time. */
export const EXECUTION = 'tensormark-execution';

/** What a worker may take work from: splitting, marking and finishing; or running networks. */
export const QUEUES = ['marking', 'execution'] as const;
export type QueueName = (typeof QUEUES)[number];

/** How a job is tried again: after about 1, 2 and 4 seconds, spread so that what failed together does not return together. */
export const RETRIES = { attempts: 4, backoff: { type: 'exponential', delay: 1000, jitter: 0.5 } } as const;

/** A device that is lost or busy takes longer to come back: after about 5, 10, 20 and 40 seconds. */
export const RUN_RETRIES = {
  attempts: 5,
  backoff: { type: 'exponential', delay: 5000, jitter: 0.5 },
} as const;

export interface JobIds {
  readonly finish: string;
  readonly split: string;
  readonly part: (part: string) => string;
  readonly run: (part: string) => string;
}

/**
 * Names jobs by their work, so that the same work is never there twice. Without colons, which BullMQ keeps to itself;
 * versions and parts, which may hold anything, as a digest.
 */
export function jobIdsOf({ submissionId, engineVersion, schemeHash }: SubmissionWork): JobIds {
  const work = `${submissionId}.${digest(`${engineVersion}\n${schemeHash}`)}`;
  return {
    finish: `finish.${work}`,
    split: `split.${work}`,
    part: (part) => `part.${work}.${digest(part)}`,
    run: (part) => `run.${work}.${digest(part)}`,
  };
}

function digest(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 16);
}
