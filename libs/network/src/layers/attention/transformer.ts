import type { CallContext } from '../../call.js';
import { defineLayer, isLayer, type ChildLayer, type Layer } from '../../layer.js';
import { EVERYTHING } from '../../reach.js';
import { tensorType, type TensorType } from '../../tensor.js';
import { typeName, type Argument } from '../../values/argument.js';
import { raise, raiseAlike } from '../../values/errors.js';
import {
  anything,
  bool,
  callable,
  device,
  dtype,
  float,
  int,
  nullable,
  tensor,
  type Kind,
} from '../../values/kinds.js';
import { tensorsOf } from '../../values/result.js';
import { optional, required } from '../../values/signature.js';
import { checkLayerCount } from '../layer-count.js';
import { LAYER_NORMS } from '../normalization/layer-norm.js';
import { checkActivation, decoderInputs, TRANSFORMER_LAYERS } from './transformer-layer.js';

const layer: Kind<Layer> = {
  expects: 'Module',
  read(value: Argument, name) {
    if (isLayer(value)) return value;
    return raiseAlike('TypeError', `${name} must be a layer of PyTorch's own, not ${typeName(value)}`);
  },
};

/** Copies of one layer, as PyTorch clones it. */
const ModuleList = defineLayer({
  type: 'ModuleList',
  signature: { module: required(layer), count: required(int) },
  forward: {},
  children: ({ module, count }) =>
    Array.from({ length: count }, (_, index) => ({ name: String(index), layer: module })),
  infer: () => raise('NotImplementedError', 'Module [ModuleList] is missing the required "forward" function'),
  extraRepr: () => '',
});

function stacked(module: Layer, count: number, norm: Layer | null): readonly ChildLayer[] {
  checkLayerCount(count);
  const layers = ModuleList.build({ positional: [module, BigInt(count)] });
  return [{ name: 'layers', layer: layers }, ...(norm ? [{ name: 'norm', layer: norm }] : [])];
}

/** Runs copy after copy, then the norm. */
function run(
  { tracer }: CallContext,
  count: number,
  norm: boolean,
  x: TensorType,
  rest: { readonly positional: readonly Argument[]; readonly named: Readonly<Record<string, Argument>> },
): TensorType {
  let current = x;
  for (let index = 0; index < count; index++) {
    const result = tracer.child(`layers.${index}`, {
      positional: [current, ...rest.positional],
      named: rest.named,
    });
    current = tensorsOf(result)[0] ?? current;
  }
  return norm ? (tensorsOf(tracer.child('norm', { positional: [current] }))[0] ?? current) : current;
}

const mask = optional(nullable(tensor), null);
const flag = optional(nullable(bool), null);

const TransformerEncoder = defineLayer({
  type: 'TransformerEncoder',
  signature: {
    encoder_layer: required(layer),
    num_layers: required(int),
    norm: optional(nullable(layer), null),
    enable_nested_tensor: optional(bool, true),
    mask_check: optional(bool, true),
  },
  forward: { src: required(tensor), mask, src_key_padding_mask: mask, is_causal: flag },
  composite: true,
  children: ({ encoder_layer, num_layers, norm }) => stacked(encoder_layer, num_layers, norm),
  infer: ({ num_layers, norm }, { src, mask, src_key_padding_mask }, context) =>
    run(context, num_layers, norm !== null, src, {
      positional: [],
      named: { src_mask: mask, src_key_padding_mask },
    }),
  reach: () => EVERYTHING,
  extraRepr: () => '',
});

const TransformerDecoder = defineLayer({
  type: 'TransformerDecoder',
  signature: {
    decoder_layer: required(layer),
    num_layers: required(int),
    norm: optional(nullable(layer), null),
  },
  forward: decoderInputs,
  composite: true,
  children: ({ decoder_layer, num_layers, norm }) => stacked(decoder_layer, num_layers, norm),
  infer: ({ num_layers, norm }, { tgt, memory, ...masks }, context) =>
    run(context, num_layers, norm !== null, tgt, { positional: [memory], named: masks }),
  reach: () => EVERYTHING,
  extraRepr: () => '',
});

