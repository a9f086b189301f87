import type { tree } from '@tensormark/python';

/** The factors of a product as it is written, whatever signs stand before them. */
export function factorsOf(node: tree.Expression): readonly tree.Expression[] {
  if (node.kind === 'UnaryOp') return factorsOf(node.operand);
  if (node.kind !== 'BinOp' || node.operator !== '*') return [node];
  return [...factorsOf(node.left), ...factorsOf(node.right)];
}
