import { difference, literal, product, quantity, quotient, sum, type Formula } from '@tensormark/network';
import type { LayerScope } from '../layer-scope.js';
import { inLayers, inWhole, type Misconception } from '../misconception.js';
import { bare, isInputChannels, isKernel, isQuantity } from '../patterns.js';

const about = 'operations';

/** What one output takes, where that is a result of its own. */
function isFilter(formula: Formula): boolean {
  const inside = bare(formula);
  return formula.kind === 'part' && inside.kind === 'product' && inside.factors.some(isKernel);
}

/** An addition by itself, where a multiplication with its addition is one. */
const HALF = quotient(literal(1), literal(2));

/** A layer's work with that of one output rewritten. */
function perOutput(
  formula: Formula,
  { calculation }: LayerScope,
  rewritten: (work: Formula) => Formula,
): Formula | undefined {
  if (calculation !== 'work' || formula.kind !== 'product') return undefined;
  const isInside = (factor: Formula): boolean =>
    isKernel(factor) || isInputChannels(factor) || isQuantity(factor, 'in_features') || isFilter(factor);
  const inside = formula.factors.filter(isInside);
  if (inside.length === 0 || inside.length === formula.factors.length) return undefined;
  return product(...formula.factors.filter((factor) => !isInside(factor)), rewritten(product(...inside)));
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
    'bias-additions',
    'the additions of the biases are operations too',
    { about: 'convention', frequency: 'known', on: ['product'] },
    (formula, layer) => perOutput(formula, layer, (work) => sum(work, HALF)),
  ),
  inLayers(
    'first-addition',
    'the first of the products is not added to anything, so that n products take n − 1 additions',
    { about: 'convention', frequency: 'known', on: ['product'] },
    (formula, layer) => perOutput(formula, layer, (work) => difference(work, HALF)),
  ),
  inLayers(
    'bias-as-work',
    'the addition of the bias is counted as a multiply-accumulate',
    { about: 'convention', frequency: 'known', on: ['product'] },
    (formula, layer) => perOutput(formula, layer, (work) => sum(work, quantity('bias', 1))),
  ),
];
