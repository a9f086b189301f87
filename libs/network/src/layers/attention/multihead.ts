import type { Cost } from '../../costs.js';
import { literal, product, quantity, sum, type Formula } from '../../formula/formula.js';
import { defineLayer, parameter, type ParameterSpec } from '../../layer.js';
import { EVERYTHING } from '../../reach.js';
import { formatSize, isFloatingPoint, tensorType, type TensorType } from '../../tensor.js';
import { tupleRepr } from '../../values/argument.js';
import { raise, raiseAlike } from '../../values/errors.js';
import { bool, device, dtype, float, int, nullable, tensor } from '../../values/kinds.js';
import type { Result } from '../../values/result.js';
import { optional, required, type ConfigOf } from '../../values/signature.js';
import { AttentionOutput } from '../linear.js';

const signature = {
  embed_dim: required(int),
  num_heads: required(int),
  dropout: optional(float, 0.0),
  bias: optional(bool, true),
  add_bias_kv: optional(bool, false),
  add_zero_attn: optional(bool, false),
  kdim: optional(nullable(int), null),
  vdim: optional(nullable(int), null),
  batch_first: optional(bool, false),
  device: optional(device, null),
  dtype: optional(dtype, null),
};

const forward = {
  query: required(tensor),
  key: required(tensor),
  value: required(tensor),
  key_padding_mask: optional(nullable(tensor), null),
  need_weights: optional(bool, true),
  attn_mask: optional(nullable(tensor), null),
  average_attn_weights: optional(bool, true),
  is_causal: optional(bool, false),
};

type Config = ConfigOf<typeof signature>;
type Inputs = ConfigOf<typeof forward>;

function widths({ embed_dim, kdim, vdim }: Config): { key: number; value: number; same: boolean } {
  const key = kdim ?? embed_dim;
  const value = vdim ?? embed_dim;
  return { key, value, same: key === embed_dim && value === embed_dim };
}

function parametersOf(config: Config): readonly ParameterSpec[] {
  const { embed_dim, bias, add_bias_kv, dtype } = config;
  const { key, value, same } = widths(config);
  const width = quantity('embed_dim', embed_dim);
  const three = product(literal(3), width);
  const weights = same
    ? [parameter('in_proj_weight', 'weight', [three, width], dtype)]
    : [
        parameter('q_proj_weight', 'weight', [width, width], dtype),
        parameter('k_proj_weight', 'weight', [width, quantity('key_dim', key)], dtype),
        parameter('v_proj_weight', 'weight', [width, quantity('value_dim', value)], dtype),
      ];
  const biases = bias ? [parameter('in_proj_bias', 'bias', [three], dtype)] : [];
  const ones = [literal(1), literal(1), width];
  const extra = add_bias_kv
    ? [parameter('bias_k', 'bias', ones, dtype), parameter('bias_v', 'bias', ones, dtype)]
    : [];
  return [...weights, ...biases, ...extra];
}

/** `3 · E · (E + 1)`: three projections of the width to itself; the output's comes with the child. */
function parameterFormula(config: Config): Formula {
  const { embed_dim, bias, add_bias_kv } = config;
  const { key, value, same } = widths(config);
  const width = quantity('embed_dim', embed_dim);
  const withBias = (inputs: Formula): Formula => (bias ? sum(inputs, quantity('bias', 1)) : inputs);
  const projections = same
    ? [product(literal(3), width, withBias(width))]
    : [
        product(width, withBias(width)),
        product(width, withBias(quantity('key_dim', key))),
        product(width, withBias(quantity('value_dim', value))),
      ];
  const extra = add_bias_kv ? [product(literal(2), width)] : [];
  return sum(...projections, ...extra);
}

interface Layout {
  readonly batched: boolean;
  readonly batch: number;
  readonly target: number;
  readonly source: number;
  /** Sources with those the layer adds: a learnt key and value, and zeros. */
  readonly allSources: number;
}

function layoutOf(config: Config, { query, key }: Pick<Inputs, 'query' | 'key'>): Layout {
  const batched = query.shape.length === 3;
  const first = config.batch_first && batched ? 1 : 0;
  const source = key.shape[first] ?? 0;
  return {
    batched,
    batch: batched ? (query.shape[1 - first] ?? 1) : 1,
    target: query.shape[first] ?? 0,
    source,
    allSources: source + (config.add_bias_kv ? 1 : 0) + (config.add_zero_attn ? 1 : 0),
  };
}

