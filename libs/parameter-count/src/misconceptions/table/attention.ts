import { literal, product, quantity, quotient, type Formula } from '@tensormark/network';
import type { LayerScope } from '../layer-scope.js';
import { inLayers, type LayerMisconception } from '../misconception.js';
import { bare, isLiteral, isQuantity, withFactors, withoutTerms } from '../patterns.js';

const isThree = (formula: Formula): boolean => isLiteral(formula, 3n);
const isWidth = (formula: Formula): boolean => isQuantity(formula, 'embed_dim');

/** `3 · E · (E + 1)`: query, key and value. */
function isProjections(formula: Formula): boolean {
  const inside = bare(formula);
  return inside.kind === 'product' && inside.factors.some(isThree) && inside.factors.some(isWidth);
}

function headsOf(layer: LayerScope): Formula | undefined {
  const heads = layer.surroundings?.heads ?? layer.quantity('num_heads')?.value;
  return heads === undefined || heads < 2n ? undefined : quantity('num_heads', heads);
}

/** A fully connected layer among the terms of a sum: `F · (E + 1)`. */
function fullyConnected(formula: Formula): { readonly outputs: bigint; readonly inputs: bigint } | undefined {
  const inside = bare(formula);
  if (inside.kind !== 'product' || inside.factors.length !== 2) return undefined;
  const [first, second] = inside.factors.map(bare);
  if (first?.kind !== 'quantity' || first.role !== 'out_features' || second === undefined) return undefined;
  const input = second.kind === 'sum' ? second.terms.map(bare)[0] : second;
  return input?.kind === 'quantity' && input.role === 'in_features'
    ? { outputs: first.value, inputs: input.value }
    : undefined;
}

/** The two fully connected layers of a sum of which one leads out to another width and the next back. */
function feedForward(formula: Formula): readonly [Formula, Formula] | undefined {
  if (formula.kind !== 'sum') return undefined;
  const layers = formula.terms.flatMap((term) => {
    const sizes = fullyConnected(term);
    return sizes === undefined ? [] : [{ term, ...sizes }];
  });
  for (const [at, layer] of layers.entries()) {
    const next = layers[at + 1];
    if (next && layer.outputs === next.inputs && layer.inputs === next.outputs)
      return [layer.term, next.term];
  }
  return undefined;
}

export const ATTENTION: readonly LayerMisconception[] = [
  inLayers(
    'one-projection',
    'one projection is counted instead of those of query, key and value',
    { about: 'attention', frequency: 'common', on: ['product'] },
    (formula) => (isProjections(formula) ? withFactors(formula, isThree) : undefined),
  ),
  inLayers(
    'two-projections',
    'two projections are counted instead of those of query, key and value',
    { about: 'attention', frequency: 'known', on: ['product'] },
    (formula) => (isProjections(formula) ? withFactors(formula, isThree, literal(2)) : undefined),
  ),
  inLayers(
    'output-projection-forgotten',
    'the output projection is left out',
    { about: 'layers', frequency: 'common', on: ['sum'] },
    (formula) =>
      formula.kind === 'sum' && formula.terms.some(isProjections) && feedForward(formula) === undefined
        ? withoutTerms(formula, (term) => fullyConnected(term) !== undefined)
        : undefined,
  ),
  inLayers(
    'heads-multiply',
    'the projections are multiplied by the number of heads',
    { about: 'heads', frequency: 'common', on: ['product'] },
    (formula, layer) => {
      const heads = headsOf(layer);
      return heads && isProjections(formula) ? product(heads, formula) : undefined;
    },
  ),
  inLayers(
    'heads-multiply-all',
    'the whole of the attention is multiplied by the number of heads',
    { about: 'heads', frequency: 'known', on: ['sum'] },
    (formula, layer) => {
      const heads = headsOf(layer);
      if (formula.kind !== 'sum' || !formula.terms.some(isProjections)) return undefined;
      const isWhole = formula.terms.some((term) => fullyConnected(term) !== undefined);
      return heads && isWhole ? product(heads, formula) : undefined;
    },
  ),
  inLayers(
    'one-head',
    'the projections of one head are counted instead of all',
    { about: 'heads', frequency: 'common', on: ['product'] },
    (formula, layer) => {
      const heads = headsOf(layer);
      const width = formula.kind === 'product' ? formula.factors.find(isWidth) : undefined;
      return heads && width && isProjections(formula)
        ? withFactors(formula, (factor) => factor === width, quotient(width, heads))
        : undefined;
    },
  ),
  inLayers(
    'feed-forward-forgotten',
    'the feed-forward layers are left out',
    { about: 'feed-forward', frequency: 'common', on: ['sum'] },
    (formula) => {
      const pair = feedForward(formula);
      return pair && withoutTerms(formula, (term) => pair.includes(term));
    },
  ),
  inLayers(
    'one-feed-forward-layer',
    'one of the two feed-forward layers is counted',
    { about: 'feed-forward', frequency: 'common', on: ['sum'] },
    (formula) => {
      const pair = feedForward(formula);
      return pair && withoutTerms(formula, (term) => term === pair[1]);
    },
  ),
];
