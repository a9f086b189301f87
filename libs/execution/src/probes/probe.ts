import type { Random } from '../engine/random.js';
import type { ExecutionPlans, Objective } from '../jobs/job.js';
import type { CallStep, ExecutionPlan, PlanResult } from '../plan/plan.js';
import type { NetworkState } from '../running/state.js';
import type { OptimiserSettings } from '../training/settings.js';
import type { Measured, Measurements, ProbeId, Site } from './measurements.js';

/** What a probe works with. The state is the network as it starts, and is to be left so. */
export interface ProbeContext {
  readonly plans: ExecutionPlans;
  readonly state: NetworkState;
  readonly objective: Objective;
  /** The student's, or what stands in for it. */
  readonly optimiser: OptimiserSettings;
  readonly optimiserGiven: boolean;
  readonly overfitSteps: number;
  /** A stream of this probe's own. */
  readonly random: Random;
  /** Milliseconds from some start. */
  now(): number;
  /** When, by that clock, the probe must have ended. */
  readonly until: number;
}

/** One measurement, complete in its own file; the table beside this file has them. */
export interface Probe<Id extends ProbeId = ProbeId> {
  readonly id: Id;
  /** @throws NotApplicable */
  measure(context: ProbeContext): Promise<Measurements[Id]>;
}

export function measured(value: number): Measured {
  if (Number.isFinite(value)) return Number(value.toPrecision(6));
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? 'Infinity' : '-Infinity';
}

export function siteOf(step: CallStep): Site {
  return {
    step: step.id,
    operation: step.operation,
    path: step.path,
    ...(step.place && { place: step.place }),
  };
}

/** The shapes of what a network returns, from left to right. */
export function outputShapes(plan: ExecutionPlan): readonly (readonly number[])[] {
  const collect = (result: PlanResult): readonly (readonly number[])[] => {
    if (result === null) return [];
    if (!('step' in result)) return result.flatMap(collect);
    return [plan.steps[result.step]?.outputs[result.output]?.shape ?? []];
  };
  return collect(plan.output);
}

/** The axis along which two traces at different batch sizes differ. */
export function batchAxis(a: readonly number[], b: readonly number[]): number | undefined {
  if (a.length !== b.length) return undefined;
  const axis = a.findIndex((size, at) => size !== b[at]);
  return axis < 0 ? undefined : axis;
}

export function largestOf(values: ArrayLike<number>): number {
  let largest = 0;
  for (let at = 0; at < values.length; at += 1) {
    const size = Math.abs(values[at] ?? 0);
    if (Number.isNaN(size)) return Number.NaN;
    if (size > largest) largest = size;
  }
  return largest;
}

/** Largest difference of two arrays over the largest number of the first. */
export function relativeDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let difference = 0;
  for (let at = 0; at < a.length; at += 1) {
    const apart = Math.abs((a[at] ?? 0) - (b[at] ?? 0));
    if (Number.isNaN(apart)) return Number.NaN;
    if (apart > difference) difference = apart;
  }
  const size = largestOf(a);
  return difference === 0 ? 0 : difference / (size === 0 ? 1 : size);
}

export function rootMeanSquare(values: ArrayLike<number>): number {
  let total = 0;
  for (let at = 0; at < values.length; at += 1) total += (values[at] ?? 0) ** 2;
  return Math.sqrt(total / Math.max(values.length, 1));
}

/** The elements of some places along an axis. */
export function rowsOf(
  values: Float32Array,
  shape: readonly number[],
  axis: number,
  start: number,
  count: number,
): Float32Array {
  const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  const size = shape[axis] ?? 1;
  const outer = values.length / Math.max(inner * size, 1);
  const rows = new Float32Array(outer * count * inner);
  for (let block = 0; block < outer; block += 1) {
    const from = (block * size + start) * inner;
    rows.set(values.subarray(from, from + count * inner), block * count * inner);
  }
  return rows;
}
