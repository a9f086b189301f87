import { rewrite, sum, type Formula, type Role } from '@tensormark/network';
import { countAttention } from './attention.js';
import { countConvolution, countTransposed } from './convolution.js';
import type { CountsLayer, LayerCount, LayerInPlace } from './layer-count.js';
import { countLinear } from './linear.js';
import { countRecurrent } from './recurrent.js';

/** Layers that people count step by step. Any other is the sum of its parameters, as its own formula writes it. */
const COUNTS: readonly (readonly [RegExp, CountsLayer])[] = [
  [/^Conv\dd$/, countConvolution],
  [/^ConvTranspose\dd$/, countTransposed],
  [/^(?:Linear|NonDynamicallyQuantizableLinear)$/, countLinear],
  [/^(?:RNN|LSTM|GRU)(?:Cell)?$/, countRecurrent],
  [/^MultiheadAttention$/, countAttention],
];

export function countLayer(at: LayerInPlace): LayerCount {
  const [, counts] = COUNTS.find(([types]) => types.test(at.layer.type)) ?? [];
  return (counts ?? countPlainly)(at);
}

/** Roles of sizes that come into a layer. */
const INCOMING: ReadonlySet<Role> = new Set(['num_features', 'channels', 'normalized_size', 'in_features']);

function countPlainly(at: LayerInPlace): LayerCount {
  const { parameters, children } = at.layer;
  const ofRole = (role: 'weight' | 'bias'): Formula =>
    sum(...parameters.filter((each) => each.role === role).map(({ formula }) => formula));
  // A layer's own formula speaks of its children's parameters, too.
  const own =
    children.length === 0 ? at.layer.parameterFormula() : sum(...parameters.map(({ formula }) => formula));
  const settled = (formula: Formula): Formula =>
    rewrite(formula, (node) =>
      node.kind === 'quantity' && INCOMING.has(node.role)
        ? at.incoming(node.role, Number(node.value))
        : undefined,
    );
  return { weights: settled(ofRole('weight')), biases: settled(ofRole('bias')), learnable: settled(own) };
}
