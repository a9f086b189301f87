import type { Cost } from '../costs.js';
import { product, quantity, sum, type Formula } from '../formula/formula.js';
import { channelsPerGroup, spatialRoles, type SpatialRank } from '../layers/convolution/arithmetic.js';
import type { Reach } from '../reach.js';
import type { TensorType } from '../tensor.js';
import { raise } from '../values/errors.js';
import { bool } from '../values/kinds.js';
import { optional, required } from '../values/signature.js';
import { activation, KERNEL_AND_BIAS, oneOf, positive, sizes } from './kinds.js';
import { channelAxis, dataFormat, mapsOf, shapeOf, withChannels, type DataFormat } from './layout.js';
import { defineKerasLayer, weight, type InputDemands, type KerasCall } from './layer.js';
import { checkFits, paddingBefore, placesOf, type Padding, type Sliding } from './window.js';

/** What a convolution slides over its input. */
export interface Convolving {
  readonly kernel_size: readonly number[];
  readonly strides: readonly number[];
  readonly dilation_rate: readonly number[];
  readonly padding: Padding;
  readonly data_format: DataFormat;
}

export function slidings(config: Convolving, input: TensorType): readonly Sliding[] {
  return mapsOf(input, config.data_format).spatial.map((size, axis) => ({
    size,
    kernel: config.kernel_size[axis] ?? 1,
    stride: config.strides[axis] ?? 1,
    dilation: config.dilation_rate[axis] ?? 1,
    padding: config.padding,
  }));
}

/** The maps that a convolution gives. @throws Raised where its window does not fit */
export function convolved(
  config: Convolving,
  call: Pick<KerasCall, 'first' | 'name'>,
  channels: number,
): TensorType {
  const { data_format } = config;
  const { batch } = mapsOf(call.first, data_format);
  const windows = slidings(config, call.first);
  const shaped = (spatial: readonly number[]): readonly number[] =>
    shapeOf({ batch, spatial, channels }, data_format);
  checkFits(windows, call.name, shaped);
  return { shape: shaped(windows.map(placesOf)), dtype: 'float32' };
}

/** The demands of a convolution over so many dimensions. */
export function demandsOf(rank: number, format: DataFormat, built: TensorType | undefined): InputDemands {
  const axis = channelAxis(format);
  return { minNdim: rank + 2, axes: new Map(built ? [[axis, built.shape.at(axis) ?? 0]] : []) };
}

export function convolutionReach(config: Convolving, { first }: KerasCall): Reach {
  const windows = slidings(config, first);
  return {
    kind: 'window',
    kernel: windows.map(({ kernel }) => kernel),
    stride: windows.map(({ stride }) => stride),
    dilation: windows.map(({ dilation }) => dilation),
    padding: windows.map(paddingBefore),
  };
}

/** The sides of a kernel as quantities. */
export function kernelSides(rank: SpatialRank, kernel: readonly number[]): readonly Formula[] {
  return kernel.map((size, axis) => quantity(spatialRoles(rank, axis).kernel, size));
}

/** Batch and spatial places of maps as quantities. */
export function placesIn(rank: SpatialRank, maps: TensorType, format: DataFormat): readonly Formula[] {
  const { batch, spatial } = mapsOf(maps, format);
  return [
    quantity('batch_size', batch),
    ...spatial.map((size, axis) => quantity(spatialRoles(rank, axis).output, size)),
  ];
}

/** The additions of a bias to what a layer gives. */
export function biasCosts(used: boolean, ...elements: readonly Formula[]): readonly Cost[] {
  return used ? [{ kind: 'bias', count: product(...elements) }] : [];
}

function convolution(rank: SpatialRank) {
  return defineKerasLayer({
    type: `Conv${rank}D`,
    signature: {
      filters: required(positive),
      kernel_size: required(sizes(rank)),
      strides: optional(sizes(rank), 1n),
      padding: optional(rank === 1 ? oneOf('valid', 'same', 'causal') : oneOf('valid', 'same'), 'valid'),
      data_format: dataFormat,
      dilation_rate: optional(sizes(rank), 1n),
      groups: optional(positive, 1n),
      activation: activation(),
      use_bias: optional(bool, true),
      ...KERNEL_AND_BIAS,
    },
    formerly: {
      nb_filter: 'filters',
      filter_length: 'kernel_size',
      subsample: 'strides',
      subsample_length: 'strides',
      border_mode: 'padding',
      init: 'kernel_initializer',
      bias: 'use_bias',
      dim_ordering: 'data_format',
    },
    demands: ({ data_format }, built) => demandsOf(rank, data_format, built),
    meant: ({ data_format }, input) => withChannels(input, rank, data_format),
    parameters({ filters, kernel_size, groups, use_bias, data_format }, { first }) {
      const { channels } = mapsOf(first, data_format);
      if (channels % groups !== 0)
        raise(
          'ValueError',
          `The number of input channels must be evenly divisible by the number of groups. Received groups=${groups}, but the input has ${channels} channels`,
        );
      const out = quantity('out_channels', filters);
      const kernel = weight('kernel', 'weight', [
        ...kernelSides(rank, kernel_size),
        channelsPerGroup(channels, groups),
        out,
      ]);
      return use_bias ? [kernel, weight('bias', 'bias', [out])] : [kernel];
    },
    parameterFormula({ filters, kernel_size, groups, use_bias, data_format }, built) {
      const window = product(
        ...kernelSides(rank, kernel_size),
        channelsPerGroup(mapsOf(built, data_format).channels, groups),
      );
      return product(quantity('out_channels', filters), use_bias ? sum(window, quantity('bias', 1)) : window);
    },
    infer: (config, call) => convolved(config, call, config.filters),
    costs({ filters, kernel_size, groups, use_bias, data_format }, { first }, [output = first]) {
      const elements = [quantity('out_channels', filters), ...placesIn(rank, output, data_format)];
      const window = [
        channelsPerGroup(mapsOf(first, data_format).channels, groups),
        ...kernelSides(rank, kernel_size),
      ];
      return [
        { kind: 'multiply-accumulate', count: product(...elements, ...window) },
        ...biasCosts(use_bias, ...elements),
      ];
    },
    reach: convolutionReach,
  });
}

export const KERAS_CONVOLUTIONS = {
  Conv1D: convolution(1),
  Conv2D: convolution(2),
  Conv3D: convolution(3),
};
