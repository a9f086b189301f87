import { isCall, type Network } from '@tensormark/network';
import { budgetsOn, type PlannedDevice } from '../estimate/budgets.js';
import { estimateOf, exceeding } from '../estimate/estimate.js';
import { FEW_ROWS, shareLeft, sizesToTry, type Sizes } from '../estimate/scaling.js';
import { writePlan } from '../plan/write-plan.js';
import type { ExecutionPlan } from '../plan/plan.js';
import { PROBE_IDS, type ProbeId } from '../probes/measurements.js';
import type { OptimiserSettings } from '../training/settings.js';
import type { ExecutionBudgets, ExecutionJob, ExecutionPlans, Objective } from './job.js';
import type { Estimate, Scaling } from './cost.js';
import type { ExecutionReport } from './report.js';

/** Traces the network anew: at another batch size, in another mode, with inputs of other sizes. */
export type Retrace = (request: TraceRequest) => Network | undefined;

export interface TraceRequest {
  readonly batch: number;
  readonly training: boolean;
  /** Shapes of the inputs without their batch, where they are to be other than those given. */
  readonly inputs?: readonly (readonly number[])[];
}

export interface Preparation {
  readonly objective: Objective;
  readonly optimiser?: OptimiserSettings;
  /** All of them where absent. */
  readonly probes?: readonly ProbeId[];
  readonly seed?: number;
  /** The batch size at first; it may come out smaller. */
  readonly batch?: number;
  readonly overfitSteps?: number;
  readonly budgets?: Partial<ExecutionBudgets>;
  /** The device that was found and will run it, which decides how large a run may be; without one, WebAssembly is taken for it. */
  readonly device?: PlannedDevice;
}

export type Prepared =
  | { readonly kind: 'job'; readonly job: ExecutionJob }
  | Extract<ExecutionReport, { readonly kind: 'declined' | 'unsupported' }>;

const BATCH = 8;

/**
 * Turns a network into a job: traces it at the batch sizes and in the modes that probes need, estimates what it costs, makes
 * it smaller where it would cost too much, and declines in words where it cannot be run.
 */
export function prepareExecution(retrace: Retrace, preparation: Preparation): Prepared {
  const budgets = { ...budgetsOn(preparation.device), ...preparation.budgets };
  const batch = preparation.batch ?? BATCH;
  const first = retrace({ batch, training: true });
  if (!first) return declined('the network could not be traced in training mode');
  const found = findSizes(retrace, first, batch, budgets);
  if (found.kind === 'declined') return found;
  const { network, sizes, scaled } = found;
  const training = writePlan(network);
  if (training.kind === 'unsupported') return training;
  const { objective, optimiser, device } = preparation;
  return {
    kind: 'job',
    job: {
      plans: plansOf(retrace, training.plan, sizes),
      seed: preparation.seed ?? 1,
      objective,
      probes: preparation.probes ?? PROBE_IDS,
      estimate: estimateOf(network),
      ...(optimiser && { optimiser }),
      ...(device && { plannedFor: device.kind }),
      ...(preparation.overfitSteps !== undefined && { overfitSteps: preparation.overfitSteps }),
      budgets,
      ...(scaled && { scaled }),
    },
  };
}

function declined(why: string): Extract<ExecutionReport, { readonly kind: 'declined' }> {
  return { kind: 'declined', why };
}

interface Found {
  readonly kind: 'found';
  readonly network: Network;
  readonly sizes: Sizes;
  readonly scaled?: Scaling;
}

/** The first sizes that are comfortable, the given ones first; else the smallest that is within budgets. */
function findSizes(
  retrace: Retrace,
  first: Network,
  batch: number,
  budgets: ExecutionBudgets,
): Found | Extract<ExecutionReport, { readonly kind: 'declined' }> {
  const estimate = estimateOf(first);
  const exceeds = exceeding(estimate, budgets);
  const why = exceeds ?? uncomfortable(estimate, budgets);
  if (why === undefined) return { kind: 'found', network: first, sizes: { batch } };
  const given = { batch, inputs: inputsOf(first) };
  let best: Found | undefined =
    exceeds === undefined ? { kind: 'found', network: first, sizes: { batch } } : undefined;
  let least = estimate.multiplyAccumulates;
  for (const sizes of sizesToTry(batch, first)) {
    // For comfort alone no batch becomes too small to say something.
    if (best !== undefined && sizes.batch < FEW_ROWS) break;
    if (estimate.multiplyAccumulates * shareLeft(batch, first, sizes) >= least) continue;
    const network = retrace({ ...sizes, training: true });
    if (!network || !sameNetwork(network, first)) continue;
    const own = estimateOf(network);
    if (exceeding(own, budgets) !== undefined) continue;
    const to = { batch: sizes.batch, inputs: sizes.inputs ?? given.inputs };
    best = { kind: 'found', network, sizes, scaled: { from: given, to, why } };
    least = own.multiplyAccumulates;
    if (least <= budgets.comfortable) break;
  }
  return best ?? { ...declined(`${why}; nor does it fit at a smaller size`), estimate };
}

function uncomfortable(
  { multiplyAccumulates }: Estimate,
  { comfortable }: ExecutionBudgets,
): string | undefined {
  if (multiplyAccumulates <= comfortable) return undefined;
  const count = (value: number): string => value.toLocaleString('en-GB', { maximumSignificantDigits: 3 });
  return `a pass takes ${count(multiplyAccumulates)} multiply-accumulates, and all probes end in time with ${count(comfortable)}`;
}

function inputsOf({ inputs }: Network): readonly (readonly number[])[] {
  return inputs.map(({ shape }) => shape.slice(1));
}

/** The same parameters, and no error that was not there before. */
function sameNetwork(network: Network, first: Network): boolean {
  const parameters = (of: Network): string => of.parameters.map(({ shape }) => shape.join()).join(';');
  const errors = (of: Network): number => of.nodes.filter((node) => isCall(node) && node.error).length;
  return parameters(network) === parameters(first) && errors(network) <= errors(first);
}

/** State is kept by number: where a mode uses other state, as what is drawn once for training alone, it is another network. */
function sameState(one: ExecutionPlan, other: ExecutionPlan): boolean {
  const named = ({ buffers }: ExecutionPlan): string => buffers.map(({ names }) => names[0]).join(';');
  return named(one) === named(other);
}

/** The other traces, each left out where it cannot be had. */
function plansOf(retrace: Retrace, training: ExecutionPlan, sizes: Sizes): ExecutionPlans {
  const { batch } = sizes;
  const trace = (at: number, mode: boolean): ExecutionPlan | undefined => {
    const network = retrace({ ...sizes, batch: at, training: mode });
    const written = network && writePlan(network);
    return written?.kind === 'plan' && sameState(written.plan, training) ? written.plan : undefined;
  };
  const evaluation = trace(batch, false);
  const single = trace(1, false);
  const singleTraining = trace(1, true);
  const fewer = batch > 2 ? trace(batch - 1, true) : undefined;
  return {
    batch,
    training,
    ...(evaluation && { evaluation }),
    ...(single && { single }),
    ...(singleTraining && { singleTraining }),
    ...(fewer && { fewer }),
  };
}
