import type { tree } from '@tensormark/python';

/** What a target is made of, tuples and stars taken apart: `a`, `b.c` and `d` of `a, b.c, *d`. */
export function leavesOf(target: tree.Expression): tree.Expression[] {
  if (target.kind === 'Starred') return leavesOf(target.value);
  if (target.kind === 'Tuple' || target.kind === 'List')
    return target.items.flatMap((item) => leavesOf(item));
  return [target];
}

/** What a node of the tree gives values to: assignments, loops, comprehensions and contexts alike. */
export function targetsAt(node: tree.Expression | tree.Statement): readonly tree.Expression[] {
  switch (node.kind) {
    case 'Assign':
      return node.targets;
    case 'AugAssign':
    case 'AnnAssign':
    case 'For':
    case 'NamedExpr':
      return [node.target];
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
    case 'GeneratorExp':
      return node.clauses.map(({ target }) => target);
    case 'With':
      return node.items.flatMap(({ target }) => (target === undefined ? [] : [target]));
    default:
      return NONE;
  }
}

/** Most nodes give nothing a value, and are asked all the same. */
const NONE: readonly never[] = [];

/** The plain names that a node gives values to, each where it stands. */
export function namesGivenAt(node: tree.Expression | tree.Statement): readonly tree.Name[] {
  const targets = targetsAt(node);
  if (targets.length === 0) return NONE;
  return targets.flatMap((target) => leavesOf(target)).filter((leaf) => leaf.kind === 'Name');
}

/** What is given to one target. */
export interface Given {
  readonly target: tree.Expression;
  readonly value: tree.Expression;
}

/** What an assignment gives to each of its targets: `a, b = x, y` gives two values, one each. */
export function givenIn(statement: tree.Statement): readonly Given[] {
  if (statement.kind !== 'Assign') return NONE;
  const { value } = statement;
  return statement.targets.flatMap((target): Given[] => {
    const items = partsOf(target);
    const values = partsOf(value);
    if (items === undefined || values === undefined || items.length !== values.length)
      return [{ target, value }];
    return items.flatMap((item, at): Given[] => {
      const given = values[at];
      return given === undefined ? [] : [{ target: item, value: given }];
    });
  });
}

/** The items of a tuple or list that has no star in it. */
function partsOf(node: tree.Expression): readonly tree.Expression[] | undefined {
  if (node.kind !== 'Tuple' && node.kind !== 'List') return undefined;
  return node.items.some(({ kind }) => kind === 'Starred') ? undefined : node.items;
}
