import type { tree } from '@tensormark/python';

export interface Term {
  readonly sign: 1 | -1;
  readonly node: tree.Expression;
}

const DEEPEST = 8;

/**
 * The terms of a sum with their signs, at most eight sums and names deep. `standsFor` gives what an expression
 * stands for, such as the sum that a name was given.
 */
export function termsOf(
  node: tree.Expression,
  standsFor: (node: tree.Expression) => tree.Expression = (itself) => itself,
  sign: Term['sign'] = 1,
  depth = 0,
): readonly Term[] {
  const sum = standsFor(node);
  const at = sum === node ? depth : depth + 1;
  if (sum.kind !== 'BinOp' || (sum.operator !== '+' && sum.operator !== '-') || at >= DEEPEST)
    return [{ sign, node }];
  const right = sum.operator === '+' ? sign : sign === 1 ? -1 : 1;
  return [...termsOf(sum.left, standsFor, sign, at + 1), ...termsOf(sum.right, standsFor, right, at + 1)];
}
