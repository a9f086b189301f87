import { literal, product, quantity, sum, type Formula, type Parameter } from '@tensormark/network';
import type { What } from '../what.js';
import type { Counting } from './count.js';
import { hasSwitch } from './own-parameters.js';

/** What a module and all below it add up. */
export type Total = Extract<
  What,
  'parameters' | 'trainable-parameters' | 'non-trainable-parameters' | 'statistics' | 'weights' | 'biases'
>;

/**
 * What the parts of a block count more than once of a total, because they share it: a decoder that uses the embedding's
 * weights. Undefined where they share nothing.
 */
export function overlapBelow(counting: Counting, of: string, what: Total): Formula | undefined {
  const { network, convention } = counting;
  const terms: Formula[] = [];
  const add = (names: readonly string[], shape: readonly number[]): void => {
    const more = holdersBelow(names, of) - 1;
    if (more < 1) return;
    const size = product(...shape.map((each) => quantity('elements', each)));
    terms.push(more === 1 ? size : product(literal(more), size));
  };
  if (what !== 'statistics') {
    for (const parameter of network.parameters)
      if (parameter.names.length > 1 && belongs(counting, parameter, what))
        add(parameter.names, parameter.shape);
  }
  const statistics =
    what === 'statistics' ||
    (convention.statistics === 'counted' && (what === 'parameters' || what === 'non-trainable-parameters'));
  if (statistics) {
    for (const { names, role, shape } of network.buffers)
      if (names.length > 1 && role === 'statistic') add(names, shape);
  }
  return terms.length === 0 ? undefined : sum(...terms);
}

/** How many parts of a block (its children, and it itself) a shared parameter is a part of. */
function holdersBelow(names: readonly string[], of: string): number {
  const parts = new Set<string>();
  for (const name of names) {
    if (of !== '' && !name.startsWith(`${of}.`)) continue;
    const inside = of === '' ? name : name.slice(of.length + 1);
    const dot = inside.indexOf('.');
    parts.add(dot < 0 ? '' : inside.slice(0, dot));
  }
  return parts.size;
}

function belongs({ network, convention }: Counting, parameter: Parameter, what: Total): boolean {
  const { role, trainable, names } = parameter;
  if (role === 'bias' && convention.bias === 'without') {
    const [name = ''] = names;
    const dot = name.lastIndexOf('.');
    const layer = network.modules.get(dot < 0 ? '' : name.slice(0, dot))?.layer;
    if (layer === undefined || hasSwitch(layer)) return false;
  }
  switch (what) {
    case 'weights':
      return role === 'weight';
    case 'biases':
      return role === 'bias';
    case 'trainable-parameters':
      return trainable;
    case 'non-trainable-parameters':
      return !trainable;
    case 'parameters':
    case 'statistics':
      return true;
  }
}
