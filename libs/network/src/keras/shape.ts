import { eachElement } from '../costs.js';
import type { SpatialRank } from '../layers/convolution/arithmetic.js';
import { EVERYTHING, type Reach } from '../reach.js';
import type { TensorType } from '../tensor.js';
import { isSequence, type Argument } from '../values/argument.js';
import { raise, raiseAlike } from '../values/errors.js';
import { anything, ints, type Kind } from '../values/kinds.js';
import { optional, required } from '../values/signature.js';
import { positive, sizes, whole } from './kinds.js';
import { dataFormat, mapsOf, shapeOf, withChannels } from './layout.js';
import { defineKerasLayer, shapeText } from './layer.js';

const count = (sizesOfAll: readonly number[]): number => sizesOfAll.reduce((total, size) => total * size, 1);

/** On maps all places flow together; a batch of vectors stays as it is. */
function gathering({ shape }: TensorType): Reach {
  return shape.length <= 2 ? { kind: 'pointwise' } : EVERYTHING;
}

const Flatten = defineKerasLayer({
  type: 'Flatten',
  signature: { data_format: dataFormat },
  demands: () => ({ minNdim: 1 }),
  infer: (_, { first }) => ({
    shape: [first.shape[0] ?? 1, count(first.shape.slice(1))],
    dtype: first.dtype,
  }),
  reach: (_, { first }) => gathering(first),
});

const Reshape = defineKerasLayer({
  type: 'Reshape',
  signature: { target_shape: required(ints) },
  formerly: { dims: 'target_shape' },
  infer({ target_shape }, { first }) {
    const [batch = 1, ...rest] = first.shape;
    const total = count(rest);
    const open = target_shape.filter((size) => size === -1).length;
    const known = count(target_shape.filter((size) => size !== -1));
    if (open > 1)
      raiseAlike(
        'ValueError',
        `There must be at most one unknown dimension in output_shape. Received: ${shapeText(target_shape)}`,
      );
    if (open === 1 ? known === 0 || total % known !== 0 : known !== total)
      raiseAlike(
        'ValueError',
        `total size of new array must be unchanged, input_shape = [${rest.join(', ')}], output_shape = [${target_shape.join(', ')}]`,
        { shape: [batch, ...target_shape.map((size) => Math.max(size, 1))], dtype: first.dtype },
      );
    return {
      shape: [batch, ...target_shape.map((size) => (size === -1 ? total / known : size))],
      dtype: first.dtype,
    };
  },
  reach: (_, { first }) => gathering(first),
});

const Permute = defineKerasLayer({
  type: 'Permute',
  signature: { dims: required(ints) },
  validate({ dims }) {
    const sorted = dims.toSorted((a, b) => a - b);
    if (sorted.some((dim, at) => dim !== at + 1))
      raise(
        'ValueError',
        `Invalid permutation argument \`dims\` for Permute Layer. The set of indices in \`dims\` must be consecutive and start from 1. Received dims=${shapeText(dims)}`,
      );
  },
  demands: ({ dims }) => ({ ndim: dims.length + 1 }),
  infer: ({ dims }, { first }) => ({
    shape: [first.shape[0] ?? 1, ...dims.map((dim) => first.shape[dim] ?? 1)],
    dtype: first.dtype,
  }),
});

const RepeatVector = defineKerasLayer({
  type: 'RepeatVector',
  signature: { n: required(positive) },
  demands: () => ({ ndim: 2 }),
  meant: (_, { shape, dtype }) => ({ shape: [shape[0] ?? 1, count(shape.slice(1))], dtype }),
  infer: ({ n }, { first }) => ({
    shape: [first.shape[0] ?? 1, n, first.shape[1] ?? 1],
    dtype: first.dtype,
  }),
});

type Sides = readonly (readonly [before: number, after: number])[];

/** One number for all sides, one to each dimension, or two to each. */
function sidesOf(rank: number): Kind<Sides> {
  return {
    expects: 'int or tuple',
    read(value, name) {
      const refuse = (): never =>
        raiseAlike('ValueError', `\`${name}\` should have ${rank} elements of a size or two sizes each`);
      const pair = (item: Argument): readonly [number, number] => {
        if (!isSequence(item)) return [whole.read(item, name), whole.read(item, name)];
        const [before, after] = item.map((side) => whole.read(side, name));
        return before === undefined || after === undefined || item.length !== 2 ? refuse() : [before, after];
      };
      if (!isSequence(value)) return Array.from({ length: rank }, () => pair(value));
      if (rank === 1) return [pair(value.length === 1 ? (value[0] ?? null) : value)];
      if (value.length !== rank) return refuse();
      return value.map(pair);
    },
  };
}

