import type * as tree from '../syntax/tree.js';
import { eachExpression, eachSubexpression } from '../syntax/walk.js';

/** Whether an expression suspends: has a `yield` or `await` outside inner functions. */
export function suspends(node: tree.Expression): boolean {
  if (node.kind === 'Yield' || node.kind === 'YieldFrom' || node.kind === 'Await') return true;
  if (node.kind === 'Lambda' || node.kind === 'GeneratorExp') return false;
  let found = false;
  eachSubexpression(node, (child) => {
    found ||= suspends(child);
  });
  return found;
}

/** Whether a statement's own expressions suspend. */
export function statementSuspends(node: tree.Statement): boolean {
  let found = false;
  eachExpression(node, (child) => {
    found ||= suspends(child);
  });
  return found;
}

/** An expression with its direct subexpressions replaced, in the order they are evaluated. */
export function replaceSubexpressions(
  node: tree.Expression,
  replace: (child: tree.Expression) => tree.Expression,
): tree.Expression {
  const maybe = (child: tree.Expression | undefined): tree.Expression | undefined => child && replace(child);
  switch (node.kind) {
    case 'Attribute':
    case 'Starred':
    case 'NamedExpr':
      return { ...node, value: replace(node.value) };
    case 'Subscript':
      return { ...node, value: replace(node.value), index: replace(node.index) };
    case 'Slice':
      return { ...node, lower: maybe(node.lower), upper: maybe(node.upper), step: maybe(node.step) };
    case 'Call':
      return {
        ...node,
        callee:
          node.callee.kind === 'Attribute'
            ? { ...node.callee, value: replace(node.callee.value) }
            : replace(node.callee),
        args: node.args.map((arg) =>
          arg.kind === 'Starred' ? { ...arg, value: replace(arg.value) } : replace(arg),
        ),
        keywords: node.keywords.map((keyword) => ({ ...keyword, value: replace(keyword.value) })),
      };
    case 'Tuple':
    case 'List':
    case 'Set':
      return {
        ...node,
        items: node.items.map((item) =>
          item.kind === 'Starred' ? { ...item, value: replace(item.value) } : replace(item),
        ),
      };
    case 'Dict':
      return {
        ...node,
        entries: node.entries.map(({ key, value }) => ({ key: maybe(key), value: replace(value) })),
      };
    case 'UnaryOp':
      return { ...node, operand: replace(node.operand) };
    case 'BinOp':
      return { ...node, left: replace(node.left), right: replace(node.right) };
    case 'Compare':
      return { ...node, left: replace(node.left), comparators: node.comparators.map(replace) };
    case 'JoinedStr':
      return {
        ...node,
        parts: node.parts.map((part) =>
          typeof part === 'string' ? part : { ...part, value: replace(part.value) },
        ),
      };
    default:
      return node;
  }
}
