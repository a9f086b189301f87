import { availableParallelism } from 'node:os';
import { ExecutionRunner, type DeviceChoice } from '@tensormark/execution';
import { listenForObservers, openMetrics, openTracing, type Tracing } from '@tensormark/observation';
import { openQueue, QueueNotReadyError, type MarkingJobs, type QueueName } from '@tensormark/queue';
import { openRecords } from '@tensormark/records';
import { builtFile } from '@tensormark/threads';
import { openEmbeddingModel } from './embedding/open-model.js';
import { openLog, type Log, type LogLevel } from './log.js';
import { ExamSources } from './processors/exam-sources.js';
import { draftMarking } from './processors/mark-drafts.js';
import { observed } from './processors/observed.js';
import { processors } from './processors/processors.js';
import { SECONDS_PER_RUN } from './processors/run-part.js';
import { processFile } from './reading/process-file.js';
import { readApart } from './reading/read-apart.js';
import { startSweep } from './sweep.js';
import { Pool } from './threads/pool.js';

export interface WorkerOptions {
  readonly databaseUrl: string;
  /** Moves the queue to Redis. */
  readonly redisUrl?: string;
  /** Documents and parts worked on at once; by default as many as there are processors. */
  readonly concurrency?: number;
  /** Days after which released work is erased, though not its marks; kept for good by default. */
  readonly retentionDays?: number;
  /** What marking one part, or splitting one document, may take before it goes to a person; 60 by default. */
  readonly secondsPerTask?: number;
  /** Where metrics and health are asked for; nowhere by default. */
  readonly observers?: { readonly host: string; readonly port: number };
  readonly tracing?: Tracing;
  /** What it takes work from; by default all. */
  readonly queues?: readonly QueueName[];
  /** The device that networks are run on; by default the best that is here. */
  readonly device?: DeviceChoice;
  /** A folder with a model of sentences that looks for places in essays where no words are found; none by default. */
  readonly embeddingModel?: string;
  /** What running one network may take; 20 by default. */
  readonly secondsPerRun?: number;
  /** To standard error, one line of JSON each; `warn` by default. */
  readonly logLevel?: LogLevel;
}

export interface RunningWorker {
  /** Takes no new work, ends what it is doing, and lets go of everything. */
  close(): Promise<void>;
}

const DEFAULT_SECONDS = 60;
const MEGABYTES_PER_THREAD = 768;
const QUEUE_PATIENCE_MS = 60_000;
const QUEUE_PAUSE_MS = 1000;

/** Takes marking work from the queue. Any number of workers may run, on any number of machines. */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { databaseUrl, redisUrl, concurrency = availableParallelism() } = options;
  const log = openLog(options.logLevel ?? 'warn');
  // A model that cannot be used is told of before any work is taken.
  if (options.embeddingModel !== undefined) await openEmbeddingModel(options.embeddingModel);
  const records = openRecords({ databaseUrl });
  const pool = new Pool({
    size: concurrency,
    secondsPerTask: options.secondsPerTask ?? DEFAULT_SECONDS,
    megabytesPerThread: MEGABYTES_PER_THREAD,
    ...(options.embeddingModel === undefined ? {} : { embeddingModel: options.embeddingModel }),
  });
  const reading = processFile();
  const runner = new ExecutionRunner({
    script: builtFile('libs/execution/src/jobs/child'),
    ...(options.device && { device: options.device }),
  });
  const metrics = openMetrics();
  const tracing = options.tracing ?? openTracing({}, 'worker');
  const listener =
    options.observers === undefined
      ? undefined
      : await listenForObservers({ ...options.observers, metrics, ready: () => records.ping() });
  const queue = await openPatiently({ databaseUrl, ...(redisUrl === undefined ? {} : { redisUrl }) }, log);
  const tools = {
    records,
    pool,
    log,
    read: (bytes: Uint8Array) => readApart(bytes, reading),
    runner,
    secondsPerRun: options.secondsPerRun ?? SECONDS_PER_RUN,
    exams: new ExamSources(records),
  };
  const worker = await queue.startWorker({
    processors: observed(processors(tools), metrics, tracing),
    ...(options.queues && { queues: options.queues }),
    submissionConcurrency: concurrency,
    partConcurrency: concurrency,
  });
  const sweep = startSweep(records, queue, log, options.retentionDays, draftMarking(tools, concurrency));
  return {
    close: async () => {
      await sweep.stop();
      await worker.close();
      runner.close();
      await pool.close();
      await queue.close();
      await records.close();
      await listener?.close();
      await tracing.close();
    },
  };
}

/** A worker often starts together with its servers, and before them. */
async function openPatiently(
  where: { databaseUrl: string; redisUrl?: string },
  log: Log,
): Promise<MarkingJobs> {
  const deadline = Date.now() + QUEUE_PATIENCE_MS;
  for (;;) {
    try {
      return await openQueue({
        ...where,
        onError: (error) => log.warn({ err: error }, 'the queue reports a lost connection or the like'),
      });
    } catch (error) {
      if (!(error instanceof QueueNotReadyError) || Date.now() > deadline) throw error;
      log.warn({ reason: error.message }, 'the queue is not ready; trying again');
      await new Promise((resolve) => setTimeout(resolve, QUEUE_PAUSE_MS));
    }
  }
}
