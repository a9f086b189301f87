import { ceil, difference, floor, literal, product, quotient, sum, type Formula } from '@tensormark/network';
import type { LayerScope } from '../layer-scope.js';
import { inLayers, type LayerMisconception } from '../misconception.js';
import { bare, isInputSide, isKernel, isLiteral, isQuantity, withoutTerms } from '../patterns.js';

/** `⌊(H + 2p − K)/s⌋ + 1`, taken apart. */
interface Sliding {
  readonly rounded: Extract<Formula, { kind: 'floor' | 'ceil' }>;
  readonly steps: Formula;
}

function slidingIn(formula: Formula): Sliding | undefined {
  if (formula.kind !== 'sum') return undefined;
  const [first, one] = formula.terms;
  if (first === undefined || one === undefined || !isLiteral(one, 1n)) return undefined;
  const rounded = bare(first);
  return rounded.kind === 'floor' || rounded.kind === 'ceil' ? { rounded, steps: rounded.of } : undefined;
}

/** The size that a window slides over, without its padding. */
function slidOver(formula: Formula): Formula | undefined {
  const inside = bare(formula);
  switch (inside.kind) {
    case 'sum':
      return slidingIn(inside) === undefined
        ? unpadded(inside)
        : slidOver(slidingIn(inside)?.steps ?? inside);
    case 'quotient':
      return slidOver(inside.numerator);
    case 'difference':
      return unpadded(inside.from);
    default:
      return undefined;
  }
}

function unpadded(formula: Formula): Formula {
  if (formula.kind !== 'sum') return formula;
  return withoutTerms(formula, isPadding) ?? formula;
}

function isPadding(formula: Formula): boolean {
  const inside = bare(formula);
  return (
    isQuantity(inside, 'padding') ||
    (inside.kind === 'product' && inside.factors.some((factor) => isQuantity(factor, 'padding')))
  );
}

function isPaddingOfBothSides(formula: Formula): formula is Extract<Formula, { kind: 'product' }> {
  return (
    formula.kind === 'product' &&
    formula.factors.length === 2 &&
    isPadding(formula) &&
    isLiteral(formula.factors[0] ?? formula, 2n)
  );
}

