import { literal, product, quantity, sum, type Formula, type Role } from '@tensormark/network';
import type { LayerScope } from '../layer-scope.js';
import { inLayers, type LayerMisconception } from '../misconception.js';
import { bare, isBias, isQuantity, withFactors } from '../patterns.js';

const isGates = (formula: Formula): boolean => isQuantity(formula, 'gates');

function isRecurrent(layer: LayerScope): boolean {
  return layer.family === 'recurrent' && (layer.calculation === 'parameters' || layer.calculation === 'work');
}

/** `I + H + 2`: what one unit of one gate sees. */
interface Seen {
  readonly input: Formula;
  readonly state: Formula;
  readonly rest: readonly Formula[];
}

function seen(formula: Formula, layer: LayerScope): Seen | undefined {
  if (formula.kind !== 'sum' || !isRecurrent(layer)) return undefined;
  const [input, state, ...rest] = formula.terms;
  if (input === undefined || state === undefined) return undefined;
  return isQuantity(state, 'hidden_size', 'proj_size') && rest.every(isBias)
    ? { input, state, rest }
    : undefined;
}

function gates(count: bigint, says: string, frequency: LayerMisconception['frequency']): LayerMisconception {
  return inLayers(
    `gates-${count}`,
    says,
    { about: 'gates', frequency, on: ['product'] },
    (formula, layer) => {
      const now = layer.quantity('gates')?.value ?? 1n;
      if (!isRecurrent(layer) || now === count || formula.kind !== 'product') return undefined;
      if (count === 1n) return withFactors(formula, isGates);
      const instead = quantity('gates', count);
      if (now !== 1n) return withFactors(formula, isGates, instead);
      const isCell = formula.factors.some((factor) => seen(factor, layer) !== undefined);
      return isCell ? product(instead, ...formula.factors) : undefined;
    },
  );
}

/** The cells of a layer, each direction of each of its stacked layers. */
function cellsOf(formula: Formula, layer: LayerScope): readonly Formula[] {
  if (!isRecurrent(layer) || formula.kind !== 'sum' || seen(formula, layer) !== undefined) return [];
  return formula.terms.some((term) => term.kind === 'part') ? [] : formula.terms;
}

const isDirections = (formula: Formula): boolean => isQuantity(formula, 'directions');

/** `2 · H`: the states of both directions, side by side. */
function isBothStates(formula: Formula): boolean {
  return (
    formula.kind === 'product' &&
    formula.factors.every((factor) => isDirections(factor) || isQuantity(factor, 'hidden_size', 'proj_size'))
  );
}

/** The first of stacked layers and those above it, where they are counted as two results. */
function stacked(
  formula: Formula,
  layer: LayerScope,
): { readonly first: Formula; readonly later: bigint } | undefined {
  if (!isRecurrent(layer) || formula.kind !== 'sum') return undefined;
  const [first, rest, another] = formula.terms;
  if (first?.kind !== 'part' || rest === undefined || another !== undefined) return undefined;
  if (!/\/parameters-per-(?:layer|direction|gate)$/.test(first.name)) return undefined;
  const repeated = quantityAmong(rest, 'num_layers');
  return { first, later: repeated ?? 1n };
}

function quantityAmong(formula: Formula, role: Role): bigint | undefined {
  const inside = bare(formula);
  const found = (inside.kind === 'product' ? inside.factors : [])
    .map(bare)
    .find((each) => isQuantity(each, role));
  return found?.kind === 'quantity' ? found.value : undefined;
}

