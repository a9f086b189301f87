import type { Layer, LayerDefinition } from '../layer.js';
import type { ConfigOf } from '../values/signature.js';
import { POINTWISE_ACTIVATIONS } from './activation/activations.js';
import { GATED_ACTIVATIONS } from './activation/gated.js';
import { SOFTMAXES } from './activation/softmax.js';
import { ATTENTIONS } from './attention/multihead.js';
import { TRANSFORMER_LAYERS } from './attention/transformer-layer.js';
import { TRANSFORMERS } from './attention/transformer.js';
import { CONVOLUTIONS } from './convolution/convolution.js';
import { TRANSPOSED_CONVOLUTIONS } from './convolution/transposed.js';
import { DISTANCES } from './distance.js';
import { DROPOUTS } from './dropout.js';
import { EMBEDDINGS } from './embedding.js';
import { LINEAR_LAYERS } from './linear.js';
import { ADAPTIVE_SOFTMAX } from './loss/adaptive-softmax.js';
import { LOSSES } from './loss/table.js';
import { BATCH_NORMS } from './normalization/batch-norm.js';
import { GROUP_NORMS } from './normalization/group-norm.js';
import { INSTANCE_NORMS } from './normalization/instance-norm.js';
import { LAYER_NORMS } from './normalization/layer-norm.js';
import { RESPONSE_NORMS } from './normalization/response-norm.js';
import { PADDINGS } from './padding/padding.js';
import { ADAPTIVE_POOLS } from './pooling/adaptive-pool.js';
import { AVERAGE_POOLS } from './pooling/average-pool.js';
import { FRACTIONAL_POOLS } from './pooling/fractional-pool.js';
import { MAX_POOLS } from './pooling/max-pool.js';
import { RECURRENT_CELLS } from './recurrent/cells.js';
import { RECURRENT_LAYERS } from './recurrent/recurrent.js';
import { FLATTENINGS } from './shape/flatten.js';
import { FOLDS } from './shape/fold.js';
import { SHUFFLES } from './shape/shuffle.js';
import { UPSAMPLINGS } from './shape/upsample.js';

/** Every layer by PyTorch's class name. Adding one is adding it to its family's file. */
export const LAYERS = {
  ...CONVOLUTIONS,
  ...TRANSPOSED_CONVOLUTIONS,
  ...LINEAR_LAYERS,
  ...BATCH_NORMS,
  ...INSTANCE_NORMS,
  ...LAYER_NORMS,
  ...GROUP_NORMS,
  ...RESPONSE_NORMS,
  ...MAX_POOLS,
  ...AVERAGE_POOLS,
  ...ADAPTIVE_POOLS,
  ...FRACTIONAL_POOLS,
  ...PADDINGS,
  ...POINTWISE_ACTIVATIONS,
  ...SOFTMAXES,
  ...GATED_ACTIVATIONS,
  ...DROPOUTS,
  ...EMBEDDINGS,
  ...RECURRENT_LAYERS,
  ...RECURRENT_CELLS,
  ...ATTENTIONS,
  ...TRANSFORMER_LAYERS,
  ...TRANSFORMERS,
  ...FLATTENINGS,
  ...FOLDS,
  ...SHUFFLES,
  ...UPSAMPLINGS,
  ...DISTANCES,
  ...LOSSES,
  ...ADAPTIVE_SOFTMAX,
};

export type LayerType = keyof typeof LAYERS;

/** The arguments of a type of layer as its rules read them: `kernel_size: readonly number[]`. */
export type LayerConfig<T extends LayerType> = ConfigOf<(typeof LAYERS)[T]['signature']>;

export function isLayerType(name: string): name is LayerType {
  return Object.hasOwn(LAYERS, name);
}

/** The definition of a class name; undefined where PyTorch has no such layer. */
export function layerDefinition(name: string): LayerDefinition | undefined {
  return isLayerType(name) ? LAYERS[name] : undefined;
}

/** A layer's typed arguments, where it is of that type. */
export function configOf<T extends LayerType>(layer: Layer, type: T): LayerConfig<T> | undefined {
  return layer.definition === LAYERS[type] ? (layer.config as LayerConfig<T>) : undefined;
}
