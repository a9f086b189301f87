import { type Network, type Rational } from '@tensormark/network';
import {
  buildReference,
  PYTORCH,
  type Asked,
  type Convention,
  type What,
  type Reference,
  type ReferenceNode,
} from '../../src/index.js';

/** What is asked of one thing: one of its numbers, or its whole shape. */
export type Quantity = What | 'output-shape';

/** The reference of some quantities, each asked under its own text: `conv1 parameters`, `total parameters`. */
export function reference(
  network: Network,
  asks: readonly (readonly [of: string, quantity: Quantity])[],
  convention: Partial<Convention> = {},
): Reference {
  const building = buildReference(
    network,
    asks.map(([of, quantity]) => ({
      id: `${of === '' ? 'total' : of} ${quantity}`,
      says: 'What is asked',
      what: quantity,
      of: of === '' ? undefined : of,
    })),
    { ...PYTORCH, ...convention },
  );
  if (building.kind !== 'reference')
    throw new Error(
      JSON.stringify(building, (_, each: unknown) => (typeof each === 'bigint' ? String(each) : each)),
    );
  return building.reference;
}

export function nodeOf({ nodes }: Reference, id: string): ReferenceNode {
  const node = nodes.get(id);
  if (node === undefined) throw new Error(`there is no ${id}; there are ${[...nodes.keys()].join(', ')}`);
  return node;
}

export function whole({ numerator, denominator }: Rational): bigint {
  if (denominator !== 1n) throw new Error(`${numerator}/${denominator} is no whole number`);
  return numerator;
}

/** The value of one quantity. */
export function valueOf(
  network: Network,
  of: string,
  quantity: Quantity,
  convention: Partial<Convention> = {},
): bigint {
  const built = reference(network, [[of, quantity]], convention);
  const [asked] = [...built.asked.values()];
  return whole(nodeOf(built, asked?.nodes[0] ?? '').value);
}

/** The sizes of an output, in order. */
export function shapeOf(network: Network, of: string): readonly bigint[] {
  const built = reference(network, [[of, 'output-shape']]);
  const nodes: Asked['nodes'] | undefined = [...built.asked.values()][0]?.nodes;
  return (nodes ?? []).map((id) => whole(nodeOf(built, id).value));
}
