import { type Job, UnrecoverableError, type Worker } from 'bullmq';
import { type AnyJob, failedJobs } from './dead-letters.js';
import { PermanentFailure } from './errors.js';
import type { PartWork, Processors, RunContext, SubmissionWork } from './jobs.js';
import { jobIdsOf, PARTS, RETRIES, SUBMISSIONS } from './names.js';
import type { Channels } from './channels.js';
import type { RunningWorker, WorkerOptions } from './queue.js';

/**
 * A worker that is killed loses its locks after a while; others look for such jobs and run them again, but not for ever:
 * what kills each worker that takes it fails in the end.
 */
function recovery(takeOverAfterMs: number) {
  return {
    lockDuration: Math.round(takeOverAfterMs * 0.75),
    stalledInterval: Math.round(takeOverAfterMs * 0.25),
    maxStalledCount: 3,
    runRetryDelay: 1000,
  };
}

/** How often failures are looked for that no event told of (the worker died with its last attempt). */
const SWEEP_MS = 30_000;
const SWEEP_SIZE = 500;

export async function startWorker(channels: Channels, options: WorkerOptions): Promise<RunningWorker> {
  const { processors, submissionConcurrency = 2, partConcurrency = 4, takeOverAfterMs = 20_000 } = options;
  const recovering = recovery(takeOverAfterMs);
  const abort = new AbortController();
  const running = new Set<Promise<void>>();
  const tracked = (work: Promise<void>): Promise<void> => {
    const run = permanently(work).finally(() => running.delete(run));
    running.add(run);
    return run;
  };
  const submissions = channels.backend.worker<SubmissionWork>(
    SUBMISSIONS,
    (job) => tracked(runSubmission(channels, processors, job, contextOf(job, abort.signal))),
    { ...recovering, concurrency: submissionConcurrency },
  );
  const parts = channels.backend.worker<PartWork>(
    PARTS,
    (job) => tracked(markPart(processors, job, contextOf(job, abort.signal))),
    { ...recovering, concurrency: partConcurrency },
  );

  const report = (error: unknown) =>
    channels.report(error instanceof Error ? error : new Error(String(error)));
  const tellIfDone = (job: AnyJob | undefined) => {
    // A job that is going to be tried again has no end yet.
    if (job?.finishedOn !== undefined) tell(processors, job).catch(report);
  };
  const sweep = async (): Promise<void> => {
    for (const job of await failedJobs(channels, SWEEP_SIZE)) await tell(processors, job);
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
      closing ??= close([submissions, parts], running, abort, timeoutMs);
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

async function markPart(processors: Processors, job: Job<PartWork>, run: RunContext): Promise<void> {
  await processors.markPart(job.data, run);
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

async function permanently(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (error instanceof PermanentFailure) throw new UnrecoverableError(error.message);
    throw error;
  }
}

function contextOf(job: Job, signal: AbortSignal): RunContext {
  return { attempt: job.attemptsMade + 1, maxAttempts: job.opts.attempts ?? 1, signal };
}

/** BullMQ cannot be hurried once it closes in order, so the waiting is done before. */
async function close(
  workers: readonly Pick<Worker, 'pause' | 'close'>[],
  running: ReadonlySet<Promise<void>>,
  abort: AbortController,
  timeoutMs: number,
): Promise<void> {
  await Promise.all(workers.map((worker) => worker.pause(true)));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs);
  });
  await Promise.race([Promise.allSettled(running), late]);
  clearTimeout(timer);
  // What still runs is told to stop; its lock runs out and another worker runs it again.
  const force = running.size > 0;
  if (force) abort.abort();
  await Promise.all(workers.map((worker) => worker.close(force)));
}
