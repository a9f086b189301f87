import type { DType } from '@tensormark/network';
import { castInPlace, countOf, Elements } from './elements.js';
import { permuted } from './views.js';

/** How a row of elements becomes one. */
export const REDUCTIONS = {
  sum: (row: Float64Array) => row.reduce((a, b) => a + b, 0),
  prod: (row: Float64Array) => row.reduce((a, b) => a * b, 1),
  mean: (row: Float64Array) => row.reduce((a, b) => a + b, 0) / row.length,
  amax: (row: Float64Array) => row.reduce((a, b) => Math.max(a, b), -Infinity),
  amin: (row: Float64Array) => row.reduce((a, b) => Math.min(a, b), Infinity),
  argmax: (row: Float64Array) =>
    row.reduce((best, value, at) => (value > (row[best] ?? -Infinity) ? at : best), 0),
  argmin: (row: Float64Array) =>
    row.reduce((best, value, at) => (value < (row[best] ?? Infinity) ? at : best), 0),
  all: (row: Float64Array) => Number(row.every((value) => value !== 0)),
  any: (row: Float64Array) => Number(row.some((value) => value !== 0)),
  count_nonzero: (row: Float64Array) => row.filter((value) => value !== 0).length,
  median: (row: Float64Array) => row.toSorted()[(row.length - 1) >> 1] ?? Number.NaN,
  norm: (row: Float64Array) => Math.sqrt(row.reduce((a, b) => a + b * b, 0)),
} as const satisfies Record<string, (row: Float64Array) => number>;

export type ReductionName = keyof typeof REDUCTIONS;

/** Sample variance with `correction` taken off the count. */
export function variance(correction: number): (row: Float64Array) => number {
  return (row) => {
    const mean = REDUCTIONS.mean(row);
    return (
      row.reduce((total, value) => total + (value - mean) ** 2, 0) / Math.max(row.length - correction, 0)
    );
  };
}

/** Reduces some axes (all of them if none is given); the result has the shape the caller worked out. */
export function reduceElements(
  of: Elements,
  axes: readonly number[],
  shape: readonly number[],
  reduce: (row: Float64Array) => number,
  dtype: DType,
): Elements | undefined {
  const reduced = axes.length === 0 ? of.shape.map((_, axis) => axis) : axes;
  const kept = of.shape.map((_, axis) => axis).filter((axis) => !reduced.includes(axis));
  const values = permuted(of, [...kept, ...reduced]).toArray();
  const size = countOf(reduced.map((axis) => of.shape[axis] ?? 1));
  const result = new Float64Array(countOf(shape));
  for (let at = 0; at < result.length; at++) result[at] = reduce(values.subarray(at * size, (at + 1) * size));
  return castInPlace(result, dtype) ? Elements.of(shape, result) : undefined;
}

/** Replaces every row along an axis by another of `length` elements (cumulative sums, sorting, differences, ...). */
export function mapRows(
  of: Elements,
  axis: number,
  change: (row: Float64Array) => Float64Array,
  dtype: DType,
): Elements | undefined {
  const others = of.shape.map((_, at) => at).filter((at) => at !== axis);
  const order = [...others, axis];
  const values = permuted(of, order).toArray();
  const size = of.shape[axis] ?? 1;
  const rows: Float64Array[] = [];
  for (let at = 0; at < countOf(others.map((other) => of.shape[other] ?? 1)); at++)
    rows.push(change(values.subarray(at * size, (at + 1) * size)));
  const length = rows[0]?.length ?? 0;
  const result = new Float64Array(rows.length * length);
  for (const [at, row] of rows.entries()) result.set(row, at * length);
  if (!castInPlace(result, dtype)) return undefined;
  const moved = Elements.of([...others.map((other) => of.shape[other] ?? 1), length], result);
  const back = of.shape.map((_, at) => order.indexOf(at));
  return permuted(moved, back);
}

export function cumulative(combine: (a: number, b: number) => number): (row: Float64Array) => Float64Array {
  return (row) => {
    const result = row.slice();
    for (let at = 1; at < result.length; at++) result[at] = combine(result[at - 1]!, result[at]!);
    return result;
  };
}

export function differences(row: Float64Array): Float64Array {
  return row.subarray(1).map((value, at) => value - row[at]!);
}
