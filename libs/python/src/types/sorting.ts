import type { PyValue, Runtime } from '../objects/object.js';
import { lessThan } from '../operations/comparison.js';

/** `sorted`: stable, by a key, in reverse keeping equal items in order; a merge sort that asks only `<`. */
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

function mergeSort(rt: Runtime, items: Keyed[]): Keyed[] {
  let source = items;
  for (let width = 1; width < items.length; width *= 2) {
    const target: Keyed[] = [];
    for (let start = 0; start < items.length; start += width * 2) merge(rt, source, target, start, width);
    source = target;
  }
  return source;
}

function merge(rt: Runtime, source: readonly Keyed[], target: Keyed[], start: number, width: number): void {
  let left = start;
  let right = start + width;
  const middle = Math.min(right, source.length);
  const end = Math.min(start + width * 2, source.length);
  while (left < middle || right < end) {
    const a = left < middle ? source[left] : undefined;
    const b = right < end ? source[right] : undefined;
    rt.step();
    if (a === undefined || (b !== undefined && lessThan(rt, b.key, a.key))) {
      if (b !== undefined) target.push(b);
      right++;
    } else {
      target.push(a);
      left++;
    }
  }
}
