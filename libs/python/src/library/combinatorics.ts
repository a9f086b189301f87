import { iteratorType } from '../builtins/iteration.js';
import { PyTuple } from '../objects/containers.js';
import { raise } from '../objects/exceptions.js';
import type { PyClass, Runtime } from '../objects/object.js';
import { asInteger, rest } from '../operations/conversion.js';
import { checkLength, toArray } from '../operations/iteration.js';
import { stepping } from './stepping.js';

/** `itertools`' products, permutations and combinations. */

export const product = iteratorType('product(*iterables, repeat=1)', 'itertools', (rt, iterables, times) => {
  const once = rest(iterables).map((iterable) => toArray(rt, iterable));
  const turns = Number(asInteger(rt, times));
  if (turns < 0) return raise('ValueError', 'repeat argument cannot be negative');
  checkLength(rt, once.length * turns);
  const pools = once.length === 0 ? [] : Array.from({ length: turns }, () => once).flat();
  return stepping(function* steps(at) {
    const indices = pools.map(() => 0);
    if (pools.some((pool) => pool.length === 0)) return;
    for (;;) {
      at.step(indices.length / 8);
      at.allocate(indices.length * 8);
      yield new PyTuple(indices.map((index, position) => pools[position]?.[index] ?? null));
      let position = indices.length - 1;
      while (position >= 0) {
        const next = (indices[position] ?? 0) + 1;
        if (next < (pools[position]?.length ?? 0)) {
          indices[position] = next;
          break;
        }
        indices[position--] = 0;
      }
      if (position < 0) return;
    }
  });
});

/** Index tuples of a given length that `allowed` lets grow, in lexicographic order. */
function* arrangements(
  rt: Runtime,
  size: number,
  length: number,
  first: (indices: readonly number[]) => number,
  allowed: (indices: readonly number[], next: number) => boolean,
): Generator<readonly number[], void, undefined> {
  const indices: number[] = [];
  let next = 0;
  for (;;) {
    rt.step();
    if (indices.length === length) {
      yield indices;
      const last = indices.pop();
      if (last === undefined) return;
      next = last + 1;
      continue;
    }
    while (next < size && !allowed(indices, next)) {
      rt.step(1 + indices.length / 32);
      next++;
    }
    if (next < size) {
      indices.push(next);
      next = first(indices);
    } else {
      const last = indices.pop();
      if (last === undefined) return;
      next = last + 1;
    }
  }
}

function choosing(
  signature: string,
  repeats: boolean,
  first: (indices: readonly number[]) => number,
  allowed: (indices: readonly number[], next: number) => boolean,
): PyClass {
  return iteratorType(signature, 'itertools', (rt, iterable, r) => {
    const pool = toArray(rt, iterable);
    const length = r === null || r === undefined ? pool.length : Number(asInteger(rt, r));
    if (length < 0) return raise('ValueError', 'r must be non-negative');
    return stepping(function* steps(at) {
      if (length > pool.length && (!repeats || pool.length === 0)) return;
      for (const indices of arrangements(at, pool.length, length, first, allowed)) {
        at.allocate(indices.length * 8);
        at.step(indices.length / 8);
        yield new PyTuple(indices.map((index) => pool[index] ?? null));
      }
    });
  });
}

const last = (indices: readonly number[]): number => indices[indices.length - 1] ?? 0;
export const combinations = choosing(
  'combinations(iterable, r)',
  false,
  (indices) => last(indices) + 1,
  () => true,
);
export const withReplacement = choosing('combinations_with_replacement(iterable, r)', true, last, () => true);
export const permutations = choosing(
  'permutations(iterable, r=None)',
  false,
  () => 0,
  (indices, next) => !indices.includes(next),
);
