import { difference, literal, product, sum, type Formula, type Module } from '@tensormark/network';
import { draft, valueOf, written, type Draft } from '../draft.js';
import type { What } from '../what.js';
import type { Counting } from './count.js';
import { isZero } from './layers/layer-count.js';
import { ownParameters, type OwnParameters } from './own-parameters.js';
import { overlapBelow, type Total } from './shared-parameters.js';

/** What a module and all below it add up. */
const TOTALS: ReadonlySet<What> = new Set<Total>([
  'parameters',
  'trainable-parameters',
  'non-trainable-parameters',
  'statistics',
  'weights',
  'biases',
]);

function isTotal(what: What): what is Total {
  return TOTALS.has(what);
}

/** Parameters of layers, step by step, and of blocks and the network, child by child; shared ones once. */
export function countParameters(counting: Counting, of: string, what: What): Draft | undefined {
  const module = counting.network.modules.get(of);
  if (module === undefined) return what === 'parameters' ? registeredParameter(counting, of) : undefined;
  if (what === 'shared') {
    const overlap = overlapBelow(counting, of, 'parameters');
    return overlap === undefined ? undefined : draft(of, 'shared', overlap);
  }
  if (!isTotal(what)) return own(counting, module).steps.get(what);
  return module.children.length === 0 ? ofLeaf(counting, module, what) : ofBlock(counting, module, what);
}

function own(counting: Counting, module: Module): OwnParameters {
  const known = counting.own.get(module.path);
  if (known !== undefined) return known;
  const found = ownParameters(counting.layout, module, counting.convention);
  counting.own.set(module.path, found);
  return found;
}

function registeredParameter(counting: Counting, of: string): Draft | undefined {
  const parent = counting.network.modules.get(of.includes('.') ? of.slice(0, of.lastIndexOf('.')) : '');
  if (parent === undefined) return undefined;
  return own(counting, parent).registered.find((each) => each.of === of);
}

/** A module's own part of a total, as one writes it. */
function ownFormula(counting: Counting, module: Module, what: Total): Formula {
  const { count, trainable, frozen, statistics } = own(counting, module);
  const counted = counting.convention.statistics === 'counted' && !isZero(statistics);
  switch (what) {
    case 'weights':
      return count.weights;
    case 'biases':
      return count.biases;
    case 'statistics':
      return statistics;
    case 'trainable-parameters':
      return trainable;
    case 'non-trainable-parameters':
      return counted ? (isZero(frozen) ? statistics : sum(frozen, statistics)) : frozen;
    case 'parameters':
      return counted
        ? isZero(count.learnable)
          ? statistics
          : sum(count.learnable, statistics)
        : count.learnable;
  }
}

function ofLeaf(counting: Counting, module: Module, what: Total): Draft {
  const { path } = module;
  const formula = ownFormula(counting, module, what);
  const { count, statistics } = own(counting, module);
  if (what === 'weights') return draft(path, what, formula, count.weightRoutes);
  const all = allOf(counting, path, what, formula);
  if (all !== undefined) return draft(path, what, all);
  if (what !== 'parameters' || module.layer === undefined) return draft(path, what, formula);
  if (counting.convention.statistics === 'counted' && !isZero(statistics))
    return draft(path, what, formula, [
      sum(...steps(counting, path, ['trainable-parameters', 'statistics'])),
    ]);
  const apart =
    isZero(count.weights) || isZero(count.biases)
      ? []
      : [sum(...steps(counting, path, ['weights', 'biases']))];
  return draft(path, what, formula, [...(count.learnableRoutes ?? []), ...apart]);
}

/** What learns of a layer or block, or what does not, as all its parameters where it is all of them. */
function allOf(counting: Counting, path: string, what: Total, formula: Formula): Formula | undefined {
  if (what !== 'trainable-parameters' && what !== 'non-trainable-parameters') return undefined;
  // With statistics among them, parameters rest on those that learn instead.
  if (counting.convention.statistics === 'counted') return undefined;
  const parameters = counting.draft(path, 'parameters');
  if (parameters === undefined || isZero(formula)) return undefined;
  const rest = difference(parameters.formula, formula);
  return isZero(rest) ? valueOf(parameters, 'num_parameters') : undefined;
}

