import { eachElement } from '../costs.js';
import { quantity } from '../formula/formula.js';
import { anything, float, nullable } from '../values/kinds.js';
import { optional, required } from '../values/signature.js';
import { isSequence } from '../values/argument.js';
import { untouched } from './kinds.js';
import { defineKerasLayer, weight } from './layer.js';
import type { KerasCall } from './layer.js';
import type { TensorType } from '../tensor.js';
import type { Signature } from '../values/signature.js';

const unchanged = (_: unknown, { first }: KerasCall): TensorType => ({
  shape: first.shape,
  dtype: 'float32',
});
const once = (_: unknown, { first }: KerasCall) => eachElement('activation', first);

function pointwise<S extends Signature>(type: string, signature: S) {
  return defineKerasLayer<S>({ type, signature, infer: unchanged, costs: once });
}

const PReLU = defineKerasLayer({
  type: 'PReLU',
  signature: {
    ...untouched('alpha_initializer', 'alpha_regularizer', 'alpha_constraint'),
    shared_axes: optional(anything, null),
  },
  // One slope to each element of the input, but for the axes that share theirs.
  parameters({ shared_axes }, { first }) {
    const shared = new Set((isSequence(shared_axes) ? shared_axes : [shared_axes]).map(Number));
    const dims = first.shape
      .slice(1)
      .map((size, at) => (shared.has(at + 1) && shared_axes !== null ? 1 : size));
    return [
      weight(
        'alpha',
        'weight',
        dims.map((size) => quantity('num_parameters', size)),
      ),
    ];
  },
  infer: unchanged,
  costs: once,
});

export const KERAS_ACTIVATIONS = {
  Activation: pointwise('Activation', { activation: required(anything) }),
  ReLU: pointwise('ReLU', {
    max_value: optional(nullable(float), null),
    negative_slope: optional(nullable(float), 0),
    threshold: optional(nullable(float), 0),
  }),
  LeakyReLU: pointwise('LeakyReLU', {
    negative_slope: optional(nullable(float), 0.3),
    alpha: optional(nullable(float), null),
  }),
  ELU: pointwise('ELU', { alpha: optional(float, 1) }),
  ThresholdedReLU: pointwise('ThresholdedReLU', { theta: optional(float, 1) }),
  Softmax: pointwise('Softmax', { axis: optional(anything, -1n) }),
  PReLU,
};
