import { eachElement } from '../../costs.js';
import { defineLayer } from '../../layer.js';
import { EVERYTHING } from '../../reach.js';
import { normalizeDim } from '../../shapes.js';
import { formatShape, tensorType, type TensorType } from '../../tensor.js';
import { givenRepr, isSequence, pythonRepr } from '../../values/argument.js';
import { raise, raiseAlike } from '../../values/errors.js';
import {
  anything,
  bool,
  either,
  float,
  intOrTuple,
  nullable,
  repeated,
  sliced,
  tensor,
  type Kind,
} from '../../values/kinds.js';
import { optional, required } from '../../values/signature.js';
import type { SpatialRank } from '../convolution/arithmetic.js';
import { withIndices } from './max-pool.js';

const floats: Kind<readonly number[]> = {
  expects: 'tuple of floats',
  read: (value, name) =>
    isSequence(value) ? value.map((item) => float.read(item, name)) : [float.read(value, name)],
};

const AXES = ['time', 'height', 'width'];

function fractionalPool(rank: 2 | 3) {
  const type = `FractionalMaxPool${rank}d`;
  return defineLayer({
    type,
    signature: {
      kernel_size: required(repeated(rank)),
      output_size: optional(nullable(repeated(rank)), null),
      output_ratio: optional(nullable(either(floats, isSequence, float)), null),
      return_indices: optional(bool, false),
      _random_samples: optional(anything, null),
    },
    forward: { input: required(tensor) },
    training: 'random',
    validate({ output_size, output_ratio }) {
      if (output_size === null && output_ratio === null)
        raise('ValueError', `${type} requires specifying either an output size, or a pooling ratio`);
      if (output_size !== null && output_ratio !== null)
        raise('ValueError', 'only one of output_size and output_ratio may be specified');
      const ratios = eachRatio(output_ratio, rank);
      if (ratios.some((ratio) => !(ratio > 0 && ratio < 1)))
        raise(
          'ValueError',
          `output_ratio must be between 0 and 1 (got ${pythonRepr(typeof output_ratio === 'number' ? output_ratio : [...ratios])})`,
        );
    },
    infer({ kernel_size, output_size, output_ratio, return_indices }, { input }) {
      normalizeDim(-rank - 1, input.shape.length);
      const sizes = input.shape.slice(-rank);
      const ratios = eachRatio(output_ratio, rank);
      const wanted = output_size ?? sizes.map((size, axis) => Math.trunc(size * (ratios[axis] ?? 0)));
      const output = tensorType([...input.shape.slice(0, -rank), ...wanted], input.dtype);
      const dims = input.shape.length;
      if (dims > rank + 2 && rank === 2)
        raise(
          'RuntimeError',
          `fractional_max_pool2d(): Expected 3D or 4D tensor, but got: [${input.shape.join(', ')}]`,
        );
      if (wanted.length !== rank && rank === 3)
        raise(
          'RuntimeError',
          'fractional_max_pool3d: output_size must either be a single Int or tuple of three Ints',
        );
      // Over three dimensions the last position is left out, and the width looked at before the height.
      const order = rank === 3 ? [0, 2, 1] : [0, 1];
      const [name, spare] = rank === 3 ? ['fractional_max_pool3d_out', 1] : ['fractional_max_pool2d', 0];
      for (const axis of order) {
        const size = sizes[axis] ?? 0;
        if ((wanted[axis] ?? 0) + (kernel_size[axis] ?? 0) - 1 + spare > size)
          raise(
            'RuntimeError',
            `${name}(): pool ${AXES[axis + 3 - rank]} ${kernel_size[axis]} too large relative to input ` +
              `${AXES[axis + 3 - rank]} ${size}`,
            output,
          );
      }
      return withIndices(output, return_indices);
    },
    costs: (_, { input }) => eachElement('pooling', input),
    reach: () => EVERYTHING,
    extraRepr: () => '',
  });
}

