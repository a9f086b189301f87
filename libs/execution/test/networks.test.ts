import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs-core';
import type { Network } from '@tensormark/network';
import { Random } from '../src/engine/random.js';
import { openDevice, writePlan, type BackendName, type ExecutionPlan, type Objective } from '../src/index.js';
import { NetworkState } from '../src/running/state.js';
import { forwardPass, freeBackward, lossPass } from '../src/training/pass.js';
import { leNet, lstmClassifier, smallResNet, textTransformer, type Traced } from './networks.js';
import { elementsBy } from './recorded-case.js';

interface RecordedNetwork {
  readonly name: string;
  readonly shape: readonly number[];
  readonly below: number;
  readonly classes: number;
  readonly spread: number;
  readonly names: readonly string[];
  readonly logits: readonly number[];
  readonly loss: number;
  /** Norm, weighted sum, and the first elements. */
  readonly gradients: Readonly<Record<string, readonly number[]>>;
  readonly evaluated: readonly number[];
}

const CASES: readonly RecordedNetwork[] = JSON.parse(
  readFileSync(new URL('fixtures/networks.json', import.meta.url), 'utf8'),
);

const NETWORKS: Readonly<Record<string, (traced: Traced) => Network>> = {
  lenet: leNet,
  'small-resnet': smallResNet,
  'text-transformer': textTransformer,
  'lstm-classifier': lstmClassifier,
};

const OBJECTIVE: Objective = {
  kind: 'loss',
  loss: 'CrossEntropyLoss',
  config: { reduction: 'mean', ignore_index: -100, label_smoothing: 0, weight: null },
  output: 0,
  target: { kind: 'classes', count: 10 },
};

const TOLERANCE = 1e-4;

function planOf(recorded: RecordedNetwork, training: boolean): ExecutionPlan {
  const network = NETWORKS[recorded.name]?.({ batch: recorded.shape[0] ?? 1, training });
  const written = network && writePlan(network);
  if (written?.kind !== 'plan') throw new Error(JSON.stringify(written?.operations));
  return written.plan;
}

/** Weights by the fixture's formula, in PyTorch's order of them. */
function stateOf(recorded: RecordedNetwork, plan: ExecutionPlan): NetworkState {
  const parameters = plan.parameters.map(({ names, shape }) => {
    const count = shape.reduce((product, size) => product * size, 1);
    const seed = recorded.names.findIndex((name) => names.includes(name));
    if (seed < 0) throw new Error(`PyTorch has no ${names[0]}`);
    const fan = count / (shape[0] ?? 1);
    const scale = shape.length > 1 ? recorded.spread / Math.sqrt(fan) : recorded.spread;
    return Float32Array.from(elementsBy(count, 100 + seed, scale));
  });
  const buffers = plan.buffers.map(({ shape, initial }) =>
    new Float32Array(shape.reduce((product, size) => product * size, 1)).fill(
      initial.kind === 'constant' ? initial.value : 0,
    ),
  );
  expect(plan.parameters.length).toBe(recorded.names.length);
  return NetworkState.of(plan, parameters, buffers);
}

function whole(values: Float64Array, below: number): Float32Array {
  return Float32Array.from(values, (value) => Math.floor(((value + 1) / 2) * below * 0.9999));
}

function close(found: ArrayLike<number>, wanted: readonly number[]): number {
  const size = Math.max(1e-6, ...wanted.map(Math.abs));
  return wanted.reduce(
    (worst, value, at) => Math.max(worst, Math.abs(value - (found[at] ?? Number.NaN)) / size),
    0,
  );
}

describe.each<BackendName>(['cpu', 'wasm'])('whole networks on %s agree with PyTorch', (only) => {
  beforeAll(() => openDevice({ only }));

  it.each(CASES.map((recorded) => [recorded.name, recorded] as const))('%s', async (_, recorded) => {
    const plan = planOf(recorded, true);
    const state = stateOf(recorded, plan);
    const tensors = tf.memory().numTensors;
    const count = recorded.shape.reduce((product, size) => product * size, 1);
    const [rows = 1] = recorded.shape;
    const batch = {
      inputs: [
        {
          values:
            recorded.below > 0
              ? whole(elementsBy(count, 3, 1), recorded.below)
              : Float32Array.from(elementsBy(count, 3)),
          shape: recorded.shape,
          dtype: recorded.below > 0 ? ('int64' as const) : ('float32' as const),
        },
      ],
      target: {
        values: whole(elementsBy(rows, 7, 1), recorded.classes),
        shape: [rows],
        dtype: 'int64' as const,
      },
    };
    const options = { training: true, random: new Random(1) };
    const passed = lossPass(plan, state, batch, OBJECTIVE, options);
    const [logits] = passed.outputs;
    expect(close((await logits?.data()) ?? [], recorded.logits)).toBeLessThan(TOLERANCE);
    expect((await passed.loss.data())[0]).toBeCloseTo(recorded.loss, 4);
    for (const [at, { names }] of plan.parameters.entries()) {
      const values = (await passed.gradients.get(at)?.data()) ?? new Float32Array();
      const [norm = 0, weighted = 0, ...firsts] = recorded.gradients[names[0] ?? ''] ?? [];
      let [squares, sum] = [0, 0];
      for (const [k, value] of values.entries()) {
        squares += value * value;
        sum += value * Math.cos(k + 1);
      }
      const size = Math.max(norm, 1e-6);
      expect(Math.abs(Math.sqrt(squares) - norm) / size).toBeLessThan(TOLERANCE);
      expect(Math.abs(sum - weighted) / size).toBeLessThan(TOLERANCE);
      for (const [k, first] of firsts.entries())
        expect(Math.abs((values[k] ?? Number.NaN) - first) / size).toBeLessThan(TOLERANCE);
    }
    for (const [at, data] of passed.buffers) state.setBuffer(at, data.clone());
    freeBackward(passed);
    const evaluated = forwardPass(planOf(recorded, false), state, batch.inputs, {
      ...options,
      training: false,
    });
    expect(close((await evaluated.outputs[0]?.data()) ?? [], recorded.evaluated)).toBeLessThan(TOLERANCE);
    for (const data of evaluated.outputs) data.dispose();
    expect(tf.memory().numTensors).toBe(tensors);
    state.dispose();
  });
});

describe('memory', () => {
  it('holds nothing more after a hundred steps', async () => {
    await openDevice({ only: 'wasm' });
    const [recorded] = CASES.filter(({ name }) => name === 'small-resnet');
    if (!recorded) throw new Error('the case is missing');
    const plan = planOf(recorded, true);
    const state = NetworkState.initial(plan, new Random(3));
    const before = tf.memory().numTensors;
    for (let step = 0; step < 100; step += 1) {
      const passed = lossPass(
        plan,
        state,
        {
          inputs: [
            { values: new Float32Array(4 * 3 * 144).fill(1), shape: recorded.shape, dtype: 'float32' },
          ],
          target: { values: new Float32Array(4), shape: [4], dtype: 'int64' },
        },
        OBJECTIVE,
        { training: true, random: new Random(step) },
      );
      freeBackward(passed);
    }
    expect(tf.memory().numTensors).toBe(before);
    state.dispose();
  });
});
