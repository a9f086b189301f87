import { isAlias, isNode, visit, type Document, type Node } from 'yaml';

/** What is wrong with an alias of a file, and where in the file it begins. */
export interface AliasFault {
  readonly offset: number;
  readonly message: string;
}

/**
 * Finds an alias that names nothing, or that stands within what it names and so has no end. An alias reads names given
 * before it alone, so that no other circle is possible.
 */
export function faultyAlias(document: Document): AliasFault | undefined {
  const named = new Map<string, Node>();
  let found: AliasFault | undefined;
  visit(document, {
    Node: (_key, node, path) => {
      if (!isAlias(node)) {
        if ('anchor' in node && node.anchor !== undefined) named.set(node.anchor, node);
        return undefined;
      }
      const { source } = node;
      const target = named.get(source);
      const message =
        target === undefined
          ? `*${source} stands for something named &${source} before it, and nothing is: put text that begins with * in quotes`
          : path.some((above) => above === target)
            ? `*${source} stands within &${source}, which it stands for, so there is no end to it: write out what is meant`
            : undefined;
      if (message === undefined) return undefined;
      found = { offset: node.range?.[0] ?? 0, message };
      return visit.BREAK;
    },
  });
  return found;
}

/** Where the first alias of a file begins. */
export function firstAlias(document: Document): number {
  let offset = 0;
  visit(document, {
    Alias: (_key, node) => {
      if (isNode(node)) offset = node.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return offset;
}