function resultOf(config: Config, inputs: Inputs): Result {
  const { batched, batch, target, allSources } = layoutOf(config, inputs);
  const type = config.dtype ?? 'float32';
  const output = tensorType([...inputs.query.shape.slice(0, -1), config.embed_dim], type);
  if (!inputs.need_weights) return [output, null];
  const heads = inputs.average_attn_weights ? [] : [config.num_heads];
  return [output, tensorType([...(batched ? [batch] : []), ...heads, target, allSources], type)];
}

/** @throws Raised as `multi_head_attention_forward`, in the order of its checks */
function infer(config: Config, inputs: Inputs): Result {
  const { query } = inputs;
  if (query.shape.length !== 2 && query.shape.length !== 3)
    raise(
      'AssertionError',
      `query should be unbatched 2D or batched 3D tensor but received ${query.shape.length}-D query tensor`,
    );
  const result = resultOf(config, inputs);
  checkMaskTypes({ ...inputs, attn_mask: null }, result);
  checkRanks(inputs, result);
  checkMaskTypes(inputs, result);
  checkWidths(config, inputs, result);
  checkMasks(config, inputs, result);
  return result;
}

function checkRanks({ query, key, value, key_padding_mask, attn_mask }: Inputs, assume: Result): void {
  const rank = query.shape.length;
  const [batched, wanted] = rank === 3 ? ['batched (3-D)', 3] : ['unbatched (2-D)', 2];
  if (key.shape.length !== wanted || value.shape.length !== wanted)
    raise(
      'AssertionError',
      `For ${batched} \`query\`, expected \`key\` and \`value\` to be ${wanted}-D but found ${key.shape.length}-D and ` +
        `${value.shape.length}-D tensors respectively`,
      assume,
    );
  if (key_padding_mask && key_padding_mask.shape.length !== rank - 1)
    raise(
      'AssertionError',
      `For ${batched} \`query\`, expected \`key_padding_mask\` to be \`None\` or ${rank - 1}-D but found ` +
        `${key_padding_mask.shape.length}-D tensor instead`,
      assume,
    );
  if (attn_mask && attn_mask.shape.length !== 2 && attn_mask.shape.length !== 3)
    raise(
      'AssertionError',
      `For ${batched} \`query\`, expected \`attn_mask\` to be \`None\`, 2-D or 3-D but found ${attn_mask.shape.length}-D tensor instead`,
      assume,
    );
}

function checkMaskTypes({ key_padding_mask, attn_mask }: Inputs, assume: Result): void {
  for (const [name, mask] of Object.entries({ key_padding_mask, attn_mask })) {
    if (mask && mask.dtype !== 'bool' && !isFloatingPoint(mask.dtype))
      raise('AssertionError', `only bool and floating types of ${name} are supported`, assume);
  }
}

/** A shape without its features: sequence and batch. */
function places({ shape }: TensorType): readonly number[] {
  return shape.slice(0, -1);
}

function checkWidths(config: Config, { query, key, value }: Inputs, assume: Result): void {
  const { embed_dim } = config;
  const width = query.shape.at(-1);
  if (width !== embed_dim)
    raise('AssertionError', `was expecting embedding dimension of ${embed_dim}, but got ${width}`, assume);
  const expected = widths(config);
  if (expected.same) {
    // With the batch first, batch and sequence have changed places by then.
    const shown = ({ shape: [first = 0, second = 0, ...rest] }: TensorType): string =>
      formatSize(config.batch_first && rest.length > 0 ? [second, first, ...rest] : [first, second, ...rest]);
    if (key.shape.join() !== value.shape.join())
      raise('AssertionError', `key shape ${shown(key)} does not match value shape ${shown(value)}`, assume);
    if (key.shape.at(-1) !== embed_dim)
      raiseAlike(
        'RuntimeError',
        `mat1 and mat2 shapes cannot be multiplied (${embed_dim} and ${key.shape.at(-1)})`,
        assume,
      );
  } else {
    const order = (sizes: readonly number[]): readonly number[] =>
      config.batch_first && sizes.length > 1 ? sizes.toReversed() : sizes;
    if (places(key).join() !== places(value).join())
      raise(
        'AssertionError',
        `key's sequence and batch dims ${formatSize(order(places(key)))} do not match value's ${formatSize(order(places(value)))}`,
        assume,
      );
    const each = [
      ['key', key, expected.key],
      ['value', value, expected.value],
    ] as const;
    for (const [name, of, wanted] of each) {
      if (of.shape.at(-1) !== wanted)
        raise(
          'AssertionError',
          `expecting ${name} weights shape of ${tupleRepr([embed_dim, of.shape.at(-1) ?? 0])}, but got ` +
            formatSize([embed_dim, wanted]),
          assume,
        );
    }
  }
}

