import type { Layer } from '@tensormark/network';
import type { Initial } from '../plan/plan.js';

const uniform = (bound: number): Initial => ({ kind: 'uniform', low: -bound, high: bound });
const constant = (value: number): Initial => ({ kind: 'constant', value });

/** How many inputs and outputs a unit of a weight has, as `torch.nn.init` counts them. */
function fans([first = 1, second = 1, ...kernel]: readonly number[]): {
  readonly in: number;
  readonly out: number;
} {
  const field = kernel.reduce((count, size) => count * size, 1);
  return { in: second * field, out: first * field };
}

/** Glorot and Bengio (2010): `√(6 / (in + out))`. */
function xavierUniform(shape: readonly number[]): Initial {
  const { in: inputs, out } = fans(shape);
  return uniform(Math.sqrt(6 / (inputs + out)));
}

function xavierNormal(shape: readonly number[]): Initial {
  const { in: inputs, out } = fans(shape);
  return { kind: 'normal', mean: 0, deviation: Math.sqrt(2 / (inputs + out)) };
}

type Rule = (name: string, shape: readonly number[], layer: Layer) => Initial | undefined;

/**
 * `kaiming_uniform_(a=√5)`, whose bound comes to `1/√in`, for weight and bias alike; the inputs are the weight's.
 */
const fromFanIn: Rule = (_, __, layer) => {
  const weight = layer.parameters.find(({ name }) => name === 'weight');
  return uniform(1 / Math.sqrt(Math.max(fans(weight?.shape ?? []).in, 1)));
};

const scaleAndShift: Rule = (name) => constant(name === 'weight' ? 1 : 0);

const recurrent: Rule = (_, __, layer) => {
  const { hidden_size: hidden } = layer.config;
  return uniform(typeof hidden === 'number' ? 1 / Math.sqrt(hidden) : 0);
};

const embedding: Rule = (_, [rows = 0], layer) => {
  const { padding_idx: padding } = layer.config;
  const zeroRow = typeof padding === 'number' ? { zeroRow: padding < 0 ? padding + rows : padding } : {};
  return { kind: 'normal', mean: 0, deviation: 1, ...zeroRow };
};

const attention: Rule = (name, shape) => {
  if (name === 'in_proj_bias') return constant(0);
  if (name === 'bias_k' || name === 'bias_v') return xavierNormal(shape);
  return xavierUniform(shape);
};

/** The attention's output projection: a linear layer whose bias starts at 0. */
const attentionOutput: Rule = (name, shape, layer) =>
  name === 'bias' ? constant(0) : fromFanIn(name, shape, layer);

const slope: Rule = (_, __, layer) => {
  const { init } = layer.config;
  return constant(typeof init === 'number' ? init : 0.25);
};

const bilinear: Rule = (_, __, layer) => {
  const weight = layer.parameters.find(({ name }) => name === 'weight');
  return uniform(1 / Math.sqrt(Math.max(weight?.shape[1] ?? 1, 1)));
};

/** PyTorch's `reset_parameters` by family of layers. */
const RULES: readonly (readonly [RegExp, Rule])[] = [
  [/^(Linear|Conv(Transpose)?[123]d)$/, fromFanIn],
  [/^NonDynamicallyQuantizableLinear$/, attentionOutput],
  [/^Bilinear$/, bilinear],
  [/^(BatchNorm[123]d|SyncBatchNorm|InstanceNorm[123]d|GroupNorm|LayerNorm|RMSNorm)$/, scaleAndShift],
  [/^(RNN|LSTM|GRU)(Cell)?$/, recurrent],
  [/^Embedding(Bag)?$/, embedding],
  [/^MultiheadAttention$/, attention],
  [/^PReLU$/, slope],
];

/** How PyTorch starts a parameter of a layer; `unknown` where no rule is known. */
export function initialOf(layer: Layer, name: string, shape: readonly number[]): Initial {
  const rule = RULES.find(([pattern]) => pattern.test(layer.type))?.[1];
  return rule?.(name, shape, layer) ?? { kind: 'unknown' };
}

/** `nn.Transformer` starts every matrix below it anew. */
export function initialInTransformer(initial: Initial, shape: readonly number[]): Initial {
  return shape.length > 1 ? xavierUniform(shape) : initial;
}

/** How a buffer starts: a normalisation's statistics, 0 for its count. */
export function initialOfBuffer(role: 'statistic' | 'counter' | 'constant', name: string): Initial {
  if (role === 'counter') return constant(0);
  if (role === 'statistic') return constant(name.endsWith('running_var') ? 1 : 0);
  return { kind: 'unknown' };
}
