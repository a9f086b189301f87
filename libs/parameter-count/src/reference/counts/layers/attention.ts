import { literal, product, quantity, quotient, sum, type Formula } from '@tensormark/network';
import { flag, size, type LayerCount, type LayerInPlace } from './layer-count.js';

/** `3 · E · (E + 1)`: the three projections in, the output's is the child's; head by head it comes to the same. */
export function countAttention(at: LayerInPlace): LayerCount {
  const { layer } = at;
  const embed = size(layer, 'embed_dim');
  const width = at.incoming('embed_dim', embed);
  const bias = flag(layer, 'bias');
  const keys = layer.config['kdim'] ?? embed;
  const values = layer.config['vdim'] ?? embed;
  const withBias = (inputs: Formula): Formula => (bias ? sum(inputs, quantity('bias', 1)) : inputs);
  const extra = flag(layer, 'add_bias_kv') ? [product(literal(2), width)] : [];
  const biases = [...(bias ? [product(literal(3), width)] : []), ...extra];
  if (keys !== embed || values !== embed) {
    const inputs = [width, quantity('key_dim', Number(keys)), quantity('value_dim', Number(values))];
    return {
      weights: sum(...inputs.map((input) => product(width, input))),
      biases: sum(...biases),
      learnable: sum(...inputs.map((input) => product(width, withBias(input))), ...extra),
    };
  }
  const heads = quantity('num_heads', size(layer, 'num_heads'));
  const each = at.step('parameters-per-projection', product(width, withBias(width)));
  const headSize = at.step('head-size', quotient(width, heads));
  const perHead = at.step('parameters-per-head', product(literal(3), headSize, withBias(width)));
  const projections = at.step('in-projection', product(literal(3), each), [product(heads, perHead)]);
  return {
    weights: product(literal(3), width, width),
    biases: sum(...biases),
    learnable: sum(projections, ...extra),
  };
}
