import { PyTuple } from '../objects/containers.js';
import type { PyValue } from '../objects/object.js';

/** Tuples of other lengths that one might be instead, where that hangs on what is not known: `return x, loss` and `return x`. */
const others = new WeakMap<PyTuple, PyTuple[]>();

export function keepOther(tuple: PyTuple, other: PyTuple): void {
  others.set(tuple, [...(others.get(tuple) ?? []), other, ...(others.get(other) ?? [])]);
}

/** What a function may give instead of a tuple, where a condition hangs on what is not known. */
export function keepOthers(tuple: PyValue, instead: readonly PyValue[]): void {
  if (!(tuple instanceof PyTuple)) return;
  for (const other of instead)
    if (other instanceof PyTuple && other.items.length !== tuple.items.length) keepOther(tuple, other);
}

/** The one of so many parts, where there is one. */
export function otherOf(tuple: PyTuple, count: number): PyTuple | undefined {
  return others.get(tuple)?.find(({ items }) => items.length === count);
}
