import { literal, type Formula } from '@tensormark/network';
import type { LayerScope } from '../layer-scope.js';
import { inLayers, type LayerMisconception } from '../misconception.js';
import { isLiteral, isQuantity, NOTHING, withFactors, withoutTerms } from '../patterns.js';

const about = 'normalisation';

/** `2 · C`: a scale and a shift to each channel. */
function isScaleAndShift(formula: Formula, layer?: LayerScope): boolean {
  return (
    formula.kind === 'product' &&
    formula.factors.some((factor) => isLiteral(factor, 2n)) &&
    (layer?.family === 'normalisation' ||
      formula.factors.some((factor) => isQuantity(factor, 'num_features', 'normalized_size')))
  );
}

function counted(
  id: string,
  says: string,
  frequency: LayerMisconception['frequency'],
  perChannel: bigint,
): LayerMisconception {
  return inLayers(id, says, { about, frequency, on: ['product'] }, (formula, layer) =>
    layer.calculation !== 'size' && isScaleAndShift(formula, layer)
      ? withFactors(
          formula,
          (factor) => isLiteral(factor, 2n),
          ...(perChannel === 1n ? [] : [literal(perChannel)]),
        )
      : undefined,
  );
}

export const NORMALISATION: readonly LayerMisconception[] = [
  inLayers(
    'normalisation-forgotten',
    'the parameters of the normalisation are left out',
    { about, frequency: 'common', on: ['layer', 'sum'] },
    (formula, layer) => {
      if (layer.calculation !== 'parameters') return undefined;
      if (layer.family === 'normalisation') return isScaleAndShift(formula, layer) ? NOTHING : undefined;
      return withoutTerms(formula, (term) => isScaleAndShift(term));
    },
  ),
  counted(
    'normalisation-one-per-channel',
    'one parameter a channel is counted for the normalisation instead of two',
    'common',
    1n,
  ),
  inLayers(
    'statistics-left-out',
    'the running statistics of the normalisation are left out',
    { about, frequency: 'common', on: ['sum'] },
    (formula, layer) => {
      if (layer.family !== 'normalisation' || formula.kind !== 'sum') return undefined;
      const [learnt, kept] = formula.terms;
      const both = learnt !== undefined && kept !== undefined && formula.terms.length === 2;
      return both && [learnt, kept].every((term) => isScaleAndShift(term, layer)) ? learnt : undefined;
    },
  ),
  counted(
    'normalisation-four-per-channel',
    'the running mean and variance are counted as parameters',
    'common',
    4n,
  ),
];
