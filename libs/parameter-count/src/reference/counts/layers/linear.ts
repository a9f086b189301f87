import { literal, product, quantity, sum } from '@tensormark/network';
import { flag, size, type LayerCount, type LayerInPlace } from './layer-count.js';

/** `units · (inputs + 1)`. */
export function countLinear(at: LayerInPlace): LayerCount {
  const { layer } = at;
  const units = quantity('out_features', size(layer, 'out_features'));
  const inputs = at.incoming('in_features', size(layer, 'in_features'));
  const weights = product(units, inputs);
  if (!flag(layer, 'bias')) return { weights, biases: literal(0), learnable: weights };
  const perUnit = at.step('parameters-per-unit', sum(inputs, quantity('bias', 1)));
  return { weights, biases: units, learnable: product(units, perUnit) };
}
