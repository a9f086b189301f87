import type { Layer, LayerDefinition } from '../layer.js';
import type { ConfigOf } from '../values/signature.js';
import { CONVOLUTIONS } from './convolution/convolution.js';
import { LINEAR_LAYERS } from './linear.js';

/** Every layer by PyTorch's class name. Adding one is adding it to its family's file. */
export const LAYERS = {
  ...CONVOLUTIONS,
  ...LINEAR_LAYERS,
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
