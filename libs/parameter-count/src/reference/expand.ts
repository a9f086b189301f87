import { nodesOf, part, rewrite, type Formula } from '@tensormark/network';
import type { CountedNode, NodeId, Reference } from './reference.js';

/** Past this many nodes a formula is left as it is: nobody writes out more. */
const MOST_NODES = 2000;

/**
 * The formula with the parts that stand for other nodes written out by those nodes' own formulas, as far down as
 * `through` says: a total as the sum of its layers' formulas, a linear layer's with the size of what is flattened. Each
 * part keeps its name. Undefined where it grows past use.
 */
export function expand(
  reference: Reference,
  formula: Formula,
  through: (node: CountedNode) => boolean,
): Formula | undefined {
  const known = new Map<NodeId, Formula>();
  let size = 0;
  const expanded = (each: Formula): Formula =>
    rewrite(each, (node) => {
      if (node.kind !== 'part' || size > MOST_NODES) return undefined;
      const target = reference.nodes.get(node.name);
      if (target === undefined || target.measure === 'expression' || !through(target)) return undefined;
      let inside = known.get(target.id);
      if (inside === undefined) {
        inside = expanded(target.formula);
        known.set(target.id, inside);
      }
      for (const _ of nodesOf(inside)) size += 1;
      return part(target.id, inside);
    });
  const whole = expanded(formula);
  return size > MOST_NODES ? undefined : whole;
}

/** The node that another is nothing but: the only layer of a block. Each step goes to one that stands before. */
export function innermost({ nodes }: Reference, node: CountedNode): CountedNode {
  let found = node;
  while (found.formula.kind === 'part') {
    const inside = nodes.get(found.formula.name);
    if (inside === undefined || inside.measure === 'expression') break;
    found = inside;
  }
  return found;
}

/** A node's formula as one writes it: that of its only part, where it is nothing but that part. */
export function tellingFormula(reference: Reference, node: CountedNode): Formula {
  const { formula } = innermost(reference, node);
  return formula.kind === 'part' ? formula.of : formula;
}
