import { eachElement } from '../../costs.js';
import { defineLayer, type ChildLayer, type Layer } from '../../layer.js';
import { EVERYTHING } from '../../reach.js';
import { tensorType } from '../../tensor.js';
import { raise } from '../../values/errors.js';
import { bool, device, dtype, float, int, ints, tensor } from '../../values/kinds.js';
import { optional, required } from '../../values/signature.js';
import { LINEAR_LAYERS, linearCosts, multiplyByWeight } from '../linear.js';

const signature = {
  in_features: required(int),
  n_classes: required(int),
  cutoffs: required(ints),
  div_value: optional(float, 4.0),
  head_bias: optional(bool, false),
  device: optional(device, null),
  dtype: optional(dtype, null),
};

/** A holder of children, which its owner runs itself. */
function holder(type: 'Sequential' | 'ModuleList', children: readonly ChildLayer[]): Layer {
  return defineLayer({
    type,
    signature: {},
    forward: {},
    children: () => children,
    infer: () => raise('NotImplementedError', `Module [${type}] is missing the required "forward" function`),
    extraRepr: () => '',
  }).build({ positional: [] });
}

function linear(inputs: number, outputs: number, bias: boolean): Layer {
  return LINEAR_LAYERS.Linear.build({ positional: [BigInt(inputs), BigInt(outputs), bias] });
}

const AdaptiveLogSoftmaxWithLoss = defineLayer({
  type: 'AdaptiveLogSoftmaxWithLoss',
  signature,
  forward: { input_: required(tensor), target_: required(tensor) },
  validate({ cutoffs, n_classes }) {
    if (cutoffs.length === 0) raise('ValueError', 'cutoffs should be a sequence of length larger than 0');
    const sorted = cutoffs.every((cut, index) => index === 0 || cut > (cutoffs[index - 1] ?? cut));
    if (!sorted || cutoffs.some((cut) => cut <= 0 || cut > n_classes - 1))
      raise(
        'ValueError',
        'cutoffs should be a sequence of unique, positive integers sorted in an increasing order, ' +
          'where each value is between 1 and n_classes-1',
      );
  },
  children({ in_features, n_classes, cutoffs, div_value, head_bias }) {
    const bounds = [...cutoffs, n_classes];
    const clusters = cutoffs.map((cut, index) => {
      const width = Math.floor(in_features / div_value ** (index + 1));
      const size = (bounds[index + 1] ?? n_classes) - cut;
      return {
        name: String(index),
        layer: holder('Sequential', [
          { name: '0', layer: linear(in_features, width, false) },
          { name: '1', layer: linear(width, size, false) },
        ]),
      };
    });
    return [
      { name: 'head', layer: linear(in_features, (cutoffs[0] ?? 0) + cutoffs.length, head_bias) },
      { name: 'tail', layer: holder('ModuleList', clusters) },
    ];
  },
  infer({ in_features, cutoffs, head_bias }, { input_, target_ }) {
    const batch = input_.shape.slice(0, -1);
    const result = [tensorType(batch), tensorType([])];
    if (target_.shape.length === 1 && input_.shape.length === 2 && input_.shape[0] !== target_.shape[0])
      raise('RuntimeError', 'Input and target should have the same size in the batch dimension.', result);
    if (target_.shape.length > 1)
      raise('RuntimeError', '0D or 1D target tensor expected, multi-target not supported', result);
    multiplyByWeight(input_, [(cutoffs[0] ?? 0) + cutoffs.length, in_features], 'float32', head_bias);
    return result;
  },
  // How many rows go to which cluster is in the targets; the head alone is certain.
  costs: ({ in_features, cutoffs, head_bias }, { input_ }) => [
    ...linearCosts(input_, in_features, (cutoffs[0] ?? 0) + cutoffs.length, head_bias),
    ...eachElement('activation', input_),
  ],
  reach: () => EVERYTHING,
  extraRepr: () => '',
});

export const ADAPTIVE_SOFTMAX = { AdaptiveLogSoftmaxWithLoss };
