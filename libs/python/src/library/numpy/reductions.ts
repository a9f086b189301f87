import { raise } from '../../objects/exceptions.js';
import type { PyValue, Runtime } from '../../objects/object.js';
import { asArray, GiveUp, NdArray, readAxis, unwrap } from './array.js';
import { BOOL, FLOAT64, INT64, scalarOf } from './dtypes.js';
import type { DType } from './dtypes.js';
import { PyList, PyTuple } from '../../objects/containers.js';

/** What a reduction makes of the numbers along an axis. */
interface Reduction {
  /** `inOrder`: the numbers lie one after the other, which NumPy adds up pairwise. */
  readonly apply: (values: readonly number[], fit: (value: number) => number, inOrder: boolean) => number;
  readonly type: (own: DType) => DType;
  /** What nothing at all gives; undefined where that is an error. */
  readonly empty: number | undefined;
}

const counted = (type: DType): DType => (type.kind === 'float' ? type : INT64);
const real = (type: DType): DType => (type.kind === 'float' ? type : FLOAT64);
const keep = (type: DType): DType => type;
const index = (): DType => INT64;
const bool = (): DType => BOOL;

/** NumPy's pairwise sum: blocks of up to 128 in eight running sums, larger runs halved. */
function pairwise(
  values: readonly number[],
  from: number,
  length: number,
  fit: (value: number) => number,
): number {
  const at = (offset: number): number => values[from + offset] ?? 0;
  if (length < 8) {
    let sum = length === 0 ? 0 : at(0);
    for (let offset = 1; offset < length; offset++) sum = fit(sum + at(offset));
    return sum;
  }
  if (length <= 128) {
    const sums = [0, 1, 2, 3, 4, 5, 6, 7].map(at);
    let offset = 8;
    for (; offset < length - (length % 8); offset += 8)
      for (let lane = 0; lane < 8; lane++) sums[lane] = fit((sums[lane] ?? 0) + at(offset + lane));
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = sums;
    let sum = fit(fit(fit(a + b) + fit(c + d)) + fit(fit(e + f) + fit(g + h)));
    for (; offset < length; offset++) sum = fit(sum + at(offset));
    return sum;
  }
  const half = Math.floor(length / 2);
  const left = half - (half % 8);
  return fit(pairwise(values, from, left, fit) + pairwise(values, from + left, length - left, fit));
}

function sum(values: readonly number[], fit: (value: number) => number, inOrder: boolean): number {
  if (inOrder) return pairwise(values, 0, values.length, fit);
  return values.reduce((total, value) => fit(total + value), 0);
}

function extreme(values: readonly number[], better: (a: number, b: number) => boolean): number {
  let best = 0;
  for (const [position, value] of values.entries()) {
    const current = values[best] ?? 0;
    if (Number.isNaN(current)) break;
    if (Number.isNaN(value) || better(value, current)) best = position;
  }
  return best;
}

const largest = (values: readonly number[]): number => extreme(values, (a, b) => a > b);
const smallest = (values: readonly number[]): number => extreme(values, (a, b) => a < b);

