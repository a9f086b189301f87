import type { Cost } from '../costs.js';
import { product, quantity, type Formula } from '../formula/formula.js';
import type { ParameterSpec } from '../layer.js';
import { EVERYTHING } from '../reach.js';
import type { TensorType } from '../tensor.js';
import { isSequence, isTensor, type Argument } from '../values/argument.js';
import { raiseAlike } from '../values/errors.js';
import { anything, bool, float, nullable } from '../values/kinds.js';
import { optional, required, type Bound } from '../values/signature.js';
import { KERNEL_AND_BIAS, positive, untouched } from './kinds.js';
import { defineKerasLayer, weight } from './layer.js';

/** The tensors of an attention by what they are for; keys are the values where none are given. */
interface Roles {
  readonly query: TensorType;
  readonly value: TensorType;
  readonly key: TensorType;
}

function rolesOf(given: Bound, first: TensorType): Roles {
  const of = (name: string): TensorType | undefined => {
    const found = given[name];
    return isTensor(found) ? found : undefined;
  };
  const value = of('value') ?? first;
  return { query: of('query') ?? first, value, key: of('key') ?? value };
}

const widthOf = ({ shape }: TensorType): number => shape.at(-1) ?? 0;
const lengthOf = ({ shape }: TensorType): number => shape.at(-2) ?? 1;

interface Heads {
  readonly num_heads: number;
  readonly key_dim: number;
  readonly value_dim: number | null;
  readonly output_shape: Argument;
}

function outputWidths({ output_shape }: Heads, query: TensorType): readonly number[] {
  if (output_shape === null) return [widthOf(query)];
  return (isSequence(output_shape) ? output_shape : [output_shape]).map(Number);
}

const MultiHeadAttention = defineKerasLayer({
  type: 'MultiHeadAttention',
  signature: {
    num_heads: required(positive),
    key_dim: required(positive),
    value_dim: optional(nullable(positive), null),
    dropout: optional(float, 0),
    use_bias: optional(bool, true),
    output_shape: optional(anything, null),
    ...untouched('attention_axes', 'flash_attention'),
    ...KERNEL_AND_BIAS,
    ...untouched('seed'),
  },
  call: {
    query: required(anything),
    value: required(anything),
    key: optional(anything, null),
    query_mask: optional(anything, null),
    value_mask: optional(anything, null),
    key_mask: optional(anything, null),
    attention_mask: optional(anything, null),
    return_attention_scores: optional(bool, false),
    training: optional(anything, null),
    use_causal_mask: optional(anything, false),
    mask: optional(anything, null),
  },
  parameters(config, { first, given }) {
    const { query, value, key } = rolesOf(given, first);
    const { num_heads, key_dim, use_bias } = config;
    const heads = quantity('num_heads', num_heads);
    const ofKey = quantity('key_dim', key_dim);
    const ofValue = quantity('value_dim', config.value_dim ?? key_dim);
    const out = outputWidths(config, query).map((size) => quantity('embed_dim', size));
    const pair = (
      name: string,
      kernel: ParameterSpec['dims'],
      bias: ParameterSpec['dims'],
    ): readonly ParameterSpec[] => [
      weight(`${name}_kernel`, 'weight', kernel),
      ...(use_bias ? [weight(`${name}_bias`, 'bias', bias)] : []),
    ];
    const width = (type: TensorType) => quantity('embed_dim', widthOf(type));
    return [
      ...pair('query', [width(query), heads, ofKey], [heads, ofKey]),
      ...pair('key', [width(key), heads, ofKey], [heads, ofKey]),
      ...pair('value', [width(value), heads, ofValue], [heads, ofValue]),
      ...pair('output', [heads, ofValue, ...out], out),
    ];
  },
  infer(config, { first, given }) {
    const { query, value } = rolesOf(given, first);
    const output: TensorType = {
      shape: [...query.shape.slice(0, -1), ...outputWidths(config, query)],
      dtype: 'float32',
    };
    if (given['return_attention_scores'] !== true) return output;
    const scores: TensorType = {
      shape: [query.shape[0] ?? 1, config.num_heads, lengthOf(query), lengthOf(value)],
      dtype: 'float32',
    };
    return [output, scores];
  },
  costs(config, { first, given }) {
    const { query, value, key } = rolesOf(given, first);
    const { num_heads, key_dim } = config;
    const value_dim = config.value_dim ?? key_dim;
    const rows = (type: TensorType) =>
      product(...type.shape.slice(0, -1).map((size) => quantity('positions', size)));
    const heads = quantity('num_heads', num_heads);
    const work = (...factors: readonly Formula[]): Cost => ({
      kind: 'multiply-accumulate',
      count: product(...factors),
    });
    const width = (type: TensorType) => quantity('embed_dim', widthOf(type));
    const inside = quantity('key_dim', key_dim);
    const carried = quantity('value_dim', value_dim);
    const others = quantity('source_length', lengthOf(value));
    return [
      work(rows(query), width(query), heads, inside),
      work(rows(key), width(key), heads, inside),
      work(rows(value), width(value), heads, carried),
      work(rows(query), others, heads, inside),
      work(rows(query), others, heads, carried),
      ...outputWidths(config, query).map((size) =>
        work(rows(query), heads, carried, quantity('embed_dim', size)),
      ),
    ];
  },
  reach: () => EVERYTHING,
});

/** Dot-product attention over `[query, value]` or `[query, value, key]`, without weights unless it learns a scale. */
function attention(type: 'Attention' | 'AdditiveAttention', scaled: boolean) {
  return defineKerasLayer({
    type,
    signature: {
      use_scale: optional(bool, scaled),
      ...untouched('score_mode'),
      dropout: optional(float, 0),
      ...untouched('seed', 'causal'),
    },
    parameters({ use_scale }, { first }) {
      if (!use_scale) return [];
      return [weight('scale', 'weight', type === 'Attention' ? [] : [quantity('embed_dim', widthOf(first))])];
    },
    infer(_, { inputs, name }) {
      const [query, value] = inputs;
      if (query === undefined || value === undefined)
        return raiseAlike(
          'ValueError',
          `${type} layer "${name}" must be called on a list of inputs, namely [query, value] or [query, value, key]`,
          query,
        );
      return { shape: [...query.shape.slice(0, -1), widthOf(value)], dtype: 'float32' };
    },
    costs(_, { inputs }) {
      const [query, value = query, key = value] = inputs;
      if (query === undefined || value === undefined || key === undefined) return [];
      const rows = query.shape.slice(0, -1).map((size) => quantity('positions', size));
      const others = quantity('source_length', lengthOf(value));
      const weighing: Cost = {
        kind: 'multiply-accumulate',
        count: product(...rows, others, quantity('value_dim', widthOf(value))),
      };
      return type === 'AdditiveAttention'
        ? [weighing]
        : [
            {
              kind: 'multiply-accumulate',
              count: product(...rows, others, quantity('key_dim', widthOf(key))),
            },
            weighing,
          ];
    },
    reach: () => EVERYTHING,
  });
}

export const KERAS_ATTENTIONS = {
  MultiHeadAttention,
  Attention: attention('Attention', false),
  AdditiveAttention: attention('AdditiveAttention', true),
};
