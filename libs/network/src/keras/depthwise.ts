import { product, quantity } from '../formula/formula.js';
import type { SpatialRank } from '../layers/convolution/arithmetic.js';
import { bool } from '../values/kinds.js';
import { optional, required } from '../values/signature.js';
import { biasCosts, convolutionReach, convolved, demandsOf, kernelSides, placesIn } from './convolution.js';
import { activation, oneOf, positive, sizes, untouched } from './kinds.js';
import { dataFormat, mapsOf, withChannels } from './layout.js';
import { defineKerasLayer, weight } from './layer.js';

const REST = untouched(
  'depthwise_initializer',
  'pointwise_initializer',
  'bias_initializer',
  'depthwise_regularizer',
  'pointwise_regularizer',
  'bias_regularizer',
  'activity_regularizer',
  'depthwise_constraint',
  'pointwise_constraint',
  'bias_constraint',
);

function window(rank: SpatialRank) {
  return {
    kernel_size: required(sizes(rank)),
    strides: optional(sizes(rank), 1n),
    padding: optional(oneOf('valid', 'same'), 'valid'),
  };
}

/** Each channel convolved by itself, `depth_multiplier` times. */
function depthwise(rank: SpatialRank) {
  return defineKerasLayer({
    type: `DepthwiseConv${rank}D`,
    signature: {
      ...window(rank),
      depth_multiplier: optional(positive, 1n),
      data_format: dataFormat,
      dilation_rate: optional(sizes(rank), 1n),
      activation: activation(),
      use_bias: optional(bool, true),
      ...REST,
    },
    demands: ({ data_format }, built) => demandsOf(rank, data_format, built),
    meant: ({ data_format }, input) => withChannels(input, rank, data_format),
    parameters({ kernel_size, depth_multiplier, use_bias, data_format }, { first }) {
      const { channels } = mapsOf(first, data_format);
      const kernel = weight('kernel', 'weight', [
        ...kernelSides(rank, kernel_size),
        quantity('channels', channels),
        quantity('operations', depth_multiplier),
      ]);
      const out = quantity('out_channels', channels * depth_multiplier);
      return use_bias ? [kernel, weight('bias', 'bias', [out])] : [kernel];
    },
    infer: (config, call) =>
      convolved(config, call, mapsOf(call.first, config.data_format).channels * config.depth_multiplier),
    costs({ kernel_size, use_bias, data_format }, { first }, [output = first]) {
      const elements = [
        quantity('out_channels', mapsOf(output, data_format).channels),
        ...placesIn(rank, output, data_format),
      ];
      return [
        { kind: 'multiply-accumulate', count: product(...elements, ...kernelSides(rank, kernel_size)) },
        ...biasCosts(use_bias, ...elements),
      ];
    },
    reach: convolutionReach,
  });
}

/** A depthwise convolution, and one of 1×1 over what it gives. */
function separable(rank: SpatialRank) {
  return defineKerasLayer({
    type: `SeparableConv${rank}D`,
    signature: {
      filters: required(positive),
      ...window(rank),
      data_format: dataFormat,
      dilation_rate: optional(sizes(rank), 1n),
      depth_multiplier: optional(positive, 1n),
      activation: activation(),
      use_bias: optional(bool, true),
      ...REST,
    },
    formerly: { nb_filter: 'filters', border_mode: 'padding', subsample: 'strides' },
    demands: ({ data_format }, built) => demandsOf(rank, data_format, built),
    meant: ({ data_format }, input) => withChannels(input, rank, data_format),
    parameters({ filters, kernel_size, depth_multiplier, use_bias, data_format }, { first }) {
      const { channels } = mapsOf(first, data_format);
      const out = quantity('out_channels', filters);
      const kernels = [
        weight('depthwise_kernel', 'weight', [
          ...kernelSides(rank, kernel_size),
          quantity('in_channels', channels),
          quantity('operations', depth_multiplier),
        ]),
        weight('pointwise_kernel', 'weight', [
          ...kernelSides(
            rank,
            kernel_size.map(() => 1),
          ),
          quantity('channels', channels * depth_multiplier),
          out,
        ]),
      ];
      return use_bias ? [...kernels, weight('bias', 'bias', [out])] : kernels;
    },
    infer: (config, call) => convolved(config, call, config.filters),
    costs({ filters, kernel_size, depth_multiplier, use_bias, data_format }, { first }, [output = first]) {
      const between = quantity('channels', mapsOf(first, data_format).channels * depth_multiplier);
      const places = placesIn(rank, output, data_format);
      const out = quantity('out_channels', filters);
      return [
        {
          kind: 'multiply-accumulate',
          count: product(...places, between, ...kernelSides(rank, kernel_size)),
        },
        { kind: 'multiply-accumulate', count: product(...places, between, out) },
        ...biasCosts(use_bias, ...places, out),
      ];
    },
    reach: convolutionReach,
  });
}

export const KERAS_DEPTHWISE = {
  DepthwiseConv1D: depthwise(1),
  DepthwiseConv2D: depthwise(2),
  SeparableConv1D: separable(1),
  SeparableConv2D: separable(2),
};
