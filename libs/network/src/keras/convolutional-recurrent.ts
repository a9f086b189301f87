import { literal, product, quantity, sum } from '../formula/formula.js';
import type { SpatialRank } from '../layers/convolution/arithmetic.js';
import { EVERYTHING } from '../reach.js';
import type { TensorType } from '../tensor.js';
import { anything, bool, float } from '../values/kinds.js';
import { optional, required } from '../values/signature.js';
import { convolved, kernelSides, placesIn } from './convolution.js';
import { activation, oneOf, positive, sizes, untouched } from './kinds.js';
import { dataFormat, mapsOf, type DataFormat } from './layout.js';
import { defineKerasLayer, weight } from './layer.js';

/** One frame of a sequence of maps. */
function frameOf({ shape, dtype }: TensorType): TensorType {
  const [batch = 1, , ...frame] = shape;
  return { shape: [batch, ...frame], dtype };
}

/** An LSTM whose products are convolutions: over the frames with the strides given, over the state with none. */
function convolutionalLstm(rank: SpatialRank) {
  return defineKerasLayer({
    type: `ConvLSTM${rank}D`,
    signature: {
      filters: required(positive),
      kernel_size: required(sizes(rank)),
      strides: optional(sizes(rank), 1n),
      padding: optional(oneOf('valid', 'same'), 'valid'),
      data_format: dataFormat,
      dilation_rate: optional(sizes(rank), 1n),
      activation: activation('tanh'),
      recurrent_activation: activation('sigmoid'),
      use_bias: optional(bool, true),
      ...untouched(
        'kernel_initializer',
        'recurrent_initializer',
        'bias_initializer',
        'unit_forget_bias',
        'kernel_regularizer',
        'recurrent_regularizer',
        'bias_regularizer',
        'activity_regularizer',
        'kernel_constraint',
        'recurrent_constraint',
        'bias_constraint',
      ),
      dropout: optional(float, 0),
      recurrent_dropout: optional(float, 0),
      ...untouched('seed'),
      return_sequences: optional(bool, false),
      return_state: optional(bool, false),
      go_backwards: optional(anything, false),
      stateful: optional(anything, false),
    },
    demands: () => ({ ndim: rank + 3 }),
    meant: (_, { shape, dtype }) => {
      const [batch = 1, ...rest] = shape;
      const missing = rank + 3 - shape.length;
      return { shape: [batch, ...Array.from({ length: Math.max(missing, 0) }, () => 1), ...rest], dtype };
    },
    parameters({ filters, kernel_size, use_bias, data_format }, { first }) {
      const out = product(quantity('gates', 4), quantity('out_channels', filters));
      const sides = kernelSides(rank, kernel_size);
      return [
        weight('kernel', 'weight', [...sides, quantity('in_channels', channelsOf(first, data_format)), out]),
        weight('recurrent_kernel', 'weight', [...sides, quantity('out_channels', filters), out]),
        ...(use_bias ? [weight('bias', 'bias', [out])] : []),
      ];
    },
    parameterFormula({ filters, kernel_size, use_bias, data_format }, built) {
      const channels = sum(
        quantity('in_channels', channelsOf(built, data_format)),
        quantity('out_channels', filters),
      );
      const window = product(...kernelSides(rank, kernel_size), channels);
      return product(
        quantity('gates', 4),
        quantity('out_channels', filters),
        use_bias ? sum(window, quantity('bias', 1)) : window,
      );
    },
    infer(config, { first, name }) {
      const state = convolved(config, { first: frameOf(first), name }, config.filters);
      const [batch = 1, steps = 1] = first.shape;
      const output: TensorType = config.return_sequences
        ? { shape: [batch, steps, ...state.shape.slice(1)], dtype: 'float32' }
        : state;
      return config.return_state ? [output, { ...state }, { ...state }] : output;
    },
    costs(config, { first, name }) {
      const state = convolved(config, { first: frameOf(first), name }, config.filters);
      return [
        {
          kind: 'multiply-accumulate',
          count: product(
            ...placesIn(rank, state, config.data_format),
            quantity('sequence_length', first.shape[1] ?? 1),
            literal(4),
            quantity('out_channels', config.filters),
            ...kernelSides(rank, config.kernel_size),
            sum(
              quantity('in_channels', channelsOf(first, config.data_format)),
              quantity('out_channels', config.filters),
            ),
          ),
        },
      ];
    },
    reach: () => EVERYTHING,
  });
}

function channelsOf(sequence: TensorType, format: DataFormat): number {
  return mapsOf(frameOf(sequence), format).channels;
}

export const KERAS_CONVOLUTIONAL_RECURRENT = {
  ConvLSTM1D: convolutionalLstm(1),
  ConvLSTM2D: convolutionalLstm(2),
  ConvLSTM3D: convolutionalLstm(3),
};