export const OUTPUT_SIZE: readonly LayerMisconception[] = [
  inLayers(
    'padding-forgotten',
    'the padding is left out',
    { about: 'padding', frequency: 'common', on: ['sum', 'difference'] },
    (formula) => {
      if (formula.kind === 'sum') return withoutTerms(formula, isPadding);
      // A transposed convolution takes the padding away.
      return formula.kind === 'difference' && isPadding(formula.subtract) ? formula.from : undefined;
    },
  ),
  inLayers(
    'padding-once',
    'the padding is added on one side only',
    { about: 'padding', frequency: 'common', on: ['product', 'sum'] },
    (formula) => {
      if (isPaddingOfBothSides(formula)) return product(...formula.factors.slice(1));
      const [before, ...others] =
        formula.kind === 'sum' ? formula.terms.filter((term) => isQuantity(term, 'padding')) : [];
      return before !== undefined && others.length > 0 && formula.kind === 'sum'
        ? sum(...formula.terms.filter((term) => !isPadding(term)), before)
        : undefined;
    },
  ),
  inLayers(
    'stride-forgotten',
    'the stride is left out',
    { about: 'stride', frequency: 'common', on: ['quotient', 'product'] },
    (formula, layer) => {
      if (!((layer.quantity('stride')?.value ?? 1n) > 1n)) return undefined;
      if (formula.kind === 'quotient' && isQuantity(formula.denominator, 'stride')) return formula.numerator;
      if (formula.kind !== 'product' || !formula.factors.some((factor) => isQuantity(factor, 'stride')))
        return undefined;
      return product(...formula.factors.filter((factor) => !isQuantity(factor, 'stride')));
    },
  ),
  inLayers(
    'dilation-ignored',
    'the dilation is ignored',
    { about: 'dilation', frequency: 'common', on: ['sum'] },
    (formula, layer) => dilated(formula, layer)?.from,
  ),
  inLayers(
    'dilation-times-kernel',
    'the dilation is multiplied by the kernel instead of by the steps within it',
    { about: 'dilation', frequency: 'known', on: ['sum'] },
    (formula, layer) => {
      const kernel = dilated(formula, layer);
      return kernel && product(kernel.dilation, kernel.from);
    },
  ),
  inLayers(
    'rounded-up',
    'the size is rounded up instead of down',
    { about: 'rounding', frequency: 'common', on: ['floor'] },
    (formula) => (formula.kind === 'floor' ? ceil(formula.of) : undefined),
  ),
  inLayers(
    'rounded-down',
    'the size is rounded down instead of up',
    { about: 'rounding', frequency: 'common', on: ['ceil'] },
    (formula) => (formula.kind === 'ceil' ? floor(formula.of) : undefined),
  ),
  inLayers(
    'one-not-added',
    'the 1 at the end of the formula for the output size is left out',
    { about: 'steps', frequency: 'common', on: ['sum'] },
    (formula) => slidingIn(formula)?.rounded,
  ),
  inLayers(
    'kernel-not-subtracted',
    'the kernel is not taken off the size of the input',
    { about: 'steps', frequency: 'known', on: ['difference'] },
    (formula, layer) =>
      formula.kind === 'difference' && reachesKernel(formula.subtract, layer) ? formula.from : undefined,
  ),
  inLayers(
    'divided-by-kernel',
    'the size is divided by the kernel instead of the stride',
    { about: 'stride', frequency: 'known', on: ['quotient'] },
    (formula, layer) => {
      const [kernel] = layer.kernel;
      return formula.kind === 'quotient' && isQuantity(formula.denominator, 'stride') && kernel !== undefined
        ? quotient(formula.numerator, kernel)
        : undefined;
    },
  ),
  inLayers(
    'stride-divides-kernel',
    'the stride divides the kernel alone instead of the whole difference',
    { about: 'stride', frequency: 'known', on: ['quotient'] },
    (formula, layer) => {
      // Of a window that moves by its own width this comes to the size it had.
      if (layer.kernel.every(({ value }) => value === layer.quantity('stride')?.value)) return undefined;
      if (formula.kind !== 'quotient' || !isQuantity(formula.denominator, 'stride')) return undefined;
      const { numerator, denominator } = formula;
      return numerator.kind === 'difference'
        ? difference(numerator.from, quotient(numerator.subtract, denominator))
        : undefined;
    },
  ),
  inLayers(
    'size-over-stride',
    'the size is simply divided by the stride',
    { about: 'size', frequency: 'known', on: ['sum'] },
    (formula, layer) => {
      const sliding = slidingIn(formula);
      const over = sliding && slidOver(sliding.steps);
      const stride = layer.quantity('stride');
      return over && stride && stride.value > 1n ? floor(quotient(over, stride)) : undefined;
    },
  ),
  inLayers(
    'size-unchanged',
    'the size is taken to stay as it is',
    { about: 'size', frequency: 'common', on: ['sum'] },
    (formula, layer) => {
      if (layer.calculation !== 'size') return undefined;
      const sliding = slidingIn(formula);
      return sliding && slidOver(sliding.steps);
    },
  ),
  inLayers(
    'output-padding-forgotten',
    'the output padding is left out',
    { about: 'padding', frequency: 'common', on: ['sum'] },
    (formula) => withoutTerms(formula, (term) => isQuantity(term, 'output_padding')),
  ),
  inLayers(
    'transposed-as-ordinary',
    'the transposed convolution is reckoned as an ordinary one',
    { about: 'size', frequency: 'known', on: ['sum'] },
    (formula, layer) => {
      const [kernel] = layer.kernel;
      const stride = layer.quantity('stride');
      const input = layer.find(isInputSide);
      const grows =
        formula.kind === 'sum' && formula.terms.some(isKernel) && slidingIn(formula) === undefined;
      if (!grows || kernel === undefined || stride === undefined || input === undefined) return undefined;
      const padding = layer.quantity('padding');
      const padded = padding === undefined ? input : sum(input, product(literal(2), padding));
      const steps = quotient({ kind: 'difference', from: padded, subtract: kernel }, stride);
      return layer.calculation === 'size' ? sum(floor(steps), literal(1)) : undefined;
    },
  ),
];

/** `d·(K − 1) + 1`, taken apart. A receptive field has the like without being a span. */
function dilated(
  formula: Formula,
  { calculation }: LayerScope,
): { readonly dilation: Formula; readonly from: Formula } | undefined {
  if (formula.kind !== 'sum' || calculation === 'receptive-field') return undefined;
  for (const term of formula.terms) {
    const inside = bare(term);
    if (inside.kind !== 'product') continue;
    const dilation = inside.factors.find((factor) => isQuantity(factor, 'dilation'));
    const within = inside.factors.map(bare).find((factor) => factor.kind === 'difference');
    if (dilation !== undefined && within?.kind === 'difference') return { dilation, from: within.from };
  }
  return undefined;
}

function reachesKernel(formula: Formula, layer: LayerScope): boolean {
  return isKernel(formula) || dilated(bare(formula), layer) !== undefined;
}