function checkMasks(config: Config, inputs: Inputs, assume: Result): void {
  const { key, key_padding_mask, attn_mask } = inputs;
  const { batched, batch, target, source } = layoutOf(config, inputs);
  if (attn_mask) {
    const wanted =
      attn_mask.shape.length === 2 ? [target, source] : [batch * config.num_heads, target, source];
    if (attn_mask.shape.join() !== wanted.join())
      raise(
        'RuntimeError',
        `The shape of the ${wanted.length}D attn_mask is ${formatSize(attn_mask.shape)}, but should be ${tupleRepr(wanted)}.`,
        assume,
      );
  }
  const keyBatch = batched ? (key.shape[config.batch_first ? 0 : 1] ?? 1) : 1;
  if (keyBatch !== batch) {
    const heads = config.num_heads;
    const elements = source * keyBatch * config.embed_dim;
    raise(
      'RuntimeError',
      `shape '[${source}, ${batch * heads}, ${Math.floor(config.embed_dim / heads)}]' is invalid for input of size ${elements}`,
      assume,
    );
  }
  if (key_padding_mask) {
    const wanted = batched ? [batch, source] : [source];
    if (key_padding_mask.shape.join() !== wanted.join())
      raise(
        'AssertionError',
        `expecting key_padding_mask shape of ${tupleRepr(wanted)}, but got ${formatSize(key_padding_mask.shape)}`,
        assume,
      );
  }
}

/** Three projections in, scores, their mixture of values, and the projection out. */
function costs(config: Config, inputs: Inputs): readonly Cost[] {
  const { batch, target, source, allSources } = layoutOf(config, inputs);
  const { key, value } = widths(config);
  const n = quantity('batch_size', batch);
  const t = quantity('target_length', target);
  const s = quantity('source_length', source);
  const all = quantity('source_length', allSources);
  const width = quantity('embed_dim', config.embed_dim);
  const products = [
    product(n, t, width, width),
    product(n, s, width, quantity('key_dim', key)),
    product(n, s, width, quantity('value_dim', value)),
    product(n, t, all, width),
    product(n, t, all, width),
    product(n, t, width, width),
  ];
  const heads = quantity('num_heads', config.num_heads);
  const softmax: Cost = { kind: 'activation', count: product(literal(5), n, heads, t, all) };
  return [...products.map((count): Cost => ({ kind: 'multiply-accumulate', count })), softmax];
}

const MultiheadAttention = defineLayer({
  type: 'MultiheadAttention',
  signature,
  forward,
  training: 'random',
  validate({ embed_dim, num_heads }) {
    if (embed_dim <= 0 || num_heads <= 0)
      raise(
        'ValueError',
        `embed_dim and num_heads must be greater than 0, got embed_dim=${embed_dim} and num_heads=${num_heads} instead`,
      );
    if (embed_dim % num_heads !== 0) raise('AssertionError', 'embed_dim must be divisible by num_heads');
  },
  parameters: (config) => parametersOf(config),
  parameterFormula: (config) => parameterFormula(config),
  children({ embed_dim, bias, dtype }) {
    const size = BigInt(embed_dim);
    return [
      {
        name: 'out_proj',
        layer: AttentionOutput.build({ positional: [size, size, bias], named: { dtype } }),
      },
    ];
  },
  infer: (config, inputs) => infer(config, inputs),
  costs: (config, inputs) => costs(config, inputs),
  reach: () => EVERYTHING,
  extraRepr: () => '',
  attributes(config) {
    const { key, value, same } = widths(config);
    return {
      head_dim: BigInt(config.embed_dim / config.num_heads),
      kdim: BigInt(key),
      vdim: BigInt(value),
      _qkv_same_embed_dim: same,
    };
  },
});

export const ATTENTIONS = { MultiheadAttention };
