import type { ExecutionJob, ExecutionReport, RanReport } from '@tensormark/execution';
import { ENGINE_VERSION, type NetworkRun, type RunSite } from '@tensormark/marking';
import type { PartWork, RunContext } from '@tensormark/queue';
import type { NewNetworkRun } from '@tensormark/records';
import { OutOfBounds } from '@tensormark/threads';
import type { PlannedRun } from '../threads/task.js';
import { asJson } from './json.js';
import { digest, orderFor, type NamedOrder } from './run-order.js';
import type { Tools } from './tools.js';

/** What running one network may take, where nothing else is said. */
export const SECONDS_PER_RUN = 20;

/** One more try: the machine may only have been busy. */
const MOST_TRIES = 2;

/** A fault of a device or its process. The queue tries again, after a while. */
class RunFailed extends Error {
  override readonly name = 'RunFailed';
}

/**
 * Runs the network of one answer and writes down what came of it; does nothing where that has been done. A fault of ours is
 * written down as one and tried again: it is never a result.
 */
export async function runPart(tools: Tools, work: PartWork, context: RunContext): Promise<void> {
  const { records } = tools;
  const answer = await records.answers.get(work.answerId);
  const ordered = await orderFor(tools, work, answer);
  if (ordered === null || (await records.networkRuns.settling(ordered.hash)) !== null) return;
  const start = performance.now();
  const attempt = await attemptAt(tools, ordered, context);
  if (context.signal.aborted) throw new RunFailed('the worker was closed in the middle of a run');
  await records.networkRuns.record({
    answerId: answer.id,
    readingId: answer.readingId,
    engineVersion: ENGINE_VERSION,
    orderHash: ordered.hash,
    networkHash: attempt.job ? digest(JSON.stringify(attempt.job.plans.training)) : null,
    milliseconds: performance.now() - start,
    ...attempt.outcome,
  });
  if (attempt.outcome.outcome === 'fault') {
    const { fault, message } = attempt.outcome;
    tools.log.warn({ answerId: answer.id, fault, message, attempt: context.attempt }, 'a run failed');
    throw new RunFailed(`running its network failed (${fault}): ${message}`);
  }
}

type Outcome = NewNetworkRun extends infer Run
  ? Run extends { readonly outcome: string }
    ? Omit<Run, 'answerId' | 'readingId' | 'engineVersion' | 'orderHash' | 'networkHash' | 'milliseconds'>
    : never
  : never;

export interface Attempt {
  readonly job?: ExecutionJob;
  readonly outcome: Outcome;
}

/** One attempt at an order: what it settles, or the fault that it came to. */
export async function attemptAt(
  { pool, runner, secondsPerRun }: Pick<Tools, 'pool' | 'runner' | 'secondsPerRun'>,
  { order }: Pick<NamedOrder, 'order'>,
  { attempt, signal }: Pick<RunContext, 'attempt' | 'signal'>,
): Promise<Attempt> {
  const site = await siteOf(runner, secondsPerRun, attempt);
  let planned: PlannedRun;
  try {
    planned = await pool.run({ kind: 'prepare-run', order, site });
  } catch (error) {
    if (!(error instanceof OutOfBounds) || attempt < MOST_TRIES) throw error;
    return { outcome: notRun(`reading it ${error.message}, and was stopped.`) };
  }
  if (planned.kind === 'settled') return { outcome: settled(planned.run) };
  const { job } = planned;
  const stop = (): void => runner.close();
  signal.addEventListener('abort', stop, { once: true });
  const report = await runner.run(job).finally(() => signal.removeEventListener('abort', stop));
  if (report.kind === 'fault') return { job, outcome: faultOf(report, attempt) };
  const run = await pool.run({ kind: 'judge-run', order, site, report });
  if (run === null) throw new Error('a report that is no fault came to one');
  return { job, outcome: settled(run, report.kind === 'ran' ? report : undefined) };
}

/** A run is as large as its device lets it be; one that has failed is made small enough for any. */
async function siteOf(runner: Tools['runner'], secondsPerRun: number, attempt: number): Promise<RunSite> {
  const milliseconds = secondsPerRun * 1000;
  if (attempt > 1) return { milliseconds };
  const search = await runner.device();
  if (search.kind === 'none') return { milliseconds };
  const { backend, kind } = search.device;
  return { milliseconds, device: { backend, kind } };
}

function settled(run: NetworkRun, report?: RanReport): Outcome {
  if (run.kind === 'not-run' || report === undefined) return { outcome: 'not-run', result: asJson(run) };
  const { backend, device, seed, versions } = run;
  return {
    outcome: 'ran',
    on: { backend, device, seed, versions },
    result: asJson(run),
    report: asJson(report),
  };
}

function notRun(why: string): Outcome {
  const run: NetworkRun = { kind: 'not-run', why };
  return { outcome: 'not-run', result: asJson(run) };
}

/** Time and memory that run out twice are the network's size, and leave it to a person; all else is the device's fault. */
function faultOf({ fault, message }: Extract<ExecutionReport, { kind: 'fault' }>, attempt: number): Outcome {
  if ((fault === 'deadline' || fault === 'memory') && attempt >= MOST_TRIES)
    return notRun(`it takes more than one run may: ${message}.`);
  return { outcome: 'fault', fault, message };
}
