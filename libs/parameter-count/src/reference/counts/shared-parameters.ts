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
  const sized = (shape: readonly number[], more: number): Formula => {
    const size = product(...shape.map((each) => quantity('elements', each)));
    return more === 1 ? size : product(literal(more), size);
  };
  const terms = sharedBelow(counting, of, what).map(({ parameter, more }) => sized(parameter.shape, more));
  const statistics =
    what === 'statistics' ||
    (convention.statistics === 'counted' && (what === 'parameters' || what === 'non-trainable-parameters'));
  if (statistics) {
    for (const { names, role, shape } of network.buffers)
      if (names.length > 1 && role === 'statistic' && holdersBelow(names, of) > 1)
        terms.push(sized(shape, holdersBelow(names, of) - 1));
  }
  return terms.length === 0 ? undefined : sum(...terms);
}

/** The parameters that the parts of a block share, each with how often more than once they count it. */
export function sharedBelow(
  counting: Counting,
  of: string,
  what: Total,
): readonly { readonly parameter: Parameter; readonly more: number }[] {
  if (what === 'statistics') return [];
  return counting.network.parameters.flatMap((parameter) => {
    const more = holdersBelow(parameter.names, of) - 1;
    return more < 1 || !belongs(counting, parameter, what) ? [] : [{ parameter, more }];
  });
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
