import { product, quantity, sum } from '../formula/formula.js';
import type { SpatialRank } from '../layers/convolution/arithmetic.js';
import { bool, nullable } from '../values/kinds.js';
import { optional, required } from '../values/signature.js';
import { biasCosts, demandsOf, kernelSides, placesIn } from './convolution.js';
import { activation, KERNEL_AND_BIAS, oneOf, positive, sizes } from './kinds.js';
import { dataFormat, mapsOf, shapeOf, withChannels } from './layout.js';
import { defineKerasLayer, weight } from './layer.js';

/** One dimension of a transposed convolution. */
interface Widening {
  readonly size: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly padding: 'valid' | 'same';
  readonly outputPadding: number | undefined;
}

/** Keras's `deconv_output_length`. */
function widened({ size, kernel, stride, dilation, padding, outputPadding }: Widening): number {
  const span = dilation * (kernel - 1) + 1;
  if (outputPadding === undefined)
    return padding === 'valid' ? size * stride + Math.max(span - stride, 0) : size * stride;
  const pad = padding === 'same' ? Math.floor(span / 2) : 0;
  return (size - 1) * stride + span - 2 * pad + outputPadding;
}

function transposed(rank: SpatialRank) {
  return defineKerasLayer({
    type: `Conv${rank}DTranspose`,
    signature: {
      filters: required(positive),
      kernel_size: required(sizes(rank)),
      strides: optional(sizes(rank), 1n),
      padding: optional(oneOf('valid', 'same'), 'valid'),
      output_padding: optional(nullable(sizes(rank, 0)), null),
      data_format: dataFormat,
      dilation_rate: optional(sizes(rank), 1n),
      activation: activation(),
      use_bias: optional(bool, true),
      ...KERNEL_AND_BIAS,
    },
    formerly: { nb_filter: 'filters', border_mode: 'padding', subsample: 'strides' },
    demands: ({ data_format }, built) => demandsOf(rank, data_format, built),
    meant: ({ data_format }, input) => withChannels(input, rank, data_format),
    parameters({ filters, kernel_size, use_bias, data_format }, { first }) {
      const out = quantity('out_channels', filters);
      const kernel = weight('kernel', 'weight', [
        ...kernelSides(rank, kernel_size),
        out,
        quantity('in_channels', mapsOf(first, data_format).channels),
      ]);
      return use_bias ? [kernel, weight('bias', 'bias', [out])] : [kernel];
    },
    parameterFormula({ filters, kernel_size, use_bias, data_format }, built) {
      const window = product(
        ...kernelSides(rank, kernel_size),
        quantity('in_channels', mapsOf(built, data_format).channels),
      );
      return product(quantity('out_channels', filters), use_bias ? sum(window, quantity('bias', 1)) : window);
    },
    infer({ filters, kernel_size, strides, dilation_rate, padding, output_padding, data_format }, { first }) {
      const { batch, spatial } = mapsOf(first, data_format);
      const wide = spatial.map((size, axis) =>
        widened({
          size,
          kernel: kernel_size[axis] ?? 1,
          stride: strides[axis] ?? 1,
          dilation: dilation_rate[axis] ?? 1,
          padding,
          outputPadding: output_padding?.[axis],
        }),
      );
      return { shape: shapeOf({ batch, spatial: wide, channels: filters }, data_format), dtype: 'float32' };
    },
    // Every input element is multiplied by the whole kernel.
    costs({ filters, kernel_size, use_bias, data_format }, { first }, [output = first]) {
      const out = quantity('out_channels', filters);
      const work = product(
        ...placesIn(rank, first, data_format),
        quantity('in_channels', mapsOf(first, data_format).channels),
        ...kernelSides(rank, kernel_size),
        out,
      );
      return [
        { kind: 'multiply-accumulate', count: work },
        ...biasCosts(use_bias, ...placesIn(rank, output, data_format), out),
      ];
    },
    reach({ kernel_size, strides, dilation_rate }) {
      return {
        kind: 'transposed-window',
        kernel: kernel_size,
        stride: strides,
        dilation: dilation_rate,
        padding: kernel_size.map(() => 0),
      };
    },
  });
}

export const KERAS_TRANSPOSED = {
  Conv1DTranspose: transposed(1),
  Conv2DTranspose: transposed(2),
  Conv3DTranspose: transposed(3),
};
