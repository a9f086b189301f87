import { product, quantity, sum } from '../formula/formula.js';
import { EVERYTHING, POINTWISE } from '../reach.js';
import { bool } from '../values/kinds.js';
import { optional, required } from '../values/signature.js';
import { linearCosts } from '../layers/linear.js';
import { activation, KERNEL_AND_BIAS, positive, untouched } from './kinds.js';
import { defineKerasLayer, weight } from './layer.js';

const Dense = defineKerasLayer({
  type: 'Dense',
  signature: {
    units: required(positive),
    activation: activation(),
    use_bias: optional(bool, true),
    ...KERNEL_AND_BIAS,
    ...untouched('lora_rank'),
  },
  formerly: { output_dim: 'units', init: 'kernel_initializer', bias: 'use_bias' },
  demands: (_, built) => ({
    minNdim: 2,
    axes: new Map(built ? [[-1, built.shape.at(-1) ?? 0]] : []),
  }),
  meant: (_, { shape, dtype }) => ({
    shape: [...shape, ...Array.from({ length: 2 - shape.length }, () => 1)],
    dtype,
  }),
  parameters({ units, use_bias }, { first }) {
    const out = quantity('out_features', units);
    const kernel = weight('kernel', 'weight', [quantity('in_features', first.shape.at(-1) ?? 0), out]);
    return use_bias ? [kernel, weight('bias', 'bias', [out])] : [kernel];
  },
  parameterFormula({ units, use_bias }, built) {
    const input = quantity('in_features', built.shape.at(-1) ?? 0);
    return product(quantity('out_features', units), use_bias ? sum(input, quantity('bias', 1)) : input);
  },
  infer: ({ units }, { first }) => ({ shape: [...first.shape.slice(0, -1), units], dtype: 'float32' }),
  costs: ({ units, use_bias }, { first }) => linearCosts(first, first.shape.at(-1) ?? 0, units, use_bias),
  reach: (_, { first }) => (first.shape.length <= 2 ? EVERYTHING : POINTWISE),
});

export const KERAS_DENSE = { Dense };
