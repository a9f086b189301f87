import { type Job, UnrecoverableError, type Worker } from 'bullmq';
import type { Channels } from './channels.js';
import { PermanentFailure } from './errors.js';
import { type AnyJob, failedJobs } from './failed-jobs.js';
import { FailuresTold, MOST_TOLD_AT_ONCE } from './failures-told.js';
import type { PartWork, RunContext, SubmissionWork } from './jobs.js';
import { EXECUTION, PARTS, QUEUES, SUBMISSIONS } from './names.js';
import type { RunningWorker, WorkerOptions } from './queue.js';
import { runSubmission } from './submission-job.js';

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

export async function startWorker(channels: Channels, options: WorkerOptions): Promise<RunningWorker> {
  const { processors, queues = QUEUES, takeOverAfterMs = 20_000 } = options;
  const { submissionConcurrency = 2, partConcurrency = 4, runConcurrency = 1 } = options;
  const recovering = recovery(takeOverAfterMs);
  const abort = new AbortController();
  const running = new Set<Promise<void>>();
  const tracked = (work: Promise<void>): Promise<void> => {
    const run = permanently(work).finally(() => running.delete(run));
    running.add(run);
    return run;
  };
  const report = (error: unknown) =>
    channels.report(error instanceof Error ? error : new Error(String(error)));
  const failures = new FailuresTold(processors, running);
  const tellIfDone = (job: AnyJob | undefined) => {
    // A job that is going to be tried again has no end yet.
    if (job?.finishedOn !== undefined) failures.once(job).catch(report);
  };
  const marking = () => [
    channels.backend
      .worker<SubmissionWork>(
        SUBMISSIONS,
        (job) => tracked(runSubmission(channels, processors, job, contextOf(job, abort.signal))),
        { ...recovering, concurrency: submissionConcurrency },
      )
      .on('failed', tellIfDone),
    channels.backend
      .worker<PartWork>(
        PARTS,
        (job) => tracked(processors.markPart(job.data, contextOf(job, abort.signal))),
        { ...recovering, concurrency: partConcurrency },
      )
      .on('failed', tellIfDone),
  ];
  // What fails here for good is told by the part that waited for it.
  const execution = () => [
    channels.backend.worker<PartWork>(
      EXECUTION,
      (job) => tracked(processors.run(job.data, contextOf(job, abort.signal))),
      { ...recovering, concurrency: runConcurrency },
    ),
  ];
  const marks = queues.includes('marking');
  const workers = [...(marks ? marking() : []), ...(queues.includes('execution') ? execution() : [])];
  for (const worker of workers) worker.on('error', report);
  await Promise.all(workers.map((worker) => worker.waitUntilReady()));

  const sweep = async (): Promise<void> => {
    for (const job of await failedJobs([channels.submissions, channels.parts], MOST_TOLD_AT_ONCE))
      await failures.once(job);
  };
  const timer = marks ? setInterval(() => void sweep().catch(report), SWEEP_MS) : undefined;
  timer?.unref();
  if (marks) void sweep().catch(report);

  let closing: Promise<void> | undefined;
  return {
    close: (timeoutMs = 10_000) => {
      clearInterval(timer);
      closing ??= close(workers, running, abort, timeoutMs);
      return closing;
    },
  };
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