const transformerSlots = {
  d_model: optional(int, 512n),
  nhead: optional(int, 8n),
  num_encoder_layers: optional(int, 6n),
  num_decoder_layers: optional(int, 6n),
  dim_feedforward: optional(int, 2048n),
  dropout: optional(float, 0.1),
  activation: optional(callable, 'relu'),
  custom_encoder: optional(anything, null),
  custom_decoder: optional(anything, null),
  layer_norm_eps: optional(float, 1e-5),
  batch_first: optional(bool, false),
  norm_first: optional(bool, false),
  bias: optional(bool, true),
  device: optional(device, null),
  dtype: optional(dtype, null),
};

const Transformer = defineLayer({
  type: 'Transformer',
  signature: transformerSlots,
  forward: {
    src: required(tensor),
    tgt: required(tensor),
    src_mask: mask,
    tgt_mask: mask,
    memory_mask: mask,
    src_key_padding_mask: mask,
    tgt_key_padding_mask: mask,
    memory_key_padding_mask: mask,
    src_is_causal: flag,
    tgt_is_causal: flag,
    memory_is_causal: optional(bool, false),
  },
  composite: true,
  validate: ({ activation }) => checkActivation(activation),
  children(config) {
    const { num_encoder_layers, num_decoder_layers, custom_encoder, custom_decoder, bias, dtype } = config;
    const options = {
      d_model: BigInt(config.d_model),
      nhead: BigInt(config.nhead),
      dim_feedforward: BigInt(config.dim_feedforward),
      dropout: config.dropout,
      activation: config.activation,
      layer_norm_eps: config.layer_norm_eps,
      batch_first: config.batch_first,
      norm_first: config.norm_first,
      bias,
      dtype,
    };
    const norm = LAYER_NORMS.LayerNorm.build({
      positional: [BigInt(config.d_model)],
      named: { eps: config.layer_norm_eps, bias, dtype },
    });
    const encoder = (): Layer =>
      TransformerEncoder.build({
        positional: [
          TRANSFORMER_LAYERS.TransformerEncoderLayer.build({ positional: [], named: options }),
          BigInt(num_encoder_layers),
          norm,
        ],
      });
    const decoder = (): Layer =>
      TransformerDecoder.build({
        positional: [
          TRANSFORMER_LAYERS.TransformerDecoderLayer.build({ positional: [], named: options }),
          BigInt(num_decoder_layers),
          norm,
        ],
      });
    return [
      {
        name: 'encoder',
        layer: custom_encoder === null ? encoder() : layer.read(custom_encoder, 'custom_encoder'),
      },
      {
        name: 'decoder',
        layer: custom_decoder === null ? decoder() : layer.read(custom_decoder, 'custom_decoder'),
      },
    ];
  },
  infer({ d_model, batch_first }, { src, tgt, ...masks }, { tracer }) {
    const assume = tensorType([...tgt.shape.slice(0, -1), d_model], tgt.dtype);
    const batch = batch_first ? 0 : 1;
    if (src.shape.length === 3 && src.shape[batch] !== tgt.shape[batch])
      raise('RuntimeError', 'the batch number of src and tgt must be equal', assume);
    if (src.shape.at(-1) !== d_model || tgt.shape.at(-1) !== d_model)
      raise('RuntimeError', 'the feature number of src and tgt must be equal to d_model', assume);
    const memory = tensorsOf(
      tracer.child('encoder', {
        positional: [src],
        named: { mask: masks.src_mask, src_key_padding_mask: masks.src_key_padding_mask },
      }),
    )[0];
    return tracer.child('decoder', {
      positional: [tgt, memory ?? src],
      named: {
        tgt_mask: masks.tgt_mask,
        memory_mask: masks.memory_mask,
        tgt_key_padding_mask: masks.tgt_key_padding_mask,
        memory_key_padding_mask: masks.memory_key_padding_mask,
      },
    });
  },
  reach: () => EVERYTHING,
  extraRepr: () => '',
});

export const TRANSFORMERS = { TransformerEncoder, TransformerDecoder, Transformer };
