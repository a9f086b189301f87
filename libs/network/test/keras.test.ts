import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  countCosts,
  buildLayer,
  elementCount,
  evaluateInteger,
  inferLayer,
  kerasConfig,
  kerasDefinition,
  kerasType,
  NetworkBuilder,
  tensorsOf,
  tensorType,
  type Argument,
  type Layer,
  type TensorType,
} from '@tensormark/network';

interface Recorded {
  readonly type: string;
  readonly given: Readonly<Record<string, unknown>>;
  readonly inputs: readonly (readonly number[])[];
  readonly outputs: readonly (readonly number[])[];
  readonly trainable: readonly (readonly number[])[];
  readonly fixed: readonly (readonly number[])[];
}

/** What TensorFlow.js's implementation of Keras made of each layer (`generate-layers.mjs`). */
const RECORDED = JSON.parse(
  readFileSync(new URL('fixtures/keras/layers.json', import.meta.url), 'utf8'),
) as readonly Recorded[];

function argument(value: unknown): Argument {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(argument);
  return typeof value === 'boolean' || typeof value === 'string' ? value : null;
}

function made(type: string, given: Readonly<Record<string, unknown>>): Layer {
  const layer = kerasDefinition(type)?.build({
    positional: [],
    named: Object.fromEntries(Object.entries(given).map(([name, value]) => [name, argument(value)])),
  });
  if (layer === undefined) throw new Error(`there is no layer ${type}`);
  return layer;
}

/** The layer with the weights that a first call gives it. */
function built(layer: Layer, ...inputs: readonly TensorType[]): Layer {
  return layer.materialize({ positional: [inputs.length > 1 ? inputs : (inputs[0] ?? null)] }) ?? layer;
}

const shapesOf = (layer: Layer, trained: boolean): readonly (readonly number[])[] =>
  layer.parameters.filter(({ trainable = true }) => trainable === trained).map(({ shape }) => shape);

describe('layers of Keras', () => {
  it.each(
    RECORDED.map(
      (of) => [`${of.type} ${JSON.stringify(of.given)} on ${JSON.stringify(of.inputs)}`, of] as const,
    ),
  )('%s', (_, { type, given, inputs, outputs, trainable, fixed }) => {
    const types = inputs.map((shape) => tensorType([2, ...shape]));
    const layer = built(made(type, given), ...types);
    const inference = inferLayer(layer, { positional: [types.length > 1 ? types : (types[0] ?? null)] });
    expect(inference.error).toBeUndefined();
    expect(tensorsOf(inference.outputs ?? null).map(({ shape }) => shape)).toEqual(outputs);
    expect(shapesOf(layer, true)).toEqual(trainable);
    expect(shapesOf(layer, false)).toEqual(fixed);
    // A formula cannot disagree with what it counts.
    const total = layer.parameters.reduce((sum, { shape }) => sum + elementCount(shape), 0n);
    expect(evaluateInteger(layer.parameterFormula())).toBe(total);
  });

  // Left out where TensorFlow.js has it wrong; Keras keeps the length under causal padding.
  it('causal-padding-keeps-the-length', () => {
    const layer = made('Conv1D', { filters: 8, kernel_size: 3, padding: 'causal', strides: 2 });
    const { outputs } = inferLayer(layer, { positional: [tensorType([2, 15, 4])] });
    expect(outputs).toMatchObject({ shape: [2, 8, 8] });
  });

  // F. Chollet and others, keras.io: GRU(64) after vectors of 100 has 3·64·(100 + 64 + 2) weights since TensorFlow 2.
  it('gru-has-two-biases-by-default', () => {
    const layer = built(made('GRU', { units: 64 }), tensorType([1, 10, 100]));
    expect(evaluateInteger(layer.parameterFormula())).toBe(31_872n);
    expect(shapesOf(layer, true)).toEqual([
      [100, 192],
      [64, 192],
      [2, 192],
    ]);
  });

  // keras.io, "Text classification with Transformer": MultiHeadAttention(2 heads of 32) on vectors of 32, 8,416 weights.
  it('attention-of-several-heads', () => {
    const x = tensorType([1, 200, 32]);
    const layer = made('MultiHeadAttention', { num_heads: 2, key_dim: 32 });
    const ready = layer.materialize({ positional: [x, x] }) ?? layer;
    expect(evaluateInteger(ready.parameterFormula())).toBe(8_416n);
  });

  // The tutorial on regression of TensorFlow prints 19 for nine features.
  it('normalization-counts-what-it-is-adapted-to', () => {
    const layer = built(made('Normalization', {}), tensorType([1, 9]));
    expect(evaluateInteger(layer.parameterFormula())).toBe(19n);
    expect(shapesOf(layer, true)).toEqual([]);
  });

  it('types-and-arguments-can-be-asked-for', () => {
    const layer = made('Conv2D', { filters: 8, kernel_size: 3, activation: 'relu' });
    expect(kerasType(layer)).toBe('Conv2D');
    expect(kerasConfig(layer, 'Conv2D')).toMatchObject({
      filters: 8,
      kernel_size: [3, 3],
      activation: 'relu',
    });
    expect(kerasConfig(layer, 'Dense')).toBeUndefined();
    const torch = buildLayer('LSTM', { positional: [3n, 4n] }).layer;
    expect(torch && kerasType(torch)).toBeUndefined();
  });
});

