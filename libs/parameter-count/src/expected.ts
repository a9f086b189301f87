import {
  evaluateInteger,
  part,
  product,
  quantity,
  sum,
  type Formula,
  type Layer,
  type Module,
  type Network,
  type Parameter,
} from '@tensormark/network';
import type { AskedQuantity, ConventionName, ExpectedReading } from './asked.js';

/** What a question asks of its network. */
export interface Ask {
  readonly id: string;
  readonly says: string;
  /** Path of a module, such as `block1` or `features.0`; the whole network when undefined. */
  readonly of?: string | undefined;
}

export type Expectation =
  | { readonly kind: 'asked'; readonly asked: readonly AskedQuantity[] }
  /** The network has no module of that name; `known` are the names that it has. */
  | {
      readonly kind: 'unknown-name';
      readonly id: string;
      readonly name: string;
      readonly known: readonly string[];
    };

/**
 * The exact values of what is asked, with the formula behind each. Parameters shared by several modules count once.
 * With `either`, the same counted without biases and with a bias in every layer that can have one are accepted too.
 */
export function expectedQuantities(
  network: Network,
  asks: readonly Ask[],
  bias: 'as-given' | 'either',
): Expectation {
  const asked: AskedQuantity[] = [];
  for (const { id, says, of } of asks) {
    const path = of ?? '';
    if (!network.modules.has(path)) {
      const known = [...network.modules.keys()].filter((name) => name !== '').slice(0, 40);
      return { kind: 'unknown-name', id, name: path, known };
    }
    const given = reading('as-given', network, path);
    const others =
      bias === 'either' ? [reading('without-bias', network, path), reading('with-bias', network, path)] : [];
    asked.push({ id, says, of, readings: [given, ...others] });
  }
  return { kind: 'asked', asked: bias === 'either' ? withoutRepeats(asked) : asked };
}

/** A convention under which nothing differs from the network as given says nothing, and is left out. */
function withoutRepeats(asked: readonly AskedQuantity[]): readonly AskedQuantity[] {
  const repeated = new Set<ConventionName>(['without-bias', 'with-bias']);
  for (const { readings } of asked) {
    for (const { convention, value } of readings)
      if (value !== readings[0].value) repeated.delete(convention);
  }
  return asked.map((each) => {
    const [given, ...others] = each.readings;
    return { ...each, readings: [given, ...others.filter(({ convention }) => !repeated.has(convention))] };
  });
}

function reading(convention: ConventionName, network: Network, path: string): ExpectedReading {
  const formula = moduleFormula(convention, network, path, new Set());
  return { convention, value: evaluateInteger(formula), formula };
}

/** The parameters of a module and its children, child by child, each parameter once. */
function moduleFormula(
  convention: ConventionName,
  network: Network,
  path: string,
  counted: Set<number>,
): Formula {
  const module = network.modules.get(path);
  if (module === undefined) return sum();
  const terms = [
    ...ownFormula(convention, module, network, counted),
    ...module.children
      .map((child) => moduleFormula(convention, network, child, counted))
      .filter((formula) => evaluateInteger(formula) !== 0n),
  ];
  const formula = sum(...terms);
  return path === '' ? formula : part(path, formula);
}

function ownFormula(
  convention: ConventionName,
  module: Module,
  network: Network,
  counted: Set<number>,
): Formula[] {
  const fresh: { name: string; parameter: Parameter }[] = [];
  for (const [name, id] of module.parameters) {
    const parameter = network.parameters[id];
    if (parameter === undefined || counted.has(id)) continue;
    counted.add(id);
    fresh.push({ name, parameter });
  }
  const { layer } = module;
  if (layer !== undefined && fresh.length === layer.parameters.length && layer.children.length === 0) {
    const formula = layerFormula(convention, layer);
    return evaluateInteger(formula) === 0n ? [] : [formula];
  }
  return fresh
    .filter(({ parameter }) => convention !== 'without-bias' || parameter.role !== 'bias')
    .map(({ parameter }) => product(...parameter.shape.map((size) => quantity('elements', size))));
}

function layerFormula(convention: ConventionName, layer: Layer): Formula {
  const hasBias = layer.parameters.some(({ role }) => role === 'bias');
  switch (convention) {
    case 'as-given':
      return layer.parameterFormula();
    case 'without-bias':
      return hasBias && isSwitchable(layer)
        ? rebuilt(layer, false).parameterFormula()
        : layer.parameterFormula();
    case 'with-bias':
      return !hasBias && isSwitchable(layer)
        ? rebuilt(layer, true).parameterFormula()
        : layer.parameterFormula();
  }
}

/** Layers whose `bias` argument is a plain switch: convolutions and linear layers, recurrent and attention layers. */
function isSwitchable(layer: Layer): boolean {
  return typeof layer.written['bias'] === 'boolean' && !/Norm/.test(layer.type);
}

function rebuilt(layer: Layer, bias: boolean): Layer {
  return layer.definition.build({ positional: [], named: { ...layer.written, bias } });
}
