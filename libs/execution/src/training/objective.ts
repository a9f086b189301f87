import { isFloatingPoint } from '@tensormark/network';
import { add, mul } from '../engine/elementwise.js';
import { mean, sum } from '../engine/reductions.js';
import type { Random } from '../engine/random.js';
import { elements, type Shape } from '../engine/shape.js';
import { hosted, Value } from '../engine/value.js';
import type { Objective, Target } from '../jobs/job.js';
import { executorOf } from '../operations/table.js';
import type { CallStep, ExecutionPlan, PlanInput } from '../plan/plan.js';
import { NotExecutable, RunningCall } from '../running/call.js';

/** Elements on the host, with the shape they go to the device in. */
export interface HostTensor {
  readonly values: Float32Array;
  readonly shape: Shape;
  readonly dtype: PlanInput['dtype'];
}

export interface Batch {
  readonly inputs: readonly HostTensor[];
  readonly target?: HostTensor;
}

/** Thrown where a task cannot be asked of a network: its output is no such thing as the loss takes. */
export class NotApplicable extends Error {
  override readonly name = 'NotApplicable';
}

/** Inputs at random: floats of mean 0 and deviation 1, whole numbers below what looks them up. */
export function drawInputs(plan: ExecutionPlan, random: Random): readonly HostTensor[] {
  return plan.inputs.map((input, at) => ({
    values: drawInput(input, random.stream('input', at)),
    shape: input.shape,
    dtype: input.dtype,
  }));
}

/** Where no lookup tells, whole numbers are taken for flags. */
const FLAGS = 2;

function drawInput({ shape, dtype, below }: PlanInput, random: Random): Float32Array {
  const count = elements(shape);
  if (isFloatingPoint(dtype)) return random.fill(count, (source) => source.normal());
  if (dtype === 'bool') throw new NotExecutable('what the truth values of an input mean is not known');
  return random.fill(count, (source) => source.integer(below ?? FLAGS));
}

/** The type of the output that a loss compares, by inference. */
export function comparedOutput(plan: ExecutionPlan, objective: Objective): PlanInput | undefined {
  if (objective.kind === 'probe') return undefined;
  const tensor = outputsOf(plan)[objective.output];
  const type = tensor && plan.steps[tensor.step]?.outputs[tensor.output];
  return type && { ...type, name: 'output', step: tensor.step };
}

function outputsOf({ output }: ExecutionPlan): readonly { readonly step: number; readonly output: number }[] {
  const collect = (result: ExecutionPlan['output']): readonly { step: number; output: number }[] => {
    if (result === null) return [];
    return 'step' in result ? [result] : result.flatMap(collect);
  };
  return collect(output);
}

/** Losses whose targets are classes: the output's second axis counts them, or the only one. */
const OF_CLASSES = ['CrossEntropyLoss', 'NLLLoss', 'MultiMarginLoss'];
const OF_SIGNS = ['SoftMarginLoss', 'HingeEmbeddingLoss'];

/** Targets at random, fit for the loss. @throws NotApplicable */
export function drawTarget(
  plan: ExecutionPlan,
  objective: Objective,
  inputs: readonly HostTensor[],
  random: Random,
): HostTensor | undefined {
  if (objective.kind !== 'loss') return undefined;
  const output = comparedOutput(plan, objective);
  if (!output) throw new NotApplicable(`the network has no output ${objective.output}`);
  const { shape } = output;
  const { target, loss } = objective;
  const source = random.stream('target');
  const of = (draw: (random: Random) => number, own: Shape = shape): HostTensor => ({
    values: source.fill(elements(own), draw),
    shape: own,
    dtype: 'float32',
  });
  switch (target.kind) {
    case 'classes': {
      if (!OF_CLASSES.includes(loss)) throw new NotApplicable(`${loss} takes no classes`);
      const { classes, outer } = classesOf(shape);
      const below = Math.min(target.count, classes);
      return { ...of((each) => each.integer(Math.max(below, 1)), outer), dtype: 'int64' };
    }
    case 'truth-values': {
      const low = OF_SIGNS.includes(loss) ? -1 : 0;
      return of((each) => (each.integer(2) === 1 ? 1 : low));
    }
    case 'probabilities':
      return { values: normalisedRows(source, shape), shape, dtype: 'float32' };
    case 'numbers':
      return of((each) => (loss === 'PoissonNLLLoss' ? each.integer(5) : each.normal()));
    case 'input': {
      const [first] = inputs;
      if (!first || elements(first.shape) !== elements(shape))
        throw new NotApplicable('the output is not of the input’s size');
      return { ...first, shape };
    }
  }
}

