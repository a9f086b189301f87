import { type Job, UnrecoverableError, type Worker } from 'bullmq';
import { type AnyJob, failedJobs } from './dead-letters.js';
import { PermanentFailure } from './errors.js';
import type { PartWork, Processors, RunContext, SubmissionWork } from './jobs.js';
import { jobIdsOf, PARTS, RETRIES, SUBMISSIONS } from './names.js';
import type { Channels } from './channels.js';
import type { RunningWorker, WorkerOptions } from './queue.js';

/**
 * A worker that is killed loses its locks after `lockDuration`; others look for such jobs each `stalledInterval` and
 * run them again, at most `maxStalledCount` times: what kills each worker that takes it must not do so for ever.
 */
const RECOVERY = {
  lockDuration: 15_000,
  stalledInterval: 5_000,
  maxStalledCount: 3,
  runRetryDelay: 1_000,
} as const;

/** How often failures are looked for that no event told of (the worker died with its last attempt). */
const SWEEP_MS = 30_000;

export async function startWorker(channels: Channels, options: WorkerOptions): Promise<RunningWorker> {
  const { processors, submissionConcurrency = 2, partConcurrency = 4 } = options;
  const abort = new AbortController();
  const submissions = channels.backend.worker<SubmissionWork>(
    SUBMISSIONS,
    (job) => permanently(() => runSubmission(channels, processors, job, contextOf(job, abort.signal))),
    { ...RECOVERY, concurrency: submissionConcurrency },
  );
  const parts = channels.backend.worker<PartWork>(
    PARTS,
    (job) => permanently(() => processors.markPart(job.data, contextOf(job, abort.signal))),
    { ...RECOVERY, concurrency: partConcurrency },
  );

  const told = new Set<string>();
  const tell = async (job: AnyJob): Promise<void> => {
    const key = `${job.id}@${job.finishedOn}`;
    if (told.has(key)) return;
    await tellOf(processors, job);
    told.add(key);
  };
  const sweep = async (): Promise<void> => {
    for (const job of await failedJobs(channels, 500)) await tell(job);
  };
  const report = (error: unknown) =>
    channels.report(error instanceof Error ? error : new Error(String(error)));
  const tellIfDone = (job: AnyJob | undefined) => {
    // A job that is going to be tried again has no end yet.
    if (job?.finishedOn !== undefined) tell(job).catch(report);
  };
  submissions.on('error', report).on('failed', tellIfDone);
  parts.on('error', report).on('failed', tellIfDone);
  await Promise.all([submissions.waitUntilReady(), parts.waitUntilReady()]);
  const timer = setInterval(() => void sweep().catch(report), SWEEP_MS);
  timer.unref();
  void sweep().catch(report);

  let closing: Promise<void> | undefined;
  return {
    close: (timeoutMs = 10_000) => {
      clearInterval(timer);
      closing ??= close([submissions, parts], abort, timeoutMs);
      return closing;
    },
  };
}

async function runSubmission(
  channels: Channels,
  processors: Processors,
  job: Job<SubmissionWork>,
  run: RunContext,
): Promise<void> {
  if (job.name === 'finish') return processors.finish(job.data, run);
  const found = await processors.split(job.data, run);
  const ids = jobIdsOf(job.data);
  for (const { part } of found) {
    const earlier = await channels.parts.getJob(ids.part(part));
    if (earlier && (await earlier.isFailed())) await earlier.remove();
  }
  // Finishing waits for this job, so it cannot begin before it also waits for the parts.
  await channels.parts.addBulk(
    found.map(({ part, answerId, readingId }) => ({
      name: 'mark-part',
      data: { ...job.data, part, answerId, readingId },
      opts: {
        jobId: ids.part(part),
        parent: { id: ids.finish, queue: channels.submissions.qualifiedName },
        removeOnComplete: true,
        ignoreDependencyOnFailure: true,
        ...RETRIES,
      },
    })),
  );
}

async function tellOf(processors: Processors, job: AnyJob): Promise<void> {
  const { data, failedReason } = job;
  if ('part' in data) await processors.partFailed(data, failedReason);
  else await processors.submissionFailed(data, failedReason);
}

async function permanently(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof PermanentFailure) throw new UnrecoverableError(error.message);
    throw error;
  }
}

function contextOf(job: Job, signal: AbortSignal): RunContext {
  return { attempt: job.attemptsMade + 1, maxAttempts: job.opts.attempts ?? 1, signal };
}

async function close(
  workers: readonly Pick<Worker, 'close'>[],
  abort: AbortController,
  timeoutMs: number,
): Promise<void> {
  const orderly = Promise.all(workers.map((worker) => worker.close()));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), timeoutMs);
  });
  const outcome = await Promise.race([orderly, late]);
  clearTimeout(timer);
  if (outcome !== 'late') return;
  // What still runs is told to stop; its lock runs out and another worker runs it again.
  abort.abort();
  await Promise.all(workers.map((worker) => worker.close(true)));
}
