import type { CallContext } from '../../call.js';
import { defineLayer, type ChildLayer, type LayerDefinition } from '../../layer.js';
import { EVERYTHING } from '../../reach.js';
import type { TensorType } from '../../tensor.js';
import type { Argument } from '../../values/argument.js';
import { raise, undetermined } from '../../values/errors.js';
import { bool, callable, device, dtype, float, int, nullable, tensor } from '../../values/kinds.js';
import { tensorsOf } from '../../values/result.js';
import { optional, required, type ConfigOf } from '../../values/signature.js';
import { DROPOUTS } from '../dropout.js';
import { LINEAR_LAYERS } from '../linear.js';
import { LAYER_NORMS } from '../normalization/layer-norm.js';
import { ATTENTIONS } from './multihead.js';

export const layerSlots = {
  d_model: required(int),
  nhead: required(int),
  dim_feedforward: optional(int, 2048n),
  dropout: optional(float, 0.1),
  activation: optional(callable, 'relu'),
  layer_norm_eps: optional(float, 1e-5),
  batch_first: optional(bool, false),
  norm_first: optional(bool, false),
  bias: optional(bool, true),
  device: optional(device, null),
  dtype: optional(dtype, null),
};

type Config = ConfigOf<typeof layerSlots>;

/** Functions between the two linear layers that are known by name. */
const ACTIVATIONS = ['relu', 'gelu', 'silu', 'elu', 'selu', 'mish', 'leaky_relu', 'tanh', 'sigmoid'];

export function checkActivation(activation: Config['activation']): void {
  if (typeof activation === 'string' && activation !== 'relu' && activation !== 'gelu')
    raise('RuntimeError', `activation should be relu/gelu, not ${activation}`);
}

function built(
  name: string,
  definition: LayerDefinition,
  named: Readonly<Record<string, Argument>>,
): ChildLayer {
  return { name, layer: definition.build({ positional: [], named }) };
}

/** The children in PyTorch's order: attentions, then the feed-forward part, norms and dropouts. */
function children(config: Config, attentions: readonly string[]): readonly ChildLayer[] {
  const { d_model, nhead, dim_feedforward, dropout, bias, batch_first, layer_norm_eps, dtype } = config;
  const width = BigInt(d_model);
  const inner = BigInt(dim_feedforward);
  const numbers = Array.from({ length: attentions.length + 1 }, (_, index) => index + 1);
  return [
    ...attentions.map((name) =>
      built(name, ATTENTIONS.MultiheadAttention, {
        embed_dim: width,
        num_heads: BigInt(nhead),
        dropout,
        bias,
        batch_first,
        dtype,
      }),
    ),
    built('linear1', LINEAR_LAYERS.Linear, { in_features: width, out_features: inner, bias, dtype }),
    built('dropout', DROPOUTS.Dropout, { p: dropout }),
    built('linear2', LINEAR_LAYERS.Linear, { in_features: inner, out_features: width, bias, dtype }),
    ...numbers.map((number) =>
      built(`norm${number}`, LAYER_NORMS.LayerNorm, {
        normalized_shape: width,
        eps: layer_norm_eps,
        bias,
        dtype,
      }),
    ),
    ...numbers.map((number) => built(`dropout${number}`, DROPOUTS.Dropout, { p: dropout })),
  ];
}

/** The single tensor that a child or operation gives; a part of which a size is not known gives none. */
function only(result: ReturnType<CallContext['tracer']['child']>): TensorType {
  const [first] = tensorsOf(result);
  return first ?? undetermined('what a part of a transformer gives');
}

/** One part with its residual connection, the norm before it or after their sum. */
function residual(
  { tracer }: CallContext,
  normFirst: boolean,
  number: number,
  x: TensorType,
  part: (input: TensorType) => TensorType,
): TensorType {
  const norm = (input: TensorType): TensorType =>
    only(tracer.child(`norm${number}`, { positional: [input] }));
  const add = (a: TensorType, b: TensorType): TensorType => only(tracer.apply('add', { positional: [a, b] }));
  return normFirst ? add(x, part(norm(x))) : norm(add(x, part(x)));
}

function attend(
  { tracer }: CallContext,
  name: string,
  number: number,
  [query, source]: readonly [TensorType, TensorType],
  masks: Readonly<Record<string, Argument>>,
): TensorType {
  const attended = only(
    tracer.child(name, { positional: [query, source, source], named: { ...masks, need_weights: false } }),
  );
  return only(tracer.child(`dropout${number}`, { positional: [attended] }));
}

function feedForward({ tracer }: CallContext, config: Config, number: number, x: TensorType): TensorType {
  const run = (name: string, input: TensorType): TensorType =>
    only(tracer.child(name, { positional: [input] }));
  const { activation } = config;
  const name = typeof activation === 'string' ? activation : activation.opaque;
  const hidden = run('linear1', x);
  // A function of the reader's own is taken to work element by element, as PyTorch takes it to.
  const active = ACTIVATIONS.includes(name) ? only(tracer.apply(name, { positional: [hidden] })) : hidden;
  return run(`dropout${number}`, run('linear2', run('dropout', active)));
}

const mask = optional(nullable(tensor), null);
const flag = optional(nullable(bool), null);

/** What a decoder and its layers are called on. */
export const decoderInputs = {
  tgt: required(tensor),
  memory: required(tensor),
  tgt_mask: mask,
  memory_mask: mask,
  tgt_key_padding_mask: mask,
  memory_key_padding_mask: mask,
  tgt_is_causal: flag,
  memory_is_causal: flag,
};

const TransformerEncoderLayer = defineLayer({
  type: 'TransformerEncoderLayer',
  signature: layerSlots,
  forward: {
    src: required(tensor),
    src_mask: mask,
    src_key_padding_mask: mask,
    is_causal: optional(bool, false),
  },
  composite: true,
  validate: ({ activation }) => checkActivation(activation),
  children: (config) => children(config, ['self_attn']),
  infer(config, { src, src_mask, src_key_padding_mask }, context) {
    const masks = { attn_mask: src_mask, key_padding_mask: src_key_padding_mask };
    const attended = residual(context, config.norm_first, 1, src, (x) =>
      attend(context, 'self_attn', 1, [x, x], masks),
    );
    return residual(context, config.norm_first, 2, attended, (x) => feedForward(context, config, 2, x));
  },
  reach: () => EVERYTHING,
  extraRepr: () => '',
});

const TransformerDecoderLayer = defineLayer({
  type: 'TransformerDecoderLayer',
  signature: layerSlots,
  forward: decoderInputs,
  composite: true,
  validate: ({ activation }) => checkActivation(activation),
  children: (config) => children(config, ['self_attn', 'multihead_attn']),
  infer(config, { tgt, memory, ...masks }, context) {
    const own = { attn_mask: masks.tgt_mask, key_padding_mask: masks.tgt_key_padding_mask };
    const other = { attn_mask: masks.memory_mask, key_padding_mask: masks.memory_key_padding_mask };
    const first = residual(context, config.norm_first, 1, tgt, (x) =>
      attend(context, 'self_attn', 1, [x, x], own),
    );
    const second = residual(context, config.norm_first, 2, first, (x) =>
      attend(context, 'multihead_attn', 2, [x, memory], other),
    );
    return residual(context, config.norm_first, 3, second, (x) => feedForward(context, config, 3, x));
  },
  reach: () => EVERYTHING,
  extraRepr: () => '',
});

export const TRANSFORMER_LAYERS = { TransformerEncoderLayer, TransformerDecoderLayer };
