import { literal, product, quantity, sum, type Formula, type Quantity } from '@tensormark/network';
import type { LayerScope } from '../layer-scope.js';
import { inLayers, type LayerMisconception } from '../misconception.js';
import { bare, isKernel, isLiteral, isQuantity } from '../patterns.js';

const about = 'receptive field';

/** `K − 1`: how far one layer widens the field, in steps of its own. */
function isWidening(formula: Formula): boolean {
  const inside = bare(formula);
  return inside.kind === 'difference' && isKernel(inside.from) && isLiteral(inside.subtract, 1n);
}

function isField(layer: LayerScope): boolean {
  return layer.calculation === 'receptive-field';
}

/** The field of the input itself. */
function isInput({ role, value }: Quantity): boolean {
  return role === 'receptive_field' && value === 1n;
}

export const RECEPTIVE_FIELD: readonly LayerMisconception[] = [
  inLayers(
    'field-adds-whole-kernels',
    'whole kernels are added up, without taking 1 off each',
    { about, frequency: 'common', on: ['difference'] },
    (formula, layer) =>
      isField(layer) && formula.kind === 'difference' && isWidening(formula) ? formula.from : undefined,
  ),
  inLayers(
    'field-ignores-jump',
    'the strides of the layers before are ignored',
    { about: 'jump', frequency: 'common', on: ['product'] },
    (formula, layer) => {
      if (!isField(layer) || formula.kind !== 'product' || !formula.factors.some(isWidening))
        return undefined;
      const kept = formula.factors.filter((factor) => isWidening(factor) || isQuantity(factor, 'dilation'));
      return kept.length === formula.factors.length ? undefined : product(...kept);
    },
  ),
  inLayers(
    'field-ignores-dilation',
    'the dilation is ignored',
    { about: 'dilation', frequency: 'common', on: ['product'] },
    (formula, layer) => {
      if (!isField(layer) || formula.kind !== 'product' || !formula.factors.some(isWidening))
        return undefined;
      const kept = formula.factors.filter((factor) => !isQuantity(factor, 'dilation'));
      return kept.length === formula.factors.length ? undefined : product(...kept);
    },
  ),
  inLayers(
    'field-uses-own-stride',
    "the layer's own stride is multiplied in, which only the layers after it feel",
    { about: 'jump', frequency: 'common', on: ['product'] },
    (formula, layer) => {
      const stride = layer.surroundings?.stride ?? 1n;
      if (!isField(layer) || formula.kind !== 'product' || !formula.factors.some(isWidening))
        return undefined;
      return stride > 1n ? product(...formula.factors, quantity('stride', stride)) : undefined;
    },
  ),
  inLayers(
    'field-without-itself',
    'the 1 for the place itself is left out',
    { about: 'steps', frequency: 'common', on: ['quantity', 'sum'] },
    (formula, layer) => {
      if (!isField(layer)) return undefined;
      if (formula.kind === 'quantity') return isInput(formula) ? literal(0) : undefined;
      if (formula.kind !== 'sum') return undefined;
      const at = formula.terms.findIndex((term) => isLiteral(term, 1n));
      return at === -1 || formula.terms.length < 2 ? undefined : sum(...formula.terms.toSpliced(at, 1));
    },
  ),
];
