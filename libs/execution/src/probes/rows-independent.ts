import { isFloatingPoint } from '@tensormark/network';
import { mul } from '../engine/elementwise.js';
import { sum } from '../engine/reductions.js';
import { slice } from '../engine/structure.js';
import { hosted, type Value } from '../engine/value.js';
import type { ExecutionPlan } from '../plan/plan.js';
import { drawInputs, NotApplicable, type HostTensor } from '../training/objective.js';
import { forwardPass, inputGradients, take } from '../training/pass.js';
import { behaviourOf } from './behaviour.js';
import type { Measurements } from './measurements.js';
import {
  batchAxis,
  largestOf,
  measured,
  outputShapes,
  rowsOf,
  siteOf,
  type Probe,
  type ProbeContext,
} from './probe.js';

type Mode = Measurements['rows-independent']['modes'][number];

/** A row of the batch must not change what another gives; statistics of the batch in training are the exception. */
export const rowsIndependent: Probe<'rows-independent'> = {
  id: 'rows-independent',
  async measure(context) {
    const { plans } = context;
    const other = plans.single ?? plans.fewer;
    if (!other) throw new NotApplicable('no trace at another batch size tells where the rows are');
    const modes: Mode[] = [];
    if (plans.evaluation) modes.push(await influence(context, plans.evaluation, other, false));
    modes.push(await influence(context, plans.training, other, true));
    return { modes };
  },
};

interface Axes {
  readonly inputs: readonly (number | undefined)[];
  readonly outputs: readonly (number | undefined)[];
}

function axesBetween(plan: ExecutionPlan, other: ExecutionPlan): Axes {
  const shapes = outputShapes(other);
  return {
    inputs: plan.inputs.map(({ shape }, at) => batchAxis(shape, other.inputs[at]?.shape ?? [])),
    outputs: outputShapes(plan).map((shape, at) => batchAxis(shape, shapes[at] ?? [])),
  };
}

async function influence(
  context: ProbeContext,
  plan: ExecutionPlan,
  other: ExecutionPlan,
  training: boolean,
): Promise<Mode> {
  const axes = axesBetween(plan, other);
  const output = axes.outputs.findIndex((axis) => axis !== undefined);
  if (output < 0) throw new NotApplicable('no output has rows');
  const byGradient = plan.inputs.every(({ dtype }) => isFloatingPoint(dtype));
  const found = byGradient
    ? await byGradients(context, plan, axes, output, training)
    : await byPerturbation(context, plan, axes, output, training);
  const batchStatistics = plan.steps.flatMap((step) =>
    step.kind === 'call' && behaviourOf(step, training) === 'batch-statistics' ? [siteOf(step)] : [],
  );
  return {
    mode: training ? 'training' : 'evaluation',
    influence: measured(found),
    batchStatistics,
    method: byGradient ? 'gradient' : 'perturbation',
  };
}

/** Gradients of the first row's outputs by every row of the inputs. */
async function byGradients(
  { state, random }: ProbeContext,
  plan: ExecutionPlan,
  axes: Axes,
  output: number,
  training: boolean,
): Promise<number> {
  const inputs = drawInputs(plan, random);
  const weights = random.stream('weights');
  const firstRow = (outputs: readonly Value[]): Value => {
    const value = outputs[output];
    if (!value) throw new NotApplicable('the output is missing');
    const row = slice(value, axes.outputs[output] ?? 0, 0, 1);
    return sum(
      mul(
        row,
        hosted(
          weights.fill(row.data.size, (source) => source.normal()),
          row.shape,
        ),
      ),
    );
  };
  const gradients = inputGradients(plan, state, inputs, firstRow, {
    training,
    random: random.stream('pass'),
  });
  let [own, others] = [0, 0];
  for (const [at, data] of gradients.entries()) {
    const axis = axes.inputs[at];
    const shape = plan.inputs[at]?.shape ?? [];
    if (!data) continue;
    const values = await take(data);
    if (axis === undefined) continue;
    const count = shape[axis] ?? 1;
    own = worse(own, largestOf(rowsOf(values, shape, axis, 0, 1)));
    others = worse(others, largestOf(rowsOf(values, shape, axis, 1, count - 1)));
  }
  return others === 0 ? 0 : others / (own === 0 ? 1 : own);
}

function worse(a: number, b: number): number {
  return Number.isNaN(a) || Number.isNaN(b) ? Number.NaN : Math.max(a, b);
}

/** The second row is replaced: by how much do the others' outputs change, and its own. */
async function byPerturbation(
  { state, random }: ProbeContext,
  plan: ExecutionPlan,
  axes: Axes,
  output: number,
  training: boolean,
): Promise<number> {
  const inputs = drawInputs(plan, random);
  const replacements = drawInputs(plan, random.stream('other'));
  const changed = inputs.map((input, at): HostTensor => {
    const axis = axes.inputs[at];
    const replacement = replacements[at];
    return axis === undefined || !replacement
      ? input
      : { ...input, values: withRow(input, replacement, axis, 1) };
  });
  const options = { training, random: random.stream('pass') };
  const run = async (given: readonly HostTensor[]): Promise<Float32Array> => {
    const { outputs } = forwardPass(plan, state, given, options);
    for (const [at, data] of outputs.entries()) if (at !== output) data.dispose();
    const data = outputs[output];
    return data ? take(data) : new Float32Array();
  };
  const [before, after] = [await run(inputs), await run(changed)];
  const shape = outputShapes(plan)[output] ?? [];
  const axis = axes.outputs[output] ?? 0;
  const differences = before.map((value, at) => value - (after[at] ?? 0));
  const count = shape[axis] ?? 1;
  const own = largestOf(rowsOf(differences, shape, axis, 1, 1));
  const others = worse(
    largestOf(rowsOf(differences, shape, axis, 0, 1)),
    largestOf(rowsOf(differences, shape, axis, 2, count - 2)),
  );
  return others === 0 ? 0 : others / (own === 0 ? 1 : own);
}

function withRow(input: HostTensor, source: HostTensor, axis: number, row: number): Float32Array {
  const values = input.values.slice();
  const inner = input.shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  const size = input.shape[axis] ?? 1;
  const outer = values.length / (inner * size);
  for (let block = 0; block < outer; block += 1) {
    const from = (block * size + row) * inner;
    values.set(source.values.subarray(from, from + inner), from);
  }
  return values;
}
