import { eachElement } from '../costs.js';
import type { SpatialRank } from '../layers/convolution/arithmetic.js';
import { EVERYTHING } from '../reach.js';
import { bool, nullable } from '../values/kinds.js';
import { optional } from '../values/signature.js';
import { convolutionReach, convolved, type Convolving } from './convolution.js';
import { oneOf, sizes } from './kinds.js';
import { dataFormat, mapsOf, shapeOf, withChannels, type DataFormat } from './layout.js';
import { defineKerasLayer } from './layer.js';

type Kind = 'Max' | 'Average';

interface PoolArguments {
  readonly pool_size: readonly number[];
  readonly strides: readonly number[] | null;
  readonly padding: 'valid' | 'same';
  readonly data_format: DataFormat;
}

function windowOf({ pool_size, strides, padding, data_format }: PoolArguments): Convolving {
  return {
    kernel_size: pool_size,
    strides: strides ?? pool_size,
    dilation_rate: pool_size.map(() => 1),
    padding,
    data_format,
  };
}

function pooling(kind: Kind, rank: SpatialRank) {
  return defineKerasLayer({
    type: `${kind}Pooling${rank}D`,
    signature: {
      pool_size: optional(sizes(rank), 2n),
      strides: optional(nullable(sizes(rank)), null),
      padding: optional(oneOf('valid', 'same'), 'valid'),
      data_format: dataFormat,
    },
    formerly: {
      pool_length: 'pool_size',
      stride: 'strides',
      border_mode: 'padding',
      dim_ordering: 'data_format',
    },
    demands: () => ({ ndim: rank + 2 }),
    meant: ({ data_format }, input) => withChannels(input, rank, data_format),
    infer: (config, call) => ({
      ...convolved(windowOf(config), call, mapsOf(call.first, config.data_format).channels),
      dtype: call.first.dtype,
    }),
    costs: ({ pool_size }, _, [output]) =>
      eachElement(
        'pooling',
        output,
        pool_size.reduce((count, size) => count * size, 1),
      ),
    reach: (config, call) => convolutionReach(windowOf(config), call),
  });
}

function globalPooling(kind: Kind, rank: SpatialRank) {
  return defineKerasLayer({
    type: `Global${kind}Pooling${rank}D`,
    signature: { data_format: dataFormat, keepdims: optional(bool, false) },
    demands: () => ({ ndim: rank + 2 }),
    meant: ({ data_format }, input) => withChannels(input, rank, data_format),
    infer({ data_format, keepdims }, { first }) {
      const { batch, channels, spatial } = mapsOf(first, data_format);
      const shape = keepdims
        ? shapeOf({ batch, channels, spatial: spatial.map(() => 1) }, data_format)
        : [batch, channels];
      return { shape, dtype: first.dtype };
    },
    costs: (_, { first }) => eachElement('pooling', first),
    reach: () => EVERYTHING,
  });
}

export const KERAS_POOLINGS = {
  MaxPooling1D: pooling('Max', 1),
  MaxPooling2D: pooling('Max', 2),
  MaxPooling3D: pooling('Max', 3),
  AveragePooling1D: pooling('Average', 1),
  AveragePooling2D: pooling('Average', 2),
  AveragePooling3D: pooling('Average', 3),
  GlobalMaxPooling1D: globalPooling('Max', 1),
  GlobalMaxPooling2D: globalPooling('Max', 2),
  GlobalMaxPooling3D: globalPooling('Max', 3),
  GlobalAveragePooling1D: globalPooling('Average', 1),
  GlobalAveragePooling2D: globalPooling('Average', 2),
  GlobalAveragePooling3D: globalPooling('Average', 3),
};
