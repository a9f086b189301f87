import type { NativeImplementation } from '../../native/functions.js';
import { ABSENT } from '../../objects/classes.js';
import { raise } from '../../objects/exceptions.js';
import type { PyValue, Runtime } from '../../objects/object.js';
import { PyTuple } from '../../objects/containers.js';
import { asNumber } from '../../operations/conversion.js';
import { asArray, GiveUp, makeArray, MAX_ELEMENTS, NdArray, readLength, readShape } from './array.js';
import { FLOAT64, INT64, numberOf, readDType } from './dtypes.js';

function filled(value: number): NativeImplementation {
  return (rt, shape, dtype) =>
    makeArray(rt, readShape(rt, shape ?? null), readDType(rt, dtype ?? null) ?? FLOAT64, () => value);
}

/** `np.ndarray(shape)`: an array of which no more than its shape and type is said. */
export function uninitialised(rt: Runtime, shape: PyValue, dtype: PyValue): NdArray {
  return makeArray(rt, readShape(rt, shape), readDType(rt, dtype) ?? FLOAT64, () => 0);
}

function filledLike(value: number): NativeImplementation {
  return (rt, other, dtype) => {
    const array = asArray(rt, other ?? null);
    return makeArray(rt, array.shape, readDType(rt, dtype ?? null) ?? array.dtype, () => value);
  };
}

function arange(rt: Runtime, start: PyValue, stop: PyValue, step: PyValue, dtype: PyValue): PyValue {
  const given = stop === null || stop === ABSENT ? [0n, start] : [start, stop];
  const [from, to, by] = [...given, step].map(
    (value) => numberOf(value ?? null) ?? asNumber(rt, value ?? null),
  );
  if (from === undefined || to === undefined || by === undefined) throw new GiveUp('a range without numbers');
  if (by === 0) return raise('ZeroDivisionError', 'division by zero');
  const whole = [...given, step].every((value) => typeof value === 'bigint' || typeof value === 'boolean');
  const type = readDType(rt, dtype) ?? (whole ? INT64 : FLOAT64);
  const length = Math.max(0, Math.ceil((to - from) / by));
  if (length > MAX_ELEMENTS) throw new GiveUp(`an array of ${length} elements is not computed`);
  const delta = from + by - from;
  return makeArray(rt, [length], type, (index) =>
    index === 0 ? from : index === 1 ? from + by : from + index * delta,
  );
}

function linspace(
  rt: Runtime,
  start: PyValue,
  stop: PyValue,
  count: PyValue,
  endpoint: boolean,
  withStep: boolean,
  dtype: PyValue,
): PyValue {
  const [from, to] = [asNumber(rt, start), asNumber(rt, stop)];
  const length = readLength(rt, count);
  if (length < 0) return raise('ValueError', `Number of samples, ${length}, must be non-negative.`);
  const gaps = endpoint ? length - 1 : length;
  const step = gaps > 0 ? (to - from) / gaps : NaN;
  const type = readDType(rt, dtype) ?? FLOAT64;
  const array = makeArray(rt, [length], type, (index) => {
    const value =
      endpoint && length > 1 && index === length - 1
        ? to
        : step === 0
          ? (index / gaps) * (to - from) + from
          : (gaps > 0 ? index * step : 0) + from;
    return type.kind === 'integer' ? Math.floor(value) : value;
  });
  return withStep ? new PyTuple([array, step]) : array;
}

function array(copy: boolean): NativeImplementation {
  return (rt, value, dtype) => {
    const made = asArray(rt, value ?? null, readDType(rt, dtype ?? null));
    return copy && made === value ? made.as(made.dtype) : made;
  };
}

/** Functions that make arrays. */
export const creation: Record<string, NativeImplementation> = {
  'array(object, dtype=None, *, copy=True, ndmin=0)': array(true),
  'asarray(a, dtype=None)': array(false),
  'ascontiguousarray(a, dtype=None)': array(false),
  'asfarray(a, dtype=None)': (rt, value) => asArray(rt, value ?? null, FLOAT64),
  'copy(a)': (rt, value) => {
    const made = asArray(rt, value ?? null);
    return made.as(made.dtype);
  },
  'zeros(shape, dtype=None)': filled(0),
  'empty(shape, dtype=None)': filled(0),
  'ones(shape, dtype=None)': filled(1),
  'zeros_like(a, dtype=None)': filledLike(0),
  'empty_like(a, dtype=None)': filledLike(0),
  'ones_like(a, dtype=None)': filledLike(1),
  'full(shape, fill_value, dtype=None)': (rt, shape, value, dtype) => {
    const one = asArray(rt, value ?? null, readDType(rt, dtype ?? null));
    if (one.shape.length > 0) throw new GiveUp('an array filled with an array is not read');
    const number = one.values()[0] ?? 0;
    return makeArray(rt, readShape(rt, shape ?? null), one.dtype, () => number);
  },
  'full_like(a, fill_value, dtype=None)': (rt, other, value, dtype) => {
    const like = asArray(rt, other ?? null);
    const number = asNumber(rt, value ?? null);
    return makeArray(rt, like.shape, readDType(rt, dtype ?? null) ?? like.dtype, () => number);
  },
  'eye(N, M=None, k=0, dtype=None)': (rt, rows, columns, diagonal, dtype) => {
    const height = readLength(rt, rows ?? null);
    const width = columns === null || columns === undefined ? height : readLength(rt, columns);
    const shift = readLength(rt, diagonal ?? 0n);
    return makeArray(rt, [height, width], readDType(rt, dtype ?? null) ?? FLOAT64, (index) =>
      Number((index % width) - Math.floor(index / width) === shift),
    );
  },
  'identity(n, dtype=None)': (rt, size, dtype) => {
    const length = readLength(rt, size ?? null);
    return makeArray(rt, [length, length], readDType(rt, dtype ?? null) ?? FLOAT64, (index) =>
      Number(index % length === Math.floor(index / length)),
    );
  },
  'arange(start, stop=None, step=1, dtype=None)': (rt, start, stop, step, dtype) =>
    arange(rt, start ?? null, stop ?? null, step ?? 1n, dtype ?? null),
  'linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None)': (
    rt,
    start,
    stop,
    count,
    endpoint,
    withStep,
    dtype,
  ) =>
    linspace(
      rt,
      start ?? null,
      stop ?? null,
      count ?? null,
      rt.truth(endpoint ?? true),
      rt.truth(withStep ?? false),
      dtype ?? null,
    ),
  'logspace(start, stop, num=50, endpoint=True, base=10.0)': (rt, start, stop, count, endpoint, base) => {
    const exponents = linspace(
      rt,
      start ?? null,
      stop ?? null,
      count ?? null,
      rt.truth(endpoint ?? true),
      false,
      null,
    );
    const root = asNumber(rt, base ?? 10);
    const values = exponents instanceof NdArray ? exponents.values() : [];
    return new NdArray(
      values.map((exponent) => root ** exponent),
      [values.length],
      FLOAT64,
    );
  },
};
