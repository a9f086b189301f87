import type { PyValue, Runtime } from '../objects/object.js';
import { lessThan } from '../operations/comparison.js';

/**
 * `sorted`: stable, by a key, in reverse keeping equal items in order. It asks only `<`, and for lists shorter than
 * 64 the very comparisons CPython makes, in their order: programs see them where they raise or print.
 */
export function sortValues(
  rt: Runtime,
  values: readonly PyValue[],
  key: PyValue,
  reverse: boolean,
): PyValue[] {
  const items = values.map((value) => ({ value, key: key === null ? value : rt.call(key, [value]) }));
  if (reverse) items.reverse();
  const sorted = mergeSort(rt, items);
  if (reverse) sorted.reverse();
  return sorted.map((item) => item.value);
}

interface Keyed {
  readonly value: PyValue;
  readonly key: PyValue;
}

const SHORT = 64;

function mergeSort(rt: Runtime, items: Keyed[]): Keyed[] {
  const width = runLength(items.length);
  for (let start = 0; start < items.length; start += width)
    sortRun(rt, items, start, Math.min(start + width, items.length));
  let source = items;
  for (let done = width; done < items.length; done *= 2) {
    const target: Keyed[] = [];
    for (let start = 0; start < items.length; start += done * 2) merge(rt, source, target, start, done);
    source = target;
  }
  return source;
}

/** The whole of a short list; of a longer one between 32 and 64, so that halves stay of like size. */
function runLength(length: number): number {
  let rest = length;
  let odd = 0;
  while (rest >= SHORT) {
    odd |= rest & 1;
    rest >>= 1;
  }
  return rest + odd;
}

/** Sorts a stretch in place: what is in order already stays, the rest is inserted by halving. */
function sortRun(rt: Runtime, items: Keyed[], from: number, to: number): void {
  for (let next = from + ordered(rt, items, from, to); next < to; next++) {
    const item = items[next];
    if (item === undefined) return;
    let low = from;
    let high = next;
    while (low < high) {
      const middle = low + ((high - low) >> 1);
      if (isLess(rt, item, items[middle])) high = middle;
      else low = middle + 1;
    }
    items.copyWithin(low + 1, low, next);
    items[low] = item;
  }
}

/** How many items from the start are in order; a strictly falling beginning is turned round first. */
function ordered(rt: Runtime, items: Keyed[], from: number, to: number): number {
  if (to - from < 2) return to - from;
  const falls = isLess(rt, items[from + 1], items[from]);
  let end = from + 2;
  while (end < to && isLess(rt, items[end], items[end - 1]) === falls) end++;
  if (falls) {
    const turned = items.slice(from, end).toReversed();
    for (const [at, item] of turned.entries()) items[from + at] = item;
  }
  return end - from;
}

function isLess(rt: Runtime, a: Keyed | undefined, b: Keyed | undefined): boolean {
  rt.step();
  return a !== undefined && b !== undefined && lessThan(rt, a.key, b.key);
}

function merge(rt: Runtime, source: readonly Keyed[], target: Keyed[], start: number, width: number): void {
  let left = start;
  let right = start + width;
  const middle = Math.min(right, source.length);
  const end = Math.min(start + width * 2, source.length);
  while (left < middle || right < end) {
    const a = left < middle ? source[left] : undefined;
    const b = right < end ? source[right] : undefined;
    if (a === undefined || isLess(rt, b, a)) {
      if (b !== undefined) target.push(b);
      right++;
    } else {
      target.push(a);
      left++;
    }
  }
}
