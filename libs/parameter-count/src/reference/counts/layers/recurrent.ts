import { literal, product, quantity, sum, type Formula } from '@tensormark/network';
import type { What } from '../../what.js';
import { flag, size, type LayerCount, type LayerInPlace } from './layer-count.js';

const GATES: Readonly<Record<string, number>> = { RNN: 1, GRU: 3, LSTM: 4 };

interface Cell {
  readonly input: Formula;
  readonly state: Formula;
  readonly hidden: Formula;
  readonly gates: readonly Formula[];
  /** Bias vectors of a gate. */
  readonly biases: number;
  readonly projection: Formula | undefined;
}

/**
 * `gates · hidden · (inputs + hidden + biases)` a layer and direction; layers after the first take the states of both
 * directions.
 */
export function countRecurrent(at: LayerInPlace): LayerCount {
  const { layer } = at;
  const layers = 'num_layers' in layer.config ? size(layer, 'num_layers') : 1;
  const directions = flag(layer, 'bidirectional') ? 2 : 1;
  const first = cellOf(at);
  const inputOfLater = directions === 1 ? first.state : product(quantity('directions', 2), first.state);
  const later: Cell = { ...first, input: inputOfLater };
  const both = (formula: Formula): Formula =>
    directions === 1 ? formula : product(quantity('directions', 2), formula);
  const one = direction(at, first, { weights: 'weights-per-gate', all: 'parameters-per-gate' });
  if (layers === 1 && directions === 1) return { ...parts(at, first), learnable: one };
  const perDirection = directions === 1 ? one : at.step('parameters-per-direction', one);
  const rest = quantity('num_layers', layers - 1);
  const weights = sum(
    both(weightsOf(first)),
    ...(layers === 1 ? [] : [layers === 2 ? both(weightsOf(later)) : product(rest, both(weightsOf(later)))]),
  );
  const biases =
    first.biases === 0
      ? literal(0)
      : product(...(layers === 1 ? [] : [quantity('num_layers', layers)]), both(biasesOf(first)));
  if (layers === 1) return { weights, biases, learnable: both(perDirection) };
  const firstLayer = at.step('parameters-per-layer', both(perDirection));
  const laterOne = direction(at, later, { all: 'parameters-per-later-gate' });
  const laterLayer = at.step('parameters-per-later-layer', both(laterOne));
  return {
    weights,
    biases,
    learnable: sum(firstLayer, layers === 2 ? laterLayer : product(rest, laterLayer)),
  };
}

function cellOf(at: LayerInPlace): Cell {
  const { layer, convention } = at;
  const gates = GATES[layer.type.replace('Cell', '')] ?? 1;
  const hidden = quantity('hidden_size', size(layer, 'hidden_size'));
  const width = 'proj_size' in layer.config ? size(layer, 'proj_size') : 0;
  const projection = width === 0 ? undefined : quantity('proj_size', width);
  return {
    input: at.incoming('input_size', size(layer, 'input_size')),
    state: projection ?? hidden,
    hidden,
    gates: gates === 1 ? [] : [quantity('gates', gates)],
    biases: flag(layer, 'bias') ? (convention.recurrentBias === 'two' ? 2 : 1) : 0,
    projection,
  };
}

/** The parameters of one direction of one layer. */
function direction(
  at: LayerInPlace,
  cell: Cell,
  names: { readonly weights?: What; readonly all: What },
): Formula {
  const { input, state, hidden, gates, biases, projection } = cell;
  const products = product(hidden, sum(input, state));
  const inside = sum(input, state, ...(biases === 0 ? [] : [quantity('bias', biases)]));
  const routes =
    names.weights === undefined || biases === 0
      ? []
      : [
          sum(
            at.step(names.weights, products),
            biases === 1 ? hidden : product(quantity('bias', biases), hidden),
          ),
        ];
  const each = at.step(names.all, product(hidden, inside), routes);
  const whole = gates.length === 0 ? each : product(...gates, each);
  return projection === undefined ? whole : sum(whole, product(projection, hidden));
}

/** Inputs' and states' weights apart, as they are often counted. */
function parts(at: LayerInPlace, cell: Cell): Pick<LayerCount, 'weights' | 'biases'> {
  const { input, state, hidden, gates, projection } = cell;
  const weights = [
    at.step('input-weights', product(...gates, hidden, input)),
    at.step('recurrent-weights', product(...gates, hidden, state)),
  ];
  return {
    weights: sum(...weights, ...(projection === undefined ? [] : [product(projection, hidden)])),
    biases: biasesOf(cell),
  };
}

function weightsOf({ input, state, hidden, gates, projection }: Cell): Formula {
  const whole = product(...gates, hidden, sum(input, state));
  return projection === undefined ? whole : sum(whole, product(projection, hidden));
}

function biasesOf({ hidden, gates, biases }: Cell): Formula {
  if (biases === 0) return literal(0);
  return product(...(biases === 1 ? [] : [quantity('bias', biases)]), ...gates, hidden);
}
