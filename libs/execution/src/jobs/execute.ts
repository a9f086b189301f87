import type { DeviceGuard } from '../backends/backend.js';
import { Random } from '../engine/random.js';
import { exceeding } from '../estimate/estimate.js';
import type { DeviceSearch } from '../open-device.js';
import type { ExecutionPlan } from '../plan/plan.js';
import type { ProbeId, ProbeOutcome } from '../probes/measurements.js';
import type { ProbeContext } from '../probes/probe.js';
import { PROBES } from '../probes/table.js';
import { NotExecutable } from '../running/call.js';
import { StepNotExecutable, withoutExecutor } from '../running/run.js';
import { NetworkState } from '../running/state.js';
import { NotApplicable } from '../training/objective.js';
import { FALLBACK_OPTIMISER } from '../training/settings.js';
import { EXECUTION_BUDGETS, type ExecutionJob } from './job.js';
import type { ExecutionReport } from './report.js';

const OVERFIT_STEPS = 100;

/** Where a job runs: an open device, and a clock. */
export interface ExecutionSite {
  readonly search: Extract<DeviceSearch, { readonly kind: 'found' }>;
  readonly guard?: DeviceGuard;
  /** Milliseconds from some start. */
  readonly now: () => number;
}

/**
 * Runs a job on the device that is open. Belongs in a process that can be killed.
 * @throws where the device or this room failed, which says nothing of the network
 */
export async function executeJob(job: ExecutionJob, site: ExecutionSite): Promise<ExecutionReport> {
  const budgets = { ...EXECUTION_BUDGETS, ...job.budgets };
  const why = exceeding(job.estimate, budgets);
  if (why !== undefined) return { kind: 'declined', why, estimate: job.estimate };
  const { search, guard, now } = site;
  const { device, passedOver } = search;
  if (job.plannedFor === 'gpu' && device.kind !== 'gpu')
    throw new DeviceFault('device-lost', `it was planned for a GPU, and only ${device.device} is here now`);
  if (guard && job.estimate.largestTensor > guard.largestTensor)
    return {
      kind: 'declined',
      why: 'one of its tensors is larger than the device takes',
      estimate: job.estimate,
    };
  for (const plan of Object.values(job.plans).filter((each) => typeof each === 'object')) {
    const missing = withoutExecutor(plan);
    if (missing.length > 0) return { kind: 'unsupported', operations: missing };
  }
  const start = now();
  guard?.begin();
  const attempt = await settled(probe(job, now, start + budgets.milliseconds));
  const errors = (await guard?.end()) ?? [];
  const lost = guard?.lost();
  // Whatever came of it came of a device that was not in order.
  if (lost !== undefined) throw new DeviceFault('device-lost', lost);
  if (errors.length > 0) throw new DeviceFault('device-error', errors.join('; '));
  if ('failure' in attempt) throw attempt.failure;
  const ran = attempt.value;
  if (ran.kind === 'unsupported') return ran;
  return {
    kind: 'ran',
    device,
    passedOver,
    seed: job.seed,
    batch: job.plans.batch,
    ...(job.scaled && { scaled: job.scaled }),
    estimate: job.estimate,
    milliseconds: Math.round(now() - start),
    probes: ran.probes,
    remarks: remarksOn(job),
  };
}

async function settled<T>(work: Promise<T>): Promise<{ readonly value: T } | { readonly failure: unknown }> {
  try {
    return { value: await work };
  } catch (failure) {
    return { failure };
  }
}

/** A device that failed: everything it gave since is void. */
export class DeviceFault extends Error {
  override readonly name = 'DeviceFault';

  constructor(
    readonly fault: 'device-lost' | 'device-error',
    message: string,
  ) {
    super(message);
  }
}

type Probed =
  | { readonly kind: 'probed'; readonly probes: readonly ProbeOutcome[] }
  | Extract<ExecutionReport, { readonly kind: 'unsupported' }>;

async function probe(job: ExecutionJob, now: () => number, until: number): Promise<Probed> {
  const random = new Random(job.seed);
  const state = NetworkState.initial(job.plans.training, random.stream('initial'));
  const outcomes: ProbeOutcome[] = [];
  try {
    for (const [at, id] of job.probes.entries()) {
      const left = job.probes.length - at;
      const own = now() + (until - now()) / left;
      const context: ProbeContext = {
        plans: job.plans,
        state,
        objective: job.objective,
        optimiser: job.optimiser ?? FALLBACK_OPTIMISER,
        optimiserGiven: job.optimiser !== undefined,
        overfitSteps: job.overfitSteps ?? OVERFIT_STEPS,
        random: random.stream('probe', id),
        now,
        until: own,
      };
      outcomes.push(now() > until ? late(id) : await outcomeOf(id, context));
    }
    return { kind: 'probed', probes: outcomes };
  } catch (error) {
    if (error instanceof StepNotExecutable) return { kind: 'unsupported', operations: [error.unsupported] };
    if (error instanceof NotExecutable)
      return { kind: 'unsupported', operations: [{ operation: 'loss', why: error.message, path: '' }] };
    throw error;
  } finally {
    state.dispose();
  }
}

function late(probe: ProbeId): ProbeOutcome {
  return { probe, kind: 'undecided', why: 'the time for the whole job ran out before' };
}

async function outcomeOf(probe: ProbeId, context: ProbeContext): Promise<ProbeOutcome> {
  try {
    // The table's entry of an id measures what the id says.
    return { probe, kind: 'measured', measured: await PROBES[probe].measure(context) } as ProbeOutcome;
  } catch (error) {
    if (error instanceof NotApplicable) return { probe, kind: 'not-applicable', why: error.message };
    throw error;
  }
}

/** What a reader must know of how it was run. */
function remarksOn({ plans, optimiser }: ExecutionJob): readonly string[] {
  const remarks: string[] = [];
  const unknown = plans.training.parameters.filter(({ initial }) => initial.kind === 'unknown');
  if (unknown.length > 0)
    remarks.push(
      `how ${listed(unknown.map(({ names }) => names[0] ?? ''))} starts is not known: drawn at random, small`,
    );
  if (!optimiser) remarks.push('the optimiser is not known: Adam with a learning rate of 0.001 was taken');
  if (usesOtherWidths(plans.training)) remarks.push('numbers of other widths were computed in float32');
  return remarks;
}

function listed(names: readonly string[]): string {
  return names.length <= 3
    ? names.join(', ')
    : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
}

function usesOtherWidths({ parameters }: ExecutionPlan): boolean {
  return parameters.some(({ dtype }) => dtype !== 'float32' && dtype.includes('float'));
}
