import { parts } from '@tensormark/arithmetic';
import { nodesOf, type Formula } from '@tensormark/network';
import { tellingFormula, type NodeId, type Reference, type ReferenceNode } from '@tensormark/parameter-count';

/**
 * The nodes whose values are written down on the way to some, themselves included, each behind those it rests on. What
 * their formulas write out themselves, such as the weights of one filter, is no number on the way.
 */
export function valuesUsed(reference: Reference, ids: readonly NodeId[]): readonly NodeId[] {
  const used = new Set<NodeId>();
  const open = [...ids];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = reference.nodes.get(id);
    if (node === undefined || used.has(id)) continue;
    used.add(id);
    // A block of one layer is that layer's number, unless it is what is asked.
    if (node.measure !== 'expression' && node.formula.kind === 'part' && !ids.includes(id))
      open.push(node.formula.name);
    else open.push(...usedBy(node, reference));
  }
  return [...reference.nodes.keys()].filter((id) => used.has(id));
}

function usedBy(node: ReferenceNode, reference: Reference): readonly NodeId[] {
  if (node.measure === 'expression')
    return parts(node.expression).flatMap((part) => (part.kind === 'name' ? [part.name] : []));
  return [...nodesOf(tellingFormula(reference, node))].flatMap(({ node: part }) =>
    part.kind === 'part' && isValue(part.of) ? [part.name] : [],
  );
}

/** Whether a formula is a number and no calculation. */
function isValue(formula: Formula): boolean {
  switch (formula.kind) {
    case 'literal':
    case 'quantity':
      return true;
    case 'quotient':
      return isValue(formula.numerator) && formula.denominator.kind === 'literal';
    default:
      return false;
  }
}
