import * as tf from '@tensorflow/tfjs-core';
import type { Data } from '../src/engine/arrays.js';
import { add, mul } from '../src/engine/elementwise.js';
import { Random } from '../src/engine/random.js';
import { sum } from '../src/engine/reductions.js';
import { constant, gradients, hosted, leaf, standard, type Value } from '../src/engine/value.js';
import { writePlan } from '../src/plan/write-plan.js';
import { runPlan } from '../src/running/run.js';
import { elementsBy, inputOf, networkOf, type RecordedCase, type RecordedNumber } from './recorded-case.js';

/** How far what was computed lies from what PyTorch computed: the largest difference over the largest number. */
export interface Deviation {
  readonly what: string;
  readonly error: number;
}

interface Found {
  readonly what: string;
  readonly data: Data | undefined;
  readonly expected: readonly RecordedNumber[];
}

/** Runs a recorded case on the current backend, forward and backward. */
export async function deviationsOf(recorded: RecordedCase): Promise<readonly Deviation[]> {
  const found = tf.tidy(() => {
    const results = compute(recorded);
    for (const { data } of results) if (data) tf.keep(data);
    return results.map((each) => ({ ...each })) as unknown as tf.TensorContainer;
  }) as unknown as readonly Found[];
  const deviations: Deviation[] = [];
  for (const { what, data, expected } of found) {
    const values = data ? await data.data() : new Float32Array(expected.length);
    data?.dispose();
    deviations.push({ what, error: deviation(values, expected.map(Number)) });
  }
  return deviations;
}

function deviation(values: ArrayLike<number>, expected: readonly number[]): number {
  if (values.length !== expected.length) return Number.POSITIVE_INFINITY;
  const size = Math.max(1e-3, ...expected.filter(Number.isFinite).map(Math.abs));
  return expected.reduce((worst, wanted, at) => {
    const value = values[at] ?? Number.NaN;
    if (Object.is(value, wanted) || (!Number.isFinite(wanted) && value === wanted)) return worst;
    const error = Math.abs(value - wanted) / size;
    return Number.isNaN(error) ? Number.POSITIVE_INFINITY : Math.max(worst, error);
  }, 0);
}

function compute(recorded: RecordedCase): readonly Found[] {
  const inputs = recorded.inputs.map(inputOf);
  const written = writePlan(networkOf(recorded, inputs));
  if (written.kind !== 'plan') throw new Error(JSON.stringify(written.operations));
  const { plan } = written;
  const values = inputs.map(({ shape, dtype, values: elements }) =>
    dtype === 'float32'
      ? leaf(tf.tensor1d(Float32Array.from(elements)), shape)
      : hosted(Float32Array.from(elements), shape, dtype),
  );
  const spread = recorded.spread ?? 0.5;
  const parameters = plan.parameters.map(({ shape }, at) => {
    const count = shape.reduce((product, size) => product * size, 1);
    return leaf(tf.tensor1d(Float32Array.from(elementsBy(count, 100 + at, spread))), shape);
  });
  const buffers = plan.buffers.map(({ shape, names, dtype }) => {
    const count = shape.reduce((product, size) => product * size, 1);
    const name = names[0] ?? '';
    const elements = name.endsWith('running_mean')
      ? elementsBy(count, 200, 0.3)
      : name.endsWith('running_var')
        ? elementsBy(count, 201, 0.3).map((value) => Math.abs(value) + 0.5)
        : new Float64Array(count);
    return constant(tf.tensor1d(Float32Array.from(elements)), shape, dtype);
  });
  const passed = runPlan(plan, {
    inputs: values,
    parameters,
    buffers,
    training: recorded.training ?? true,
    random: new Random(1),
  });
  const total = objective(passed.outputs);
  const collected = total ? gradients(total, [...values, ...parameters]) : new Map<Value, never>();
  const gradientOf = (value: Value | undefined): Data | undefined => {
    const gradient = value && collected.get(value);
    return gradient && standard(gradient);
  };
  return [
    ...passed.outputs.map((output, at) => ({
      what: `output ${at}`,
      data: standard(output).clone(),
      expected: recorded.outputs[at] ?? [],
    })),
    ...recorded.gradients.flatMap((expected, at) =>
      expected ? [{ what: `gradient of input ${at}`, data: gradientOf(values[at]), expected }] : [],
    ),
    ...Object.entries(recorded.parameters ?? {}).flatMap(([name, expected]) => {
      const at = plan.parameters.findIndex(({ names }) => names.includes(`layer.${name}`));
      return expected ? [{ what: `gradient of ${name}`, data: gradientOf(parameters[at]), expected }] : [];
    }),
    ...Object.entries(recorded.buffers ?? {}).map(([name, expected]) => {
      const at = plan.buffers.findIndex(({ names }) => names.includes(`layer.${name}`));
      return { what: name, data: (passed.buffers.get(at) ?? buffers[at]?.data)?.clone(), expected };
    }),
  ];
}

/** The sum over every floating output of `output[k] · cos(k + 1)`. */
function objective(outputs: readonly Value[]): Value | undefined {
  const parts = outputs
    .filter(({ dtype }) => dtype === 'float32')
    .map((output) => {
      const weights = Float32Array.from({ length: output.data.size }, (_, at) => Math.cos(at + 1));
      return sum(mul(output, hosted(weights, output.shape)));
    });
  return parts.length === 0 ? undefined : parts.reduce((total, part) => add(total, part));
}