function padding(rank: SpatialRank) {
  return defineKerasLayer({
    type: `ZeroPadding${rank}D`,
    signature: { padding: optional(sidesOf(rank), 1n), data_format: dataFormat },
    demands: () => ({ ndim: rank + 2 }),
    meant: ({ data_format }, input) => withChannels(input, rank, data_format),
    infer({ padding: sides, data_format }, { first }) {
      const maps = mapsOf(first, data_format);
      const spatial = maps.spatial.map(
        (size, axis) => size + (sides[axis]?.[0] ?? 0) + (sides[axis]?.[1] ?? 0),
      );
      return { shape: shapeOf({ ...maps, spatial }, data_format), dtype: first.dtype };
    },
    reach: ({ padding: sides }) => ({
      kind: 'window',
      kernel: sides.map(() => 1),
      stride: sides.map(() => 1),
      dilation: sides.map(() => 1),
      padding: sides.map(([before]) => before),
    }),
  });
}

function cropping(rank: SpatialRank) {
  return defineKerasLayer({
    type: `Cropping${rank}D`,
    signature: { cropping: optional(sidesOf(rank), rank === 2 ? 0n : 1n), data_format: dataFormat },
    demands: () => ({ ndim: rank + 2 }),
    meant: ({ data_format }, input) => withChannels(input, rank, data_format),
    infer({ cropping: sides, data_format }, { first, name }) {
      const maps = mapsOf(first, data_format);
      const spatial = maps.spatial.map(
        (size, axis) => size - (sides[axis]?.[0] ?? 0) - (sides[axis]?.[1] ?? 0),
      );
      if (spatial.some((size) => size <= 0))
        raiseAlike(
          'ValueError',
          `Values in \`cropping\` argument should be smaller than the corresponding spatial dimension of the input of layer "${name}". Received: input_shape=${shapeText(first.shape)}`,
          {
            shape: shapeOf({ ...maps, spatial: spatial.map((size) => Math.max(size, 1)) }, data_format),
            dtype: first.dtype,
          },
        );
      return { shape: shapeOf({ ...maps, spatial }, data_format), dtype: first.dtype };
    },
    reach: ({ cropping: sides }) => ({
      kind: 'window',
      kernel: sides.map(() => 1),
      stride: sides.map(() => 1),
      dilation: sides.map(() => 1),
      padding: sides.map(([before]) => -before),
    }),
  });
}

function upsampling(rank: SpatialRank) {
  return defineKerasLayer({
    type: `UpSampling${rank}D`,
    signature: {
      size: optional(sizes(rank), 2n),
      data_format: dataFormat,
      interpolation: optional(anything, 'nearest'),
    },
    formerly: { length: 'size' },
    demands: () => ({ ndim: rank + 2 }),
    meant: ({ data_format }, input) => withChannels(input, rank, data_format),
    infer({ size, data_format }, { first }) {
      const maps = mapsOf(first, data_format);
      const spatial = maps.spatial.map((length, axis) => length * (size[axis] ?? 1));
      return { shape: shapeOf({ ...maps, spatial }, data_format), dtype: first.dtype };
    },
    costs: ({ interpolation }, _, [output]) =>
      interpolation === 'nearest' ? [] : eachElement('interpolation', output, 7),
    reach: ({ size }) => ({
      kind: 'transposed-window',
      kernel: size,
      stride: size,
      dilation: size.map(() => 1),
      padding: size.map(() => 0),
    }),
  });
}

export const KERAS_SHAPES = {
  Flatten,
  Reshape,
  Permute,
  RepeatVector,
  ZeroPadding1D: padding(1),
  ZeroPadding2D: padding(2),
  ZeroPadding3D: padding(3),
  Cropping1D: cropping(1),
  Cropping2D: cropping(2),
  Cropping3D: cropping(3),
  UpSampling1D: upsampling(1),
  UpSampling2D: upsampling(2),
  UpSampling3D: upsampling(3),
};
