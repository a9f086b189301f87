import { product, quantity, type Formula } from '@tensormark/network';
import type { LayerScope } from '../layer-scope.js';
import { inLayers, type LayerMisconception } from '../misconception.js';
import { bare, isInputSide, isOutputSide, isQuantity, withFactors } from '../patterns.js';
import type { Flattened } from '../surroundings.js';

const facts = { about: 'flatten', on: ['quantity', 'product'] } as const;

/** `512 · 7 · 7` where features are written out, and where only their number is. */
function flattening(
  id: string,
  says: string,
  frequency: LayerMisconception['frequency'],
  written: (formula: Formula, layer: LayerScope) => Formula | undefined,
  known: (flattened: Flattened) => readonly Formula[] | undefined,
): LayerMisconception {
  return inLayers(id, says, { ...facts, frequency }, (formula, layer) => {
    if (formula.kind === 'product') return isFlattened(formula, layer) ? written(formula, layer) : undefined;
    const flattened = layer.surroundings?.flattened;
    if (flattened === undefined || !isQuantity(formula, 'in_features')) return undefined;
    const factors = hasPlaces(flattened) ? known(flattened) : undefined;
    return factors && product(...factors);
  });
}

const isSide = (formula: Formula): boolean =>
  isQuantity(formula, 'positions') || isOutputSide(formula) || isInputSide(formula);

const isDepth = (formula: Formula): boolean =>
  isQuantity(formula, 'channels', 'out_channels') ||
  (formula.kind === 'part' && formula.name.endsWith('/channels'));

function isFlattened(formula: Formula, layer: LayerScope): boolean {
  return (
    formula.kind === 'product' &&
    layer.calculation === 'size' &&
    (layer.family === 'other' || layer.family === 'linear') &&
    formula.factors.some(isDepth) &&
    formula.factors.some((factor) => isSide(factor) && !isOne(factor)) &&
    formula.factors.every((factor) => isDepth(factor) || isSide(factor))
  );
}

/** After pooling over all places there are none to leave out. */
function hasPlaces({ sides }: Flattened): boolean {
  return sides.some((side) => side !== 1n);
}

function isOne(formula: Formula): boolean {
  const inside = bare(formula);
  return (inside.kind === 'quantity' || inside.kind === 'literal') && inside.value === 1n;
}

const channelsOf = ({ channels }: Flattened): Formula => quantity('channels', channels);
const placesOf = (sides: readonly bigint[]): readonly Formula[] =>
  sides.map((size) => quantity('positions', size));

/** Where the pooling has a window, a size that stays as it is there is the same error. */
function beforeAdaptivePooling(formula: Formula, layer: LayerScope): Formula | undefined {
  if (formula.kind !== 'product') return undefined;
  const factors = formula.factors.map(bare);
  let features = 1n;
  for (const factor of factors) {
    if (factor.kind !== 'quantity') return undefined;
    features *= factor.value;
  }
  const flattened = layer.flattenedTo(features);
  return flattened?.unpooled && product(channelsOf(flattened), ...placesOf(flattened.unpooled));
}

export const FLATTEN: readonly LayerMisconception[] = [
  flattening(
    'flatten-before-pooling',
    'the feature map is flattened at its size before the pooling',
    'common',
    beforeAdaptivePooling,
    (flattened) => flattened.unpooled && [channelsOf(flattened), ...placesOf(flattened.unpooled)],
  ),
  flattening(
    'flatten-without-channels',
    'flattening leaves out the channels',
    'common',
    (formula) => withFactors(formula, isDepth),
    ({ sides }) => placesOf(sides),
  ),
  flattening(
    'flatten-without-places',
    'flattening leaves out the height and width',
    'common',
    (formula) => withFactors(formula, isSide),
    (flattened) => [channelsOf(flattened)],
  ),
  flattening(
    'flatten-one-side',
    'flattening takes one side of the feature map instead of its area',
    'common',
    (formula) => {
      const [first, second] = formula.kind === 'product' ? formula.factors.filter(isSide) : [];
      return first && second && withFactors(formula, isSide, first);
    },
    (flattened) => {
      const [first, second] = placesOf(flattened.sides);
      return first && second && [channelsOf(flattened), first];
    },
  ),
];
