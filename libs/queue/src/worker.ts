import { type Job, UnrecoverableError, type Worker } from 'bullmq';
import { type AnyJob, failedJobs } from './failed-jobs.js';
import { PermanentFailure } from './errors.js';
import type { PartToMark, PartWork, Processors, RunContext, SubmissionWork } from './jobs.js';
import {
  EXECUTION,
  type JobIds,
  jobIdsOf,
  PARTS,
  QUEUES,
  RETRIES,
  RUN_RETRIES,
  SUBMISSIONS,
} from './names.js';
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
  // The event and the sweep may come upon the same failure, the sweep by what it read before the event's was told.
  const telling = new Map<string, Promise<void>>();
  const toldOnce = (job: AnyJob): Promise<void> => {
    const failure = `${job.id} ${job.finishedOn}`;
    const already = telling.get(failure);
    if (already) return already;
    const told = tell(processors, job)
      .catch((error: unknown) => {
        telling.delete(failure);
        throw error;
      })
      .finally(() => running.delete(told));
    telling.set(failure, told);
    running.add(told);
    const [oldest] = telling.keys();
    if (telling.size > SWEEP_SIZE && oldest !== undefined) telling.delete(oldest);
    return told;
  };
  const tellIfDone = (job: AnyJob | undefined) => {
    // A job that is going to be tried again has no end yet.
    if (job?.finishedOn !== undefined) toldOnce(job).catch(report);
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
    for (const job of await failedJobs([channels.submissions, channels.parts], SWEEP_SIZE))
      await toldOnce(job);
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
    if (earlier && (await earlier.isFailed())) await earlier.remove({ removeChildren: false });
    const earlierRun = await channels.runs.getJob(ids.run(part));
    if (earlierRun && (await earlierRun.isFailed())) await earlierRun.remove();
  }
  // Finishing waits for this job, so it cannot begin before it also waits for the parts.
  await channels.parts.addBulk(
    found
      .filter(({ needsRun }) => !needsRun)
      .map((part) => ({
        name: 'mark-part',
        data: { ...job.data, ...part },
        opts: partOptions(channels, ids, part),
      })),
  );
  for (const part of found.filter(({ needsRun }) => needsRun)) {
    const data = { ...job.data, ...part };
    await channels.flow.add({
      name: 'mark-part',
      queueName: PARTS,
      data,
      opts: partOptions(channels, ids, part),
      children: [
        {
          name: 'run',
          queueName: EXECUTION,
          data,
          // The part is told, whatever became of its run.
          opts: {
            jobId: ids.run(part.part),
            removeOnComplete: true,
            ignoreDependencyOnFailure: true,
            ...RUN_RETRIES,
          },
        },
      ],
    });
  }
}

function partOptions({ submissions }: Channels, ids: JobIds, { part }: PartToMark) {
  return {
    jobId: ids.part(part),
    parent: { id: ids.finish, queue: submissions.qualifiedName },
    removeOnComplete: true,
    ignoreDependencyOnFailure: true,
    ...RETRIES,
  };
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