export function classesOf(shape: Shape): { readonly classes: number; readonly outer: Shape } {
  const axis = shape.length === 1 ? 0 : 1;
  if (shape.length === 0) throw new NotApplicable('the output is a single number');
  return { classes: shape[axis] ?? 1, outer: shape.filter((_, at) => at !== axis) };
}

/** Positive numbers that sum to 1 along the classes. */
function normalisedRows(random: Random, shape: Shape): Float32Array {
  const axis = shape.length === 1 ? 0 : 1;
  const classes = shape[axis] ?? 1;
  const inner = elements(shape.slice(axis + 1));
  const values = random.fill(elements(shape), (source) => 0.05 + source.uniform());
  const lines = values.length / classes;
  for (let line = 0; line < lines; line += 1) {
    const start = Math.floor(line / inner) * classes * inner + (line % inner);
    let total = 0;
    for (let at = 0; at < classes; at += 1) total += values[start + at * inner] ?? 0;
    for (let at = 0; at < classes; at += 1) {
      const place = start + at * inner;
      values[place] = (values[place] ?? 0) / total;
    }
  }
  return values;
}

export function drawBatch(plan: ExecutionPlan, objective: Objective, random: Random): Batch {
  const inputs = drawInputs(plan, random);
  const target = drawTarget(plan, objective, inputs, random);
  return { inputs, ...(target && { target }) };
}

/** How many classes there are, where the objective is to tell classes apart. */
export function classCount(objective: Objective): number | undefined {
  if (objective.kind !== 'loss') return undefined;
  const target: Target = objective.target;
  const logits = objective.loss === 'CrossEntropyLoss' || objective.loss === 'NLLLoss';
  return target.kind === 'classes' && logits ? target.count : undefined;
}

/** The number to be minimised. @throws NotApplicable */
export function lossOf(
  objective: Objective,
  outputs: readonly Value[],
  target: Value | undefined,
  random: Random,
): Value {
  if (objective.kind === 'probe') return weighedSum(outputs, random);
  const output = outputs[objective.output];
  if (!output) throw new NotApplicable(`the network has no output ${objective.output}`);
  if (objective.kind === 'output') return single(output);
  const executor = executorOf(objective.loss);
  if (!executor || !target) throw new NotApplicable(`${objective.loss} is not computed`);
  const step = lossStep(objective.loss, objective.config);
  const result = executor.run(
    new RunningCall(step, {
      training: true,
      random,
      tensor: ({ output: at }) => (at === 0 ? output : target),
      parameter: () => refuse(),
      buffer: () => refuse(),
      updateBuffer: () => undefined,
    }),
  );
  if (!(result instanceof Value)) throw new NotApplicable(`${objective.loss} gave no tensor`);
  return single(result);
}

function refuse(): never {
  throw new NotExecutable('the elements of a loss’s weights are not known');
}

function single(value: Value): Value {
  return value.data.size === 1 ? value : mean(value);
}

function lossStep(operation: string, config: CallStep['config']): CallStep {
  return {
    kind: 'call',
    id: 0,
    operation,
    layer: true,
    config,
    arguments: { input: { tensor: { step: 0, output: 0 } }, target: { tensor: { step: 0, output: 1 } } },
    parameters: {},
    buffers: {},
    outputs: [{ shape: [], dtype: 'float32' }],
    result: { step: 0, output: 0 },
    path: '',
  };
}

/** Every floating output times fixed random numbers, summed: as good as any loss for seeing where gradients flow. */
function weighedSum(outputs: readonly Value[], random: Random): Value {
  const parts = outputs
    .filter(({ dtype }) => isFloatingPoint(dtype))
    .map((output, at) => {
      const weights = random
        .stream('weight', at)
        .fill(output.data.size, (source) => source.normal() / Math.sqrt(output.data.size));
      return sum(mul(output, hosted(weights, output.shape)));
    });
  const [first, ...others] = parts;
  if (!first) throw new NotApplicable('the network has no output of floating point');
  return others.reduce((total, part) => add(total, part), first);
}
