import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs-core';
import { openDevice, type ExecutionPlan, type OptimiserSettings } from '../src/index.js';
import { NetworkState } from '../src/running/state.js';
import { Optimiser } from '../src/training/optimiser.js';

interface RecordedOptimiser extends OptimiserSettings {
  readonly name: string;
  readonly trace: readonly (readonly number[])[];
}

const CASES: readonly RecordedOptimiser[] = JSON.parse(
  readFileSync(new URL('fixtures/optimisers.json', import.meta.url), 'utf8'),
);

const SIZE = 5;

const PLAN: ExecutionPlan = {
  inputs: [],
  steps: [],
  output: null,
  buffers: [],
  parameters: [
    {
      names: ['p'],
      shape: [SIZE],
      dtype: 'float32',
      role: 'weight',
      trainable: true,
      initial: {
        kind: 'values',
        values: Array.from({ length: SIZE }, (_, at) => Math.sin(12.9898 * at)),
      },
    },
  ],
};

/** The fixture's formula. */
function gradient(p: readonly number[], t: number): number[] {
  return p.map((value, at) => 0.3 * value + Math.sin(3.1 * at + 0.7 * t));
}

describe('optimisers move parameters as PyTorch does, step by step', () => {
  beforeAll(() => openDevice({ only: 'cpu' }));

  it.each(CASES.map((recorded) => [recorded.name, recorded] as const))('%s', (_, recorded) => {
    const state = NetworkState.of(
      PLAN,
      [Float32Array.from({ length: SIZE }, (_, at) => Math.sin(12.9898 * at))],
      [],
    );
    const optimiser = new Optimiser(recorded, PLAN);
    const before = tf.memory().numTensors;
    let tensors = before;
    for (const [at, wanted] of recorded.trace.entries()) {
      const now = Array.from(state.parameters[0]?.dataSync() ?? []);
      const g = tf.tensor1d(gradient(now, at + 1));
      optimiser.step(state, new Map([[0, g]]));
      g.dispose();
      if (at > 0) expect(tf.memory().numTensors).toBe(tensors);
      tensors = tf.memory().numTensors;
      const found = Array.from(state.parameters[0]?.dataSync() ?? []);
      for (const [place, value] of wanted.entries()) expect(found[place]).toBeCloseTo(value, 5);
    }
    optimiser.dispose();
    expect(tf.memory().numTensors).toBe(before);
    state.dispose();
  });

  it('moves only the parameters it was given', () => {
    const state = NetworkState.of(PLAN, [new Float32Array(SIZE).fill(1)], []);
    const optimiser = new Optimiser({ type: 'SGD', arguments: { lr: 1 }, parameters: ['q'] }, PLAN);
    const g = tf.ones([SIZE]);
    optimiser.step(state, new Map([[0, g]]));
    expect(Array.from(state.parameters[0]?.dataSync() ?? [])).toEqual([1, 1, 1, 1, 1]);
    state.dispose();
  });
});
