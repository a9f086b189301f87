import type { DType } from '@tensormark/network';
import { countOf, Elements, elementsOf, MOST_ELEMENTS } from './elements.js';

/** A tensor filled with one value. */
export function filled(shape: readonly number[], value: number, dtype: DType): Elements | undefined {
  const count = countOf(shape);
  if (shape.some((size) => size < 0)) return undefined;
  return count > MOST_ELEMENTS ? undefined : elementsOf(shape, new Float64Array(count).fill(value), dtype);
}

/** How many numbers `arange(start, end, step)` gives. */
export function rangeLength(start: number, end: number, step: number): number {
  return Math.max(0, Math.ceil((end - start) / step));
}

export function ranged(start: number, step: number, count: number, dtype: DType): Elements | undefined {
  if (count > MOST_ELEMENTS) return undefined;
  return elementsOf(
    [count],
    Float64Array.from({ length: count }, (_, at) => start + at * step),
    dtype,
  );
}

/** Evenly spaced values, ends included; computed from both ends as PyTorch does, so that the last one is exact. */
export function spaced(start: number, end: number, count: number, dtype: DType): Elements | undefined {
  if (count > MOST_ELEMENTS) return undefined;
  const step = count > 1 ? (end - start) / (count - 1) : 0;
  const half = count / 2;
  const values = Float64Array.from({ length: count }, (_, at) =>
    at < half ? start + step * at : end - step * (count - 1 - at),
  );
  return elementsOf([count], values, dtype);
}

export function identity(rows: number, columns: number, dtype: DType): Elements | undefined {
  if (rows * columns > MOST_ELEMENTS) return undefined;
  const values = new Float64Array(rows * columns);
  for (let at = 0; at < Math.min(rows, columns); at++) values[at * columns + at] = 1;
  return elementsOf([rows, columns], values, dtype);
}

/** Keeps the triangle on one side of a diagonal of the last two axes, zero elsewhere. */
export function triangle(of: Elements, diagonal: number, part: 'upper' | 'lower'): Elements {
  const values = of.toArray().slice();
  const columns = of.shape.at(-1) ?? 1;
  const rows = of.shape.at(-2) ?? 1;
  for (let at = 0; at < values.length; at++) {
    const distance = (at % columns) - (Math.floor(at / columns) % rows);
    if (part === 'upper' ? distance < diagonal : distance > diagonal) values[at] = 0;
  }
  return Elements.of(of.shape, values);
}
