import type { ExecutionPlan } from '../plan/plan.js';
import { drawInputs, type HostTensor } from '../training/objective.js';
import { forwardPass, free, take } from '../training/pass.js';
import type { Measured, Measurements } from './measurements.js';
import {
  batchAxis,
  measured,
  outputShapes,
  relativeDifference,
  rowsOf,
  type Probe,
  type ProbeContext,
} from './probe.js';

type Size = Measurements['batch-sizes']['sizes'][number];

/** A batch of one, and a smaller last batch; alone, a row should give in evaluation what it gives among others. */
export const batchSizes: Probe<'batch-sizes'> = {
  id: 'batch-sizes',
  async measure(context) {
    const { plans } = context;
    const sizes: Size[] = [];
    if (plans.single) sizes.push(await alone(context, plans.single));
    if (plans.singleTraining) sizes.push(run(context, plans.singleTraining));
    if (plans.fewer) sizes.push(run(context, plans.fewer));
    return { sizes };
  },
};

/** Where rows lie in inputs and outputs: told by two traces at different sizes. */
export function batchOf(plan: ExecutionPlan, full: ExecutionPlan): number {
  for (const [at, { shape }] of plan.inputs.entries()) {
    const axis = batchAxis(shape, full.inputs[at]?.shape ?? []);
    if (axis !== undefined) return shape[axis] ?? 1;
  }
  return 1;
}

function run(context: ProbeContext, plan: ExecutionPlan): Size {
  const { plans, state, random } = context;
  const inputs = drawInputs(plan, random);
  const passed = forwardPass(plan, state, inputs, { training: true, random: random.stream('pass') });
  free(...passed.outputs);
  return { batch: batchOf(plan, plans.training), mode: 'training', outputs: outputShapes(plan) };
}

async function alone(context: ProbeContext, single: ExecutionPlan): Promise<Size> {
  const { plans, state, random } = context;
  const full = plans.evaluation;
  const size = { batch: 1, mode: 'evaluation' as const, outputs: outputShapes(single) };
  const options = { training: false, random: random.stream('pass') };
  if (!full) {
    free(...forwardPass(single, state, drawInputs(single, random), options).outputs);
    return size;
  }
  const inputs = drawInputs(full, random);
  const firsts = inputs.map((input, at): HostTensor => {
    const shape = single.inputs[at]?.shape ?? input.shape;
    const axis = batchAxis(input.shape, shape);
    return axis === undefined
      ? input
      : { ...input, shape, values: rowsOf(input.values, input.shape, axis, 0, 1) };
  });
  const among = forwardPass(full, state, inputs, options);
  const apart = forwardPass(single, state, firsts, options);
  const [fullShapes, shapes] = [outputShapes(full), outputShapes(single)];
  let difference: Measured | undefined;
  for (const [at, data] of apart.outputs.entries()) {
    const other = among.outputs[at];
    const own = fullShapes[at] ?? [];
    const axis = batchAxis(own, shapes[at] ?? []);
    if (!other || axis === undefined) {
      free(data, other);
      continue;
    }
    const found = relativeDifference(rowsOf(await take(other), own, axis, 0, 1), await take(data));
    const before = difference === undefined ? 0 : Number(difference);
    difference = measured(Number.isNaN(found) ? found : Math.max(before, found));
  }
  return { ...size, ...(difference !== undefined && { difference }) };
}
