import { product, quantity, type Formula, type Role } from '@tensormark/network';
import type { LayerScope } from '../layer-scope.js';
import { inLayers, type LayerMisconception } from '../misconception.js';
import {
  INPUT_SIDE_ROLES,
  isInputChannels,
  isOutputChannels,
  isOutputSide,
  isQuantity,
  OUTPUT_SIDE_ROLES,
  withFactors,
} from '../patterns.js';

const about = 'places';

/** Sides as quantities; the last dimensions are those that a flat or square image has. */
function asQuantities(sides: readonly bigint[], roles: readonly Role[]): readonly Formula[] {
  return sides.map((size, axis) => {
    const role = sides.length === 1 ? roles[0] : roles[axis + roles.length - sides.length];
    return quantity(role ?? 'positions', size);
  });
}

const inputSides = (layer: LayerScope): readonly Formula[] =>
  asQuantities(layer.inputSides, INPUT_SIDE_ROLES);
const outputSides = (layer: LayerScope): readonly Formula[] =>
  asQuantities(layer.outputSides, OUTPUT_SIDE_ROLES);

/** Whether parameters of a convolution or of what follows it are counted, which are the same at every place. */
function isShared({ calculation, family }: LayerScope): boolean {
  return calculation === 'parameters' && (family === 'convolution' || family === 'normalisation');
}

/** A product over the places of an output: its units, or the work at them. */
function isPlaces(
  formula: Formula,
  { calculation, family }: LayerScope,
): formula is Extract<Formula, { kind: 'product' }> {
  return (
    formula.kind === 'product' &&
    formula.factors.some(isOutputSide) &&
    (calculation === 'work' || (calculation === 'size' && family !== 'other'))
  );
}

export const PLACES: readonly LayerMisconception[] = [
  inLayers(
    'output-size-in-parameters',
    'the parameters are multiplied by the size of the output',
    { about, frequency: 'common', on: ['layer'] },
    (formula, layer) => {
      const sides = outputSides(layer);
      return isShared(layer) && sides.length > 0 ? product(formula, ...sides) : undefined;
    },
  ),
  inLayers(
    'input-size-in-parameters',
    'the parameters are multiplied by the size of the input',
    { about, frequency: 'common', on: ['layer'] },
    (formula, layer) => {
      const sides = inputSides(layer);
      return isShared(layer) && sides.length > 0 ? product(formula, ...sides) : undefined;
    },
  ),
  inLayers(
    'input-size-for-kernel',
    'the size of the input is taken in place of the kernel',
    { about: 'kernel', frequency: 'known', on: ['product'] },
    (formula, layer) => {
      const sides = inputSides(layer);
      return isShared(layer) && sides.length > 0 && layer.family === 'convolution'
        ? withFactors(formula, (factor) => layer.kernel.some((side) => side === factor), ...sides)
        : undefined;
    },
  ),
  inLayers(
    'convolution-as-fully-connected',
    'each output is connected to every input, as in a fully connected layer',
    { about, frequency: 'known', on: ['product'] },
    (formula, layer) => {
      const [inside, outside] = [inputSides(layer), outputSides(layer)];
      const isDense = isShared(layer) && inside.length > 0 && outside.length > 0;
      if (!isDense || formula.kind !== 'product' || !formula.factors.some(isInputChannels)) return undefined;
      const rest = withFactors(formula, (factor) => layer.kernel.some((side) => side === factor), ...inside);
      return rest && product(rest, ...outside);
    },
  ),
  inLayers(
    'batch-in-parameters',
    'the parameters are multiplied by the batch size',
    { about: 'operations', frequency: 'known', on: ['layer'] },
    (formula, layer) =>
      layer.calculation === 'parameters' && layer.batch !== undefined && layer.batch > 1n
        ? product(quantity('batch_size', layer.batch), formula)
        : undefined,
  ),
  inLayers(
    'places-left-out-of-work',
    'the work at one place is counted instead of that at every place of the output',
    { about, frequency: 'common', on: ['product'] },
    (formula, layer) => (layer.calculation === 'work' ? withFactors(formula, isOutputSide) : undefined),
  ),
  inLayers(
    'one-side-of-places',
    'one side of the output is counted instead of its area',
    { about, frequency: 'known', on: ['product'] },
    (formula, layer) => {
      const [first, second] = isPlaces(formula, layer) ? formula.factors.filter(isOutputSide) : [];
      return first !== undefined && second !== undefined
        ? withFactors(formula, isOutputSide, first)
        : undefined;
    },
  ),
  inLayers(
    'input-places-for-work',
    'the size of the input is taken in place of that of the output',
    { about, frequency: 'common', on: ['product'] },
    (formula, layer) => {
      const sides = inputSides(layer);
      return layer.calculation === 'work' && sides.length > 0
        ? withFactors(formula, isOutputSide, ...sides)
        : undefined;
    },
  ),
  inLayers(
    'stride-divides-work',
    'the work is divided by the stride once more',
    { about: 'stride', frequency: 'rare', on: ['product'] },
    (formula, layer) => {
      const stride = layer.quantity('stride');
      const isWork = layer.calculation === 'work' && formula.kind === 'product';
      return stride !== undefined && isWork && formula.factors.some(isOutputChannels)
        ? { kind: 'quotient', numerator: formula, denominator: stride }
        : undefined;
    },
  ),
  inLayers(
    'channels-left-out-of-units',
    'the places of one channel are counted instead of all channels',
    { about: 'output channels', frequency: 'common', on: ['product'] },
    (formula, layer) =>
      layer.calculation === 'size' && isPlaces(formula, layer)
        ? withFactors(formula, (factor) => isQuantity(factor, 'out_channels', 'channels'))
        : undefined,
  ),
];
