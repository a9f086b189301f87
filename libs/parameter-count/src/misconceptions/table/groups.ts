import { product, quotient, type Formula } from '@tensormark/network';
import { inLayers, type LayerMisconception } from '../misconception.js';
import { isQuantity, withFactors } from '../patterns.js';

const about = 'groups';

type Quotient = Extract<Formula, { kind: 'quotient' }>;

function isDividedByGroups(formula: Formula): formula is Quotient {
  return formula.kind === 'quotient' && isQuantity(formula.denominator, 'groups');
}

export const GROUPS: readonly LayerMisconception[] = [
  inLayers(
    'groups-ignored',
    'the groups are ignored',
    { about, frequency: 'common', on: ['quotient', 'product'] },
    (formula) =>
      isDividedByGroups(formula)
        ? formula.numerator
        : withFactors(formula, (factor) => isQuantity(factor, 'groups')),
  ),
  inLayers(
    'one-group-counted',
    'one of the groups is counted instead of all',
    { about, frequency: 'common', on: ['product'] },
    (formula, layer) => {
      const groups = layer.quantity('groups');
      if (groups === undefined || formula.kind !== 'product') return undefined;
      const once = withFactors(formula, (factor) => isQuantity(factor, 'groups'));
      if (once !== undefined) return once;
      const out = formula.factors.find((factor) => isQuantity(factor, 'out_channels'));
      return out && withFactors(formula, (factor) => factor === out, quotient(out, groups));
    },
  ),
  inLayers(
    'groups-divide-twice',
    'the input channels are divided by the groups twice',
    { about, frequency: 'known', on: ['quotient'] },
    (formula) => (isDividedByGroups(formula) ? quotient(formula, formula.denominator) : undefined),
  ),
  inLayers(
    'groups-multiply',
    'the groups are multiplied in instead of divided by',
    { about, frequency: 'known', on: ['quotient'] },
    (formula) => (isDividedByGroups(formula) ? product(formula.numerator, formula.denominator) : undefined),
  ),
  inLayers(
    'groups-multiply-as-well',
    'the count, which already has all groups in it, is multiplied by the groups',
    { about, frequency: 'known', on: ['product'] },
    (formula, layer) => {
      const groups = layer.quantity('groups');
      if (groups === undefined || formula.kind !== 'product') return undefined;
      if (formula.factors.some((factor) => isQuantity(factor, 'groups'))) return undefined;
      const hasAll = formula.factors.some((factor) => isQuantity(factor, 'out_channels'));
      return hasAll ? product(groups, ...formula.factors) : undefined;
    },
  ),
];
