import { openBackend } from './backend.js';
import type { Channels } from './channels.js';
import { WorkEndingError } from './errors.js';
import type { PartWork, SubmissionWork } from './jobs.js';
import { EXECUTION, jobIdsOf, PARTS, RETRIES, SUBMISSIONS } from './names.js';
import type { MarkingJobs, QueueCounts } from './queue.js';
import { startWorker } from './worker.js';

export interface QueueOptions {
  readonly databaseUrl: string;
  /** Where it is given, jobs are kept in Redis. */
  readonly redisUrl?: string;
  /** How long to wait for the server, by default 5 s. */
  readonly waitMs?: number;
  /** Told about lost connections and the like, from which the queue recovers by itself. By default a process warning. */
  readonly onError?: (error: Error) => void;
}

/** Opens the queue of marking. Throws QueueNotReadyError when its server does not answer or lacks its tables. */
export async function openQueue(options: QueueOptions): Promise<MarkingJobs> {
  const { waitMs = 5000, onError = warn, ...where } = options;
  const backend = await openBackend({ ...where, waitMs });
  const channels: Channels = {
    backend,
    submissions: backend.queue<SubmissionWork>(SUBMISSIONS),
    parts: backend.queue<PartWork>(PARTS),
    runs: backend.queue<PartWork>(EXECUTION),
    flow: backend.flow(),
    report: onError,
  };
  const { submissions, parts, runs, flow } = channels;
  const open = [submissions, parts, runs, flow];
  for (const queue of [submissions, parts, runs]) queue.on('error', onError);
  flow.on('error', onError);
  await Promise.all(open.map((each) => each.waitUntilReady()));

  return {
    backend: backend.kind,
    add: (work) => add(channels, work),
    ensure: (work) => ensure(channels, work),
    counts: () => counts(channels),
    startWorker: (worker) => startWorker(channels, worker),
    close: async () => {
      await Promise.all(open.map((each) => each.close()));
      await backend.close();
    },
  };
}

/**
 * Finishing stands in the queue from the first order to the last step: while it does, the work is known. Adding it anew would
 * bring back steps that are done and gone already.
 */
async function add(channels: Channels, work: SubmissionWork): Promise<void> {
  if (await channels.submissions.getJob(jobIdsOf(work).finish)) return;
  await put(channels, work);
}

async function put({ flow }: Channels, work: SubmissionWork): Promise<void> {
  const ids = jobIdsOf(work);
  await flow.add({
    name: 'finish',
    queueName: SUBMISSIONS,
    data: work,
    opts: { jobId: ids.finish, removeOnComplete: true, ...RETRIES },
    children: [
      {
        name: 'split',
        queueName: SUBMISSIONS,
        data: work,
        // Finishing runs whatever became of splitting: it is what says so in the records.
        opts: { jobId: ids.split, removeOnComplete: true, ignoreDependencyOnFailure: true, ...RETRIES },
      },
    ],
  });
}

async function ensure(channels: Channels, work: SubmissionWork): Promise<void> {
  const finish = await channels.submissions.getJob(jobIdsOf(work).finish);
  if (!finish) return start(channels, work);
  if (await finish.isFailed()) {
    await finish.remove({ removeChildren: false });
    return start(channels, work);
  }
  // What is being finished may have passed by what has come up since, as an answer that a person changed.
  if (await finish.isActive()) throw new WorkEndingError('The work is ending just now.');
  // It is on its way.
}

/** Puts the work where its finishing does not wait; clears away what failed of an earlier run, whose names are taken otherwise. */
async function start(channels: Channels, work: SubmissionWork): Promise<void> {
  const split = await channels.submissions.getJob(jobIdsOf(work).split);
  if (split && (await split.isFailed())) await split.remove();
  await put(channels, work);
}

async function counts({ submissions, parts, runs }: Channels): Promise<QueueCounts> {
  const all = await Promise.all(
    [submissions, parts, runs].map((queue) =>
      queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed', 'waiting-children', 'failed'),
    ),
  );
  const sum = (...states: string[]) =>
    all.reduce((total, each) => total + states.reduce((sub, state) => sub + (each[state] ?? 0), 0), 0);
  return {
    waiting: sum('waiting', 'prioritized'),
    active: sum('active'),
    delayed: sum('delayed'),
    waitingForParts: sum('waiting-children'),
    failed: sum('failed'),
  };
}

function warn(error: Error): void {
  process.emitWarning(`The queue reports: ${error.message || error.name}`, 'QueueWarning');
}
