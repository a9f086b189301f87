import { eachElement } from '../costs.js';
import type { TensorType } from '../tensor.js';
import { raiseAlike } from '../values/errors.js';
import { anything, float } from '../values/kinds.js';
import { optional, required, type Signature, type Slot } from '../values/signature.js';
import { untouched } from './kinds.js';
import { defineKerasLayer, type KerasCall } from './layer.js';

const unchanged = (_: unknown, { first }: KerasCall): TensorType => ({
  shape: first.shape,
  dtype: first.dtype,
});

/** A rate, which is a probability. */
const rate: Slot<number> = required({
  expects: 'float',
  read(value, name) {
    const given = float.read(value, name);
    if (given < 0 || given > 1)
      raiseAlike(
        'ValueError',
        `Invalid value received for argument \`${name}\`. Expected a float value between 0 and 1. Received: ${name}=${given}`,
      );
    return given;
  },
});

function atRandom<S extends Signature>(type: string, signature: S, ndim?: number) {
  return defineKerasLayer<S>({
    type,
    signature,
    behaviour: 'random',
    formerly: { p: 'rate', sigma: 'stddev' },
    ...(ndim !== undefined && { demands: () => ({ ndim }) }),
    infer: unchanged,
  });
}

function handedOn<S extends Signature>(type: string, signature: S) {
  return defineKerasLayer<S>({ type, signature, infer: unchanged });
}

const Rescaling = defineKerasLayer({
  type: 'Rescaling',
  signature: { scale: required(anything), offset: optional(anything, 0) },
  infer: (_, { first }) => ({ shape: first.shape, dtype: 'float32' }),
  costs: (_, { first }) => eachElement('elementwise', first, 2),
});

/** What comes in a batch of pictures of another height and width. */
function resized(type: string) {
  return defineKerasLayer({
    type,
    signature: {
      height: required(anything),
      width: required(anything),
      ...untouched('interpolation', 'crop_to_aspect_ratio', 'pad_to_aspect_ratio', 'seed'),
      data_format: optional(anything, null),
    },
    infer({ height, width, data_format }, { first }) {
      const sizes = [Number(height), Number(width)];
      const at = first.shape.length - (data_format === 'channels_first' ? 2 : 3);
      return {
        shape: first.shape.map((size, axis) => sizes[axis - at] ?? size),
        dtype: 'float32',
      };
    },
  });
}

const AUGMENTING = untouched(
  'fill_mode',
  'interpolation',
  'seed',
  'fill_value',
  'data_format',
  'value_range',
);

/** Layers that change nothing of a shape: noise, regularisation, augmentation. */
export const KERAS_PASSING = {
  Dropout: atRandom('Dropout', { rate, ...untouched('noise_shape', 'seed') }),
  SpatialDropout1D: atRandom('SpatialDropout1D', { rate, ...untouched('seed') }, 3),
  SpatialDropout2D: atRandom('SpatialDropout2D', { rate, ...untouched('data_format', 'seed') }, 4),
  SpatialDropout3D: atRandom('SpatialDropout3D', { rate, ...untouched('data_format', 'seed') }, 5),
  GaussianDropout: atRandom('GaussianDropout', { rate, ...untouched('seed') }),
  AlphaDropout: atRandom('AlphaDropout', { rate, ...untouched('noise_shape', 'seed') }),
  GaussianNoise: atRandom('GaussianNoise', { stddev: required(float), ...untouched('seed') }),
  ActivityRegularization: handedOn('ActivityRegularization', {
    l1: optional(float, 0),
    l2: optional(float, 0),
  }),
  Masking: handedOn('Masking', { mask_value: optional(float, 0) }),
  Identity: handedOn('Identity', {}),
  RandomFlip: atRandom('RandomFlip', { mode: optional(anything, 'horizontal_and_vertical'), ...AUGMENTING }),
  RandomRotation: atRandom('RandomRotation', { factor: required(anything), ...AUGMENTING }),
  RandomZoom: atRandom('RandomZoom', {
    height_factor: required(anything),
    width_factor: optional(anything, null),
    ...AUGMENTING,
  }),
  RandomTranslation: atRandom('RandomTranslation', {
    height_factor: required(anything),
    width_factor: required(anything),
    ...AUGMENTING,
  }),
  RandomContrast: atRandom('RandomContrast', { factor: required(anything), ...AUGMENTING }),
  RandomBrightness: atRandom('RandomBrightness', { factor: required(anything), ...AUGMENTING }),
  Rescaling,
  Resizing: resized('Resizing'),
  CenterCrop: resized('CenterCrop'),
  RandomCrop: resized('RandomCrop'),
};
