import { Span } from '@tensormark/python';
import type { tree } from '@tensormark/python';

/** Any node of the tree, as the generic walk meets it. */
export interface AnyNode {
  readonly kind: string;
}

function isNode(value: object): value is AnyNode {
  return 'kind' in value && typeof value.kind === 'string';
}

const walked = new WeakMap<object, readonly (tree.Expression | tree.Statement)[]>();

/**
 * Calls `visit` with every node below (and at) `root`; the tree is plain data, so that all are walked alike. Of statements with
 * others in them, and of lists of statements, which one check after another walks, the nodes are kept.
 */
export function eachNode(root: object, visit: (node: tree.Expression | tree.Statement) => void): void {
  let nodes = walked.get(root);
  if (nodes === undefined) {
    nodes = nodesBelow(root);
    if (Array.isArray(root) || holdsStatements(root)) walked.set(root, nodes);
  }
  for (const node of nodes) visit(node);
}

function holdsStatements(root: object): boolean {
  return 'body' in root && Array.isArray(root.body);
}

function nodesBelow(root: object): readonly (tree.Expression | tree.Statement)[] {
  const nodes: (tree.Expression | tree.Statement)[] = [];
  const pending: unknown[] = [root];
  while (pending.length > 0) {
    const next = pending.pop();
    if (typeof next !== 'object' || next === null) continue;
    if (isNode(next)) nodes.push(next as tree.Expression | tree.Statement);
    const parts: readonly unknown[] = Array.isArray(next) ? next : Object.values(next);
    for (let at = parts.length - 1; at >= 0; at--) {
      const part = parts[at];
      // Most of what a node has is no node: words, numbers, and the places where things stand.
      if (typeof part === 'object' && part !== null && !(part instanceof Span)) pending.push(part);
    }
  }
  return nodes;
}

/** Names that a piece of the tree speaks of. */
export function namesIn(root: object): ReadonlySet<string> {
  const names = new Set<string>();
  eachNode(root, (node) => {
    if (node.kind === 'Name') names.add(node.id);
    if (node.kind === 'Attribute') names.add(node.attribute);
  });
  return names;
}