function steps(counting: Counting, path: string, whats: readonly What[]): readonly Formula[] {
  return whats.flatMap((what) => {
    const found = counting.draft(path, what);
    return found === undefined ? [] : [valueOf(found, 'num_parameters')];
  });
}

function ofBlock(counting: Counting, module: Module, what: Total): Draft {
  const { path, children } = module;
  const mine = ownFormula(counting, module, what);
  const below = children.flatMap((child) => counting.draft(child, what) ?? []);
  const terms = [
    ...(isZero(mine) ? [] : [mine]),
    ...below.filter(({ formula }) => !isZero(formula)).map((each) => valueOf(each, 'num_parameters')),
  ];
  const overlap = overlapBelow(counting, path, what);
  if (overlap !== undefined) {
    const twice = what === 'parameters' ? written(draft(path, 'shared', overlap)) : overlap;
    return draft(path, what, difference(sum(...terms), twice));
  }
  const routes = [
    ...routesOf(counting, module, what, terms.length),
    ...(what === 'parameters' ? projectionRoute(counting, module) : []),
    ...[allOf(counting, path, what, sum(...terms))].filter((route) => route !== undefined),
    ...(what === 'trainable-parameters' ? lessTheRest(counting, path) : []),
  ];
  return draft(path, what, sum(...terms), routes);
}

/** What learns of a block as all that it has without what does not. */
function lessTheRest(counting: Counting, path: string): readonly Formula[] {
  const whole = counting.draft(path, 'parameters');
  const rest = counting.draft(path, 'non-trainable-parameters');
  if (whole === undefined || rest === undefined || isZero(rest.formula)) return [];
  return [difference(valueOf(whole, 'num_parameters'), valueOf(rest, 'num_parameters'))];
}

/** `4 · E · (E + 1)`: attention has four projections alike where keys and values are as wide as queries. */
function projectionRoute(counting: Counting, { path, layer }: Module): readonly Formula[] {
  const each = counting.draft(path, 'parameters-per-projection');
  if (each === undefined || layer?.config['add_bias_kv'] === true) return [];
  return [product(literal(4), written(each))];
}

/** Layer by layer where blocks stand between, and of the whole network weights and biases apart. */
function routesOf(counting: Counting, module: Module, what: Total, terms: number): readonly Formula[] {
  const leaves = leavesBelow(counting, module, what);
  const routes =
    leaves === undefined || leaves.length <= terms
      ? []
      : [sum(...leaves.map((leaf) => valueOf(leaf, 'num_parameters')))];
  if (module.path !== '' || what !== 'parameters' || counting.convention.statistics === 'counted')
    return routes;
  const apart = ['weights', 'biases'] as const;
  const [weights, biases] = apart.map((each) => counting.draft('', each));
  if (weights === undefined || biases === undefined || isZero(weights.formula) || isZero(biases.formula))
    return routes;
  return [...routes, sum(valueOf(weights, 'num_parameters'), valueOf(biases, 'num_parameters'))];
}

/** The layers below a block that have some; undefined where parameters are shared between them. */
function leavesBelow(counting: Counting, module: Module, what: Total): readonly Draft[] | undefined {
  const found: Draft[] = [];
  if (isLayer(module)) return undefined;
  const visit = (each: Module): boolean => {
    if (isLayer(each)) {
      const leaf = counting.draft(each.path, what);
      if (leaf !== undefined && !isZero(leaf.formula)) found.push(leaf);
      return true;
    }
    if (overlapBelow(counting, each.path, what) !== undefined) return false;
    if (!isZero(ownFormula(counting, each, what))) {
      const { registered } = own(counting, each);
      if (what !== 'parameters' || registered.length === 0) return false;
      found.push(...registered);
    }
    return each.children.every((child) => {
      const next = counting.network.modules.get(child);
      return next === undefined || visit(next);
    });
  };
  return visit(module) ? found : undefined;
}

/** Whether people take a module as one layer, whatever it is made of. */
function isLayer({ children, layer }: Module): boolean {
  return children.length === 0 || (layer !== undefined && !layer.composite);
}
