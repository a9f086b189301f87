import type { Layer } from '../layer.js';
import type { ConfigOf } from '../values/signature.js';
import { KERAS_ACTIVATIONS } from './activation.js';
import { KERAS_ATTENTIONS } from './attention.js';
import { KERAS_CONVOLUTIONAL_RECURRENT } from './convolutional-recurrent.js';
import { KERAS_CONVOLUTIONS } from './convolution.js';
import { KERAS_DENSE } from './dense.js';
import { KERAS_DEPTHWISE } from './depthwise.js';
import { KERAS_EMBEDDINGS } from './embedding.js';
import type { KerasDefinition } from './layer.js';
import { KERAS_MERGES } from './merging.js';
import { KERAS_NORMALISATIONS } from './normalisation.js';
import { KERAS_PASSING } from './passing.js';
import { KERAS_POOLINGS } from './pooling.js';
import { KERAS_RECURRENT } from './recurrent.js';
import { KERAS_SHAPES } from './shape.js';
import { KERAS_TRANSPOSED } from './transposed.js';

/** Every layer of Keras by its class name. Adding one is adding it to its family's file. */
export const KERAS_LAYERS = {
  ...KERAS_DENSE,
  ...KERAS_CONVOLUTIONS,
  ...KERAS_DEPTHWISE,
  ...KERAS_TRANSPOSED,
  ...KERAS_POOLINGS,
  ...KERAS_NORMALISATIONS,
  ...KERAS_RECURRENT,
  ...KERAS_CONVOLUTIONAL_RECURRENT,
  ...KERAS_ATTENTIONS,
  ...KERAS_EMBEDDINGS,
  ...KERAS_ACTIVATIONS,
  ...KERAS_SHAPES,
  ...KERAS_MERGES,
  ...KERAS_PASSING,
};

export type KerasLayerType = keyof typeof KERAS_LAYERS;

/** The arguments of a type of layer of Keras as its rules read them: `kernel_size: readonly number[]`. */
export type KerasConfig<T extends KerasLayerType> = ConfigOf<(typeof KERAS_LAYERS)[T]['own']>;

const DEFINITIONS: ReadonlySet<object> = new Set(Object.values(KERAS_LAYERS));

/** Keras's class name of a layer (`Conv2D`), undefined for one that is not of Keras. */
export function kerasType(layer: Layer): string | undefined {
  return DEFINITIONS.has(layer.definition) ? layer.type.slice('keras.'.length) : undefined;
}

/** A layer's typed arguments, where it is of that type of Keras. */
export function kerasConfig<T extends KerasLayerType>(layer: Layer, type: T): KerasConfig<T> | undefined {
  const definition: object = KERAS_LAYERS[type];
  return layer.definition === definition ? (layer.config as KerasConfig<T>) : undefined;
}

/** The definition of a class name; undefined where Keras has no such layer here. */
export function kerasDefinition(name: string): KerasDefinition | undefined {
  const table: Readonly<Record<string, KerasDefinition>> = KERAS_LAYERS;
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
