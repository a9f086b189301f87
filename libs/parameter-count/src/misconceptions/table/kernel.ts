import { product, sum, type Formula } from '@tensormark/network';
import { inLayers, type LayerMisconception } from '../misconception.js';
import { isKernel, withFactors } from '../patterns.js';

const facts = { about: 'kernel', on: ['product'] } as const;

/** The sides of the kernel among the factors of a product: two or more of a square, a box. */
function sides(formula: Formula): readonly Formula[] {
  return formula.kind === 'product' ? formula.factors.filter(isKernel) : [];
}

export const KERNEL: readonly LayerMisconception[] = [
  inLayers(
    'kernel-not-squared',
    'one side of the kernel is counted instead of its area',
    { ...facts, frequency: 'common' },
    (formula) => {
      const [first, second, third] = sides(formula);
      if (first === undefined || second === undefined || third !== undefined) return undefined;
      return withFactors(formula, isKernel, first);
    },
  ),
  inLayers(
    'kernel-not-cubed',
    'two sides of the kernel are counted instead of its volume',
    { ...facts, frequency: 'common' },
    (formula) => {
      const [first, second, third] = sides(formula);
      if (first === undefined || second === undefined || third === undefined) return undefined;
      return withFactors(formula, isKernel, first, second);
    },
  ),
  inLayers(
    'kernel-side-squared',
    'the kernel of one dimension is squared',
    { ...facts, frequency: 'known' },
    (formula) => {
      const [only, second] = sides(formula);
      return only === undefined || second !== undefined
        ? undefined
        : withFactors(formula, isKernel, only, only);
    },
  ),
  inLayers(
    'kernel-forgotten',
    'the size of the kernel is left out',
    { ...facts, frequency: 'common' },
    (formula) => withFactors(formula, isKernel),
  ),
  inLayers(
    'kernel-area-twice',
    'the area of the kernel is multiplied in twice',
    { ...facts, frequency: 'known' },
    (formula) => {
      const all = sides(formula);
      return all.length < 2 ? undefined : withFactors(formula, isKernel, ...all, ...all);
    },
  ),
  inLayers(
    'kernel-sides-added',
    'the sides of the kernel are added instead of multiplied',
    { ...facts, frequency: 'known' },
    (formula) => {
      const all = sides(formula);
      return all.length < 2 ? undefined : withFactors(formula, isKernel, sum(...all));
    },
  ),
  inLayers(
    'kernel-taken-one-larger',
    'the kernel is taken one larger on each side',
    { ...facts, frequency: 'rare' },
    (formula) => {
      const all = sides(formula);
      return all.length === 0
        ? undefined
        : withFactors(formula, isKernel, ...all.map((side) => sum(side, { kind: 'literal', value: 1n })));
    },
  ),
  inLayers(
    'factors-added',
    'channels and kernel are added instead of multiplied',
    { about: 'arithmetic', on: ['product'], frequency: 'known' },
    (formula) => {
      if (formula.kind !== 'product' || sides(formula).length === 0) return undefined;
      const outside = formula.factors.filter((factor) => !isSummed(factor));
      const inside = formula.factors.filter(isSummed);
      return inside.length < 2 ? undefined : product(...outside, sum(...inside));
    },
  ),
];

/** What stands inside one filter: its kernel and the channels it sees. */
function isSummed(factor: Formula): boolean {
  return isKernel(factor) || isFilterDepth(factor);
}

function isFilterDepth(factor: Formula): boolean {
  return (
    (factor.kind === 'quantity' && factor.role === 'in_channels') ||
    (factor.kind === 'quotient' && factor.numerator.kind === 'quantity')
  );
}
