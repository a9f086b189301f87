import { literal, product, quantity, quotient, sum, type Formula } from '@tensormark/network';
import { inLayers, inWhole, type Misconception } from '../misconception.js';
import { bare, isInputChannels, isKernel, isQuantity } from '../patterns.js';

const about = 'operations';

/** What one output takes, where that is a result of its own. */
function isFilter(formula: Formula): boolean {
  const inside = bare(formula);
  return formula.kind === 'part' && inside.kind === 'product' && inside.factors.some(isKernel);
}

export const OPERATIONS_COUNTED: readonly Misconception[] = [
  inWhole(
    'two-operations-each',
    'each multiply-accumulate is counted as two operations',
    { about, frequency: 'common' },
    ({ formula, measure }) =>
      measure === 'multiply-accumulates' ? [{ make: () => product(literal(2), formula) }] : [],
  ),
  inWhole(
    'one-operation-each',
    'a multiplication with its addition is counted as one operation',
    { about, frequency: 'common' },
    ({ formula, measure }) => (measure === 'flops' ? [{ make: () => quotient(formula, literal(2)) }] : []),
  ),
  inLayers(
    'bias-as-work',
    'the addition of the bias is counted as a multiply-accumulate',
    { about: 'bias', frequency: 'known', on: ['product'] },
    (formula, layer) => {
      if (layer.calculation !== 'work' || formula.kind !== 'product') return undefined;
      const isInside = (factor: (typeof formula.factors)[number]): boolean =>
        isKernel(factor) || isInputChannels(factor) || isQuantity(factor, 'in_features') || isFilter(factor);
      const inside = formula.factors.filter(isInside);
      if (inside.length === 0 || inside.length === formula.factors.length) return undefined;
      return product(
        ...formula.factors.filter((factor) => !isInside(factor)),
        sum(product(...inside), quantity('bias', 1)),
      );
    },
  ),
];
