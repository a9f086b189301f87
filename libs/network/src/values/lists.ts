/** Lists among sequences, which are otherwise tuples: PyTorch's words show a program's own brackets. */
const lists = new WeakSet<readonly unknown[]>();

/** Marks a sequence as a list. */
export function asList<T extends readonly unknown[]>(items: T): T {
  lists.add(items);
  return items;
}

export function isList(value: unknown): boolean {
  return Array.isArray(value) && lists.has(value);
}