describe('layers that both have', () => {
  /** The work of one call, and the weights. */
  function costOf(layer: Layer, input: TensorType): { work: bigint; weights: bigint } {
    const builder = new NetworkBuilder();
    builder.output(builder.applyLayer(layer, { positional: [builder.input(input)] }).outputs ?? null);
    const network = builder.build();
    const weights = network.parameters.reduce((sum, { shape }) => sum + elementCount(shape), 0n);
    return { work: countCosts(network), weights };
  }

  function torch(type: string, ...positional: readonly Argument[]): Layer {
    const { layer } = buildLayer(type, { positional });
    if (layer === undefined) throw new Error(`there is no ${type}`);
    return layer;
  }

  it.each([
    ['Dense', { units: 7 }, [2, 5], torch('Linear', 5n, 7n), [2, 5]],
    ['Conv1D', { filters: 7, kernel_size: 3 }, [2, 9, 4], torch('Conv1d', 4n, 7n, 3n), [2, 4, 9]],
    [
      'Conv2D',
      { filters: 7, kernel_size: 3, strides: 2 },
      [2, 9, 8, 4],
      torch('Conv2d', 4n, 7n, 3n, 2n),
      [2, 4, 9, 8],
    ],
    [
      'Conv2D',
      { filters: 6, kernel_size: 3, groups: 2, padding: 'same' },
      [2, 9, 8, 4],
      torch('Conv2d', 4n, 6n, 3n, 1n, 1n, 1n, 2n),
      [2, 4, 9, 8],
    ],
    ['Conv3D', { filters: 7, kernel_size: 2 }, [1, 5, 6, 7, 3], torch('Conv3d', 3n, 7n, 2n), [1, 3, 5, 6, 7]],
    [
      'Conv2DTranspose',
      { filters: 7, kernel_size: 3, strides: 2 },
      [2, 9, 8, 4],
      torch('ConvTranspose2d', 4n, 7n, 3n, 2n),
      [2, 4, 9, 8],
    ],
    [
      'DepthwiseConv2D',
      { kernel_size: 3 },
      [2, 9, 8, 4],
      torch('Conv2d', 4n, 4n, 3n, 1n, 0n, 1n, 4n),
      [2, 4, 9, 8],
    ],
    ['GRU', { units: 6, return_sequences: true }, [5, 9, 4], torch('GRU', 4n, 6n), [9, 5, 4]],
    ['LayerNormalization', {}, [2, 9, 8], torch('LayerNorm', 8n), [2, 9, 8]],
  ] as const)('%s-costs-what-its-like-of-pytorch-costs', (type, given, input, like, likeInput) => {
    expect(costOf(made(type, given), tensorType(input))).toEqual(costOf(like, tensorType(likeInput)));
  });
});