function variance(values: readonly number[], fit: (value: number) => number, inOrder: boolean): number {
  const mean = fit(sum(values, fit, inOrder) / values.length);
  const squares = values.map((value) => fit(fit(value - mean) ** 2));
  return fit(sum(squares, fit, inOrder) / values.length);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

export const REDUCTIONS: Readonly<Record<string, Reduction>> = {
  sum: { apply: sum, type: counted, empty: 0 },
  prod: { apply: (values, fit) => values.reduce((a, b) => fit(a * b), 1), type: counted, empty: 1 },
  mean: {
    apply: (values, fit, inOrder) => sum(values, fit, inOrder) / values.length,
    type: real,
    empty: NaN,
  },
  var: { apply: variance, type: real, empty: NaN },
  std: { apply: (values, fit, inOrder) => Math.sqrt(variance(values, fit, inOrder)), type: real, empty: NaN },
  median: { apply: median, type: real, empty: NaN },
  max: { apply: (values) => values[largest(values)] ?? 0, type: keep, empty: undefined },
  min: { apply: (values) => values[smallest(values)] ?? 0, type: keep, empty: undefined },
  ptp: {
    apply: (values) => (values[largest(values)] ?? 0) - (values[smallest(values)] ?? 0),
    type: keep,
    empty: undefined,
  },
  argmax: { apply: largest, type: index, empty: undefined },
  argmin: { apply: smallest, type: index, empty: undefined },
  any: { apply: (values) => Number(values.some((value) => value !== 0)), type: bool, empty: 0 },
  all: { apply: (values) => Number(values.every((value) => value !== 0)), type: bool, empty: 1 },
  count_nonzero: { apply: (values) => values.filter((value) => value !== 0).length, type: index, empty: 0 },
};

/** Reduces along an axis (None: all of them), keeping it with length one if asked. */
export function reduce(
  rt: Runtime,
  name: string,
  value: PyValue,
  axis: PyValue,
  keepDimensions: boolean,
): PyValue {
  const reduction = REDUCTIONS[name];
  if (reduction === undefined) throw new Error(`no such reduction: ${name}`);
  const array = asArray(rt, value);
  rt.step(Math.ceil(array.size / 8));
  const type = reduction.type(array.dtype);
  const apply = (values: readonly number[], inOrder: boolean): number => {
    if (values.length > 0) return type.fit(reduction.apply(values, type.fit, inOrder));
    return (
      reduction.empty ??
      raise('ValueError', `zero-size array to reduction operation ${name} which has no identity`)
    );
  };
  if (axis === null) {
    const whole = apply(array.values(), true);
    return keepDimensions
      ? new NdArray(
          [whole],
          array.shape.map(() => 1),
          type,
        )
      : scalarOf(type, whole);
  }
  if (axis instanceof PyTuple || axis instanceof PyList) {
    if (['mean', 'var', 'std', 'median', 'argmax', 'argmin'].includes(name) && axis.items.length > 1)
      throw new GiveUp(`numpy.${name} over several axes is not computed`);
    const axes = axis.items.map((item) => readAxis(rt, item, array.shape.length)).toSorted((a, b) => b - a);
    let result: PyValue = array;
    for (const each of axes) result = reduce(rt, name, result, BigInt(each), keepDimensions);
    return result;
  }
  return along(array, readAxis(rt, axis, array.shape.length), type, apply, keepDimensions);
}

function along(
  array: NdArray,
  axis: number,
  type: DType,
  apply: (values: readonly number[], inOrder: boolean) => number,
  keepDimensions: boolean,
): PyValue {
  const length = array.shape[axis] ?? 0;
  const stride = array.strides[axis] ?? 0;
  const without = <T>(list: readonly T[]): T[] => list.filter((_item, position) => position !== axis);
  const starts = array.view(without(array.shape), without(array.strides), array.offset).positions();
  const inOrder = axis === array.shape.length - 1;
  const values = starts.map((start) =>
    apply(
      Array.from({ length }, (_, step) => array.buffer[start + step * stride] ?? 0),
      inOrder,
    ),
  );
  const shape = keepDimensions
    ? array.shape.map((item, position) => (position === axis ? 1 : item))
    : without(array.shape);
  return unwrap(new NdArray(values, shape, type));
}

/** Deviations over one less than the number of values are not computed. */
export function withoutDegrees(name: string, ddof: PyValue | undefined): void {
  if (ddof !== undefined && ddof !== 0n)
    throw new GiveUp(`numpy.${name} with degrees of freedom is not computed`);
}

/** Running results along an axis (None: over all elements in order). */
export function accumulate(rt: Runtime, name: 'cumsum' | 'cumprod', value: PyValue, axis: PyValue): PyValue {
  const given = asArray(rt, value);
  const type = counted(given.dtype);
  const array = (axis === null ? given.reshaped([given.size]) : given).as(type);
  const at = axis === null ? 0 : readAxis(rt, axis, array.shape.length);
  const stride = array.strides[at] ?? 1;
  const length = array.shape[at] ?? 0;
  for (const [order, position] of array.positions().entries()) {
    if (Math.floor(order / stride) % length === 0) continue;
    const [before, own] = [array.buffer[position - stride] ?? 0, array.buffer[position] ?? 0];
    array.buffer[position] = type.fit(name === 'cumsum' ? before + own : before * own);
  }
  return array;
}
