import * as tf from '@tensorflow/tfjs-core';
import type { Data } from '../engine/arrays.js';
import { float } from '../engine/elementwise.js';
import { tidied } from '../engine/scope.js';
import type { Value } from '../engine/value.js';
import type { CallStep, ExecutionPlan, PlanArgument } from '../plan/plan.js';
import { drawBatch, drawInputs, NotApplicable } from '../training/objective.js';
import { forwardPass, free, lossPass, take } from '../training/pass.js';
import type { Measurements } from './measurements.js';
import { siteOf, type Probe, type ProbeContext } from './probe.js';

type Finite = Measurements['finite'];

/** NaN and infinities: the first call they come from, and which gradients hold some. */
export const finite: Probe<'finite'> = {
  id: 'finite',
  async measure(context) {
    const forward = await firstInForward(context);
    const gradients = await gradientsNotFinite(context);
    return { ...(forward && { forward }), gradients };
  },
};

/** Shares of NaN and of infinities among a call's outputs, as one small array. */
function shares(values: readonly Value[]): Data {
  return tidied(() => {
    const parts = values.map(({ data }) =>
      tf.stack([tf.mean(float(tf.isNaN(data))), tf.mean(float(tf.isInf(data)))]),
    );
    return parts.reduce((a, b) => tf.maximum(a, b));
  });
}

interface Seen {
  readonly step: CallStep;
  readonly nan: number;
  readonly infinite: number;
}

async function firstInForward({ plans, state, random }: ProbeContext): Promise<Finite['forward']> {
  const plan = plans.training;
  const steps: CallStep[] = [];
  const passed = forwardPass(plan, state, drawInputs(plan, random), {
    training: true,
    random: random.stream('pass'),
    watch: (step, values) => {
      if (values.length === 0) return [];
      steps.push(step);
      return [shares(values)];
    },
  });
  free(...passed.outputs);
  const seen: Seen[] = [];
  for (const [at, data] of passed.watched.entries()) {
    const step = steps[at];
    const [nan = 0, infinite = 0] = await take(data);
    if (step) seen.push({ step, nan, infinite });
  }
  return culprit(plan, seen);
}

/** An infinity on the way is often meant, as in a mask; one that comes out is not, and NaN never is. */
function culprit(plan: ExecutionPlan, seen: readonly Seen[]): Finite['forward'] {
  const byStep = new Map(seen.map((each) => [each.step.id, each]));
  const broken = (id: number): boolean =>
    (byStep.get(id)?.nan ?? 0) > 0 || (byStep.get(id)?.infinite ?? 0) > 0;
  const firstNan = seen.find(
    ({ step, nan }) => nan > 0 && !inputsOf(step).some((id) => (byStep.get(id)?.nan ?? 0) > 0),
  );
  const returned = stepsReturned(plan);
  const escapes = returned.some(broken);
  const firstInfinity = escapes
    ? seen.find(
        ({ step, infinite }) =>
          infinite > 0 && !inputsOf(step).some(broken) && !hasInfinity(Object.values(step.arguments)),
      )
    : undefined;
  const found = [firstNan, firstInfinity]
    .filter((each) => each !== undefined)
    .toSorted((a, b) => a.step.id - b.step.id)[0];
  if (!found) return undefined;
  const what = found.nan > 0 ? 'NaN' : 'infinity';
  const share = what === 'NaN' ? found.nan : found.infinite;
  return { ...siteOf(found.step), what, share: Number(share.toPrecision(4)) };
}

function inputsOf(step: CallStep): readonly number[] {
  const collect = (given: PlanArgument): readonly number[] => {
    if (typeof given !== 'object' || given === null) return [];
    if (isList(given)) return given.flatMap(collect);
    return 'tensor' in given ? [given.tensor.step] : [];
  };
  return Object.values(step.arguments).flatMap(collect);
}

function isList(given: PlanArgument): given is readonly PlanArgument[] {
  return Array.isArray(given);
}

function hasInfinity(given: readonly PlanArgument[]): boolean {
  return given.some((each) => typeof each === 'object' && each !== null && 'number' in each);
}

function stepsReturned(plan: ExecutionPlan): readonly number[] {
  const collect = (result: ExecutionPlan['output']): readonly number[] => {
    if (result === null) return [];
    return 'step' in result ? [result.step] : result.flatMap(collect);
  };
  return collect(plan.output);
}

async function gradientsNotFinite({
  plans,
  state,
  objective,
  random,
}: ProbeContext): Promise<readonly string[]> {
  const plan = plans.training;
  let batch;
  try {
    batch = drawBatch(plan, objective, random.stream('batch'));
  } catch (error) {
    if (error instanceof NotApplicable) return [];
    throw error;
  }
  const passed = lossPass(plan, state, batch, objective, { training: true, random: random.stream('back') });
  free(passed.loss, ...passed.outputs, ...passed.buffers.values());
  const names: string[] = [];
  for (const [at, data] of passed.gradients) {
    const values = await take(data);
    const name = plan.parameters[at]?.names[0];
    if (name !== undefined && values.some((value) => !Number.isFinite(value))) names.push(name);
  }
  return names;
}