export const RECURRENT: readonly LayerMisconception[] = [
  gates(1n, 'the gates are left out', 'common'),
  gates(2n, 'two gates are counted', 'known'),
  gates(3n, 'three gates are counted', 'common'),
  gates(4n, 'four gates are counted', 'common'),
  gates(8n, 'eight gates are counted', 'rare'),
  inLayers(
    'hidden-weights-forgotten',
    'the weights from hidden state to hidden state are left out',
    { about: 'recurrence', frequency: 'common', on: ['sum'] },
    (formula, layer) => {
      const cell = seen(formula, layer);
      return cell && sum(cell.input, ...cell.rest);
    },
  ),
  inLayers(
    'input-weights-forgotten',
    'the weights from the input are left out',
    { about: 'inputs', frequency: 'common', on: ['sum'] },
    (formula, layer) => {
      const cell = seen(formula, layer);
      return cell && sum(cell.state, ...cell.rest);
    },
  ),
  inLayers(
    'input-and-hidden-multiplied',
    'input size and hidden size are multiplied instead of added',
    { about: 'recurrence', frequency: 'known', on: ['sum'] },
    (formula, layer) => {
      const cell = seen(formula, layer);
      return cell && sum(product(cell.input, cell.state), ...cell.rest);
    },
  ),
  inLayers(
    'input-and-hidden-swapped',
    'input size and hidden size are swapped',
    { about: 'recurrence', frequency: 'common', on: ['quantity'] },
    (formula, layer) => {
      if (!isRecurrent(layer)) return undefined;
      if (isQuantity(formula, 'input_size')) return layer.quantity('hidden_size');
      return isQuantity(formula, 'hidden_size') ? layer.quantity('input_size') : undefined;
    },
  ),
  inLayers(
    'one-recurrent-bias',
    'one bias is counted for each unit of a gate, where the layer has two',
    { about: 'bias', frequency: 'common', on: ['quantity'] },
    (formula, layer) =>
      isRecurrent(layer) && formula.kind === 'quantity' && formula.role === 'bias' && formula.value === 2n
        ? quantity('bias', 1)
        : undefined,
  ),
  inLayers(
    'two-recurrent-biases',
    'two biases are counted for each unit of a gate, where the layer has one',
    { about: 'bias', frequency: 'common', on: ['quantity'] },
    (formula, layer) =>
      isRecurrent(layer) && formula.kind === 'quantity' && formula.role === 'bias' && formula.value === 1n
        ? quantity('bias', 2)
        : undefined,
  ),
  inLayers(
    'directions-not-doubled',
    'one of the two directions is counted',
    { about: 'layers', frequency: 'common', on: ['layer', 'product'] },
    (formula, layer) => {
      if (formula.kind === 'product')
        return isRecurrent(layer) && !isBothStates(formula) ? withFactors(formula, isDirections) : undefined;
      const cells = cellsOf(formula, layer);
      return layer.surroundings?.directions === 2n && cells.length >= 2 && cells.length % 2 === 0
        ? sum(...cells.filter((_, at) => at % 2 === 0))
        : undefined;
    },
  ),
  inLayers(
    'directions-of-the-input-forgotten',
    'stacked layers are taken to read one direction of the layer below',
    { about: 'recurrence', frequency: 'common', on: ['product'] },
    (formula, layer) =>
      isRecurrent(layer) && isBothStates(formula) ? withFactors(formula, isDirections) : undefined,
  ),
  inLayers(
    'output-of-one-direction',
    'the output is taken to have the states of one direction',
    { about: 'recurrence', frequency: 'common', on: ['product'] },
    (formula, layer) =>
      layer.family === 'recurrent' && layer.calculation === 'size' && isBothStates(formula)
        ? withFactors(formula, isDirections)
        : undefined,
  ),
  inLayers(
    'next-layer-reads-one-direction',
    'the layer is taken to read one of the two directions before it',
    { about: 'recurrence', frequency: 'common', on: ['quantity'] },
    (formula, layer) => {
      const directions = layer.surroundings?.fedByDirections ?? 1n;
      return directions > 1n &&
        formula.kind === 'quantity' &&
        (formula.role === 'in_features' || formula.role === 'input_size') &&
        formula.value % directions === 0n
        ? quantity(formula.role, formula.value / directions)
        : undefined;
    },
  ),
  inLayers(
    'first-stacked-layer-only',
    'only the first of the stacked layers is counted',
    { about: 'layers', frequency: 'common', on: ['layer'] },
    (formula, layer) => {
      const layers = stacked(formula, layer);
      if (layers !== undefined) return layers.first;
      const cells = cellsOf(formula, layer);
      const directions = Number(layer.surroundings?.directions ?? 1n);
      return cells.length > directions ? sum(...cells.slice(0, directions)) : undefined;
    },
  ),
  inLayers(
    'stacked-layers-like-the-first',
    'all stacked layers are counted like the first',
    { about: 'layers', frequency: 'common', on: ['layer'] },
    (formula, layer) => {
      const layers = stacked(formula, layer);
      if (layers !== undefined) return product(quantity('num_layers', layers.later + 1n), layers.first);
      const cells = cellsOf(formula, layer);
      const [first] = cells;
      const directions = Number(layer.surroundings?.directions ?? 1n);
      return first && cells.length > directions ? product(literal(cells.length), first) : undefined;
    },
  ),
  inLayers(
    'steps-in-parameters',
    'the parameters are multiplied by the length of the sequence',
    { about: 'places', frequency: 'common', on: ['layer'] },
    (formula, layer) => {
      const length = layer.surroundings?.sequenceLength ?? 1n;
      return layer.family === 'recurrent' && layer.calculation === 'parameters' && length > 1n
        ? product(quantity('sequence_length', length), formula)
        : undefined;
    },
  ),
];
