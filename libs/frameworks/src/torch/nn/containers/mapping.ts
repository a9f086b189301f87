import { getAttribute, PyDict, PyTuple, findAttribute, toArray, getItem } from '@tensormark/python';
import type { PyValue, Runtime } from '@tensormark/python';

/** The pairs of a mapping or of an iterable of pairs, as the `update` of PyTorch's dict containers takes them. */
export function pairsOf(rt: Runtime, value: PyValue): (readonly [PyValue, PyValue])[] {
  if (value instanceof PyDict) return [...value.entries()].map(({ key, value: item }) => [key, item]);
  if (findAttribute(rt, value, 'items') !== undefined)
    return toArray(rt, rt.call(getAttribute(rt, value, 'items'), [])).map((pair) => splitPair(rt, pair));
  return toArray(rt, value).map((pair) => splitPair(rt, pair));
}

function splitPair(rt: Runtime, pair: PyValue): readonly [PyValue, PyValue] {
  if (pair instanceof PyTuple) return [pair.items[0] ?? null, pair.items[1] ?? null];
  return [getItem(rt, pair, 0n), getItem(rt, pair, 1n)];
}