function eachRatio(ratio: number | readonly number[] | null, rank: SpatialRank): readonly number[] {
  if (ratio === null) return [];
  return typeof ratio === 'number' ? Array.from({ length: rank }, () => ratio) : ratio;
}

/** The sizes that an unpooling gives, those asked for where they are near enough. @throws Raised */
function unpooledSizes(
  input: TensorType,
  rank: SpatialRank,
  window: {
    readonly kernel: readonly number[];
    readonly stride: readonly number[];
    readonly padding: readonly number[];
  },
  asked: readonly number[] | null,
): readonly number[] {
  const { kernel, stride, padding } = window;
  const sizes = input.shape
    .slice(-rank)
    .map((size, axis) => (size - 1) * (stride[axis] ?? 1) + (kernel[axis] ?? 1) - 2 * (padding[axis] ?? 0));
  if (asked === null) return sizes;
  const spatial = asked.length === rank + 2 ? sliced(asked, 2) : asked;
  if (spatial.length !== rank)
    raise(
      'ValueError',
      `output_size should be a sequence containing ${rank} or ${rank + 2} elements, but it has a length of '${asked.length}'`,
    );
  for (const [axis, size] of spatial.entries()) {
    const least = (sizes[axis] ?? 0) - (stride[axis] ?? 1);
    const most = (sizes[axis] ?? 0) + (stride[axis] ?? 1);
    if (!(least < size && size < most))
      raise(
        'ValueError',
        `invalid output_size "${givenRepr(spatial)}" (dim ${axis} must be between ${least} and ${most})`,
      );
  }
  return spatial;
}

function maxUnpool(rank: SpatialRank) {
  return defineLayer({
    type: `MaxUnpool${rank}d`,
    signature: {
      kernel_size: required(repeated(rank)),
      stride: optional(nullable(repeated(rank)), null),
      padding: optional(repeated(rank), 0n),
    },
    forward: {
      input: required(tensor),
      indices: required(tensor),
      output_size: optional(nullable(intOrTuple), null),
    },
    infer({ kernel_size, stride, padding }, { input, indices, output_size }) {
      const asked = typeof output_size === 'number' ? [output_size] : output_size;
      const window = { kernel: kernel_size, stride: stride ?? kernel_size, padding };
      const dims = input.shape.length;
      // One dimension is worked as two, the last of size 1.
      const flat = rank === 1 ? [1] : [];
      const places = rank + flat.length;
      if (dims !== rank + 1 && dims !== rank + 2)
        raise(
          'RuntimeError',
          `Input to max_unpooling${places}d should be a ${places + 1}d or ${places + 2}d Tensor, but got a tensor with ${dims + flat.length} dimensions.`,
        );
      const output = tensorType(
        [...input.shape.slice(0, -rank), ...unpooledSizes(input, rank, window, asked)],
        input.dtype,
      );
      if (indices.dtype !== 'int64')
        raiseAlike('RuntimeError', 'elements in indices should be type int64', output);
      if (indices.shape.join() !== input.shape.join())
        raise(
          'RuntimeError',
          `Expected shape of indices to be same as that of the input tensor (${formatShape([...input.shape, ...flat])}) ` +
            `but got indices tensor with shape: ${formatShape([...indices.shape, ...flat])}`,
          output,
        );
      return output;
    },
    extraRepr({ kernel_size, stride, padding }) {
      const shown = [kernel_size, stride ?? kernel_size, padding].map((values) =>
        pythonRepr(values.map(BigInt)),
      );
      return `kernel_size=${shown[0]}, stride=${shown[1]}, padding=${shown[2]}`;
    },
    attributes: ({ kernel_size, stride }) => ({ stride: (stride ?? kernel_size).map(BigInt) }),
  });
}

export const FRACTIONAL_POOLS = {
  FractionalMaxPool2d: fractionalPool(2),
  FractionalMaxPool3d: fractionalPool(3),
  MaxUnpool1d: maxUnpool(1),
  MaxUnpool2d: maxUnpool(2),
  MaxUnpool3d: maxUnpool(3),
};
