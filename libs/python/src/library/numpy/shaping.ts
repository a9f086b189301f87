import type { NativeImplementation } from '../../native/functions.js';
import { PyList, PyTuple } from '../../objects/containers.js';
import { raise } from '../../objects/exceptions.js';
import type { PyValue, Runtime } from '../../objects/object.js';
import { asString } from '../../operations/conversion.js';
import { isOpenAndEmpty } from '../../operations/open-lists.js';
import { toArray } from '../../operations/iteration.js';
import { asArray, checkSize, GiveUp, NdArray, readAxis, readShape, unwrap } from './array.js';
import { applyBinary, BINARY, broadcastShapes, broadcastTo } from './elementwise.js';
import { BOOL, INT64, promote } from './dtypes.js';
import { reduce } from './reductions.js';
import { reshape, transposed } from './indexing.js';

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

/** Each entry along an axis several times over; without an axis those of the array as one row. */
function repeated(
  rt: Runtime,
  array: NdArray,
  times: PyValue | undefined,
  axis: PyValue | undefined,
): NdArray {
  const flat = axis === undefined || axis === null;
  const shape = flat ? [array.size] : array.shape;
  const along = flat ? 0 : readAxis(rt, axis, shape.length);
  const length = shape[along] ?? 1;
  const given = asArray(rt, times ?? null);
  if (given.dtype.kind === 'float' && times instanceof NdArray)
    return raise(
      'TypeError',
      "Cannot cast array data from dtype('float64') to dtype('int64') according to the rule 'safe'",
    );
  // What is no whole number is cut.
  const counts = given.values().map(Math.trunc);
  if (counts.some((count) => count < 0))
    return raise('ValueError', 'repeats may not contain negative values.');
  if (counts.length !== 1 && counts.length !== length)
    return raise(
      'ValueError',
      `operands could not be broadcast together with shape (${length},) (${counts.length},)`,
    );
  const total = counts.reduce((sum, count) => sum + count, 0) * (counts.length === 1 ? length : 1);
  checkSize(rt, [array.size, Math.ceil(total / Math.max(length, 1))]);
  const order = range(length).flatMap((index) =>
    Array.from({ length: counts[counts.length === 1 ? 0 : index] ?? 0 }, () => index),
  );
  return taken(rt, flat ? array.reshaped(shape) : array, along, order);
}

/** Entries along an axis by their places in it. */
function taken(rt: Runtime, array: NdArray, along: number, order: readonly number[]): NdArray {
  const { shape } = array;
  const length = shape[along] ?? 1;
  const outer = shape.slice(0, along).reduce((product, size) => product * size, 1);
  const inner = shape.slice(along + 1).reduce((product, size) => product * size, 1);
  checkSize(rt, [outer, order.length, inner]);
  const values = array.values();
  return new NdArray(
    range(outer).flatMap((block) =>
      order.flatMap((index) =>
        values.slice((block * length + index) * inner, (block * length + index + 1) * inner),
      ),
    ),
    [...shape.slice(0, along), order.length, ...shape.slice(along + 1)],
    array.dtype,
  );
}

/** Arrays one after the other along an axis. */
export function concatenate(rt: Runtime, arrays: readonly NdArray[], axis: number): NdArray {
  const [first] = arrays;
  if (first === undefined) return raise('ValueError', 'need at least one array to concatenate');
  for (const array of arrays) {
    const fits =
      array.shape.length === first.shape.length &&
      array.shape.every((length, each) => each === axis || length === first.shape[each]);
    if (!fits)
      raise(
        'ValueError',
        'all the input array dimensions except for the concatenation axis must match exactly',
      );
  }
  const type = arrays.map((array) => array.dtype).reduce(promote);
  const order = [axis, ...range(first.shape.length).filter((each) => each !== axis)];
  const values = arrays.flatMap((array) => transposed(array, order).values());
  const total = arrays.reduce((sum, array) => sum + (array.shape[axis] ?? 0), 0);
  const shape = [total, ...first.shape.filter((_length, each) => each !== axis)];
  rt.step(Math.ceil(values.length / 8));
  const back = range(order.length).map((each) => order.indexOf(each));
  const whole = new NdArray(values.map(type.fit), shape, type);
  const result = transposed(whole, back);
  return new NdArray(result.values(), result.shape, type);
}

function stack(rt: Runtime, arrays: readonly NdArray[], axis: PyValue): NdArray {
  const [first] = arrays;
  if (first === undefined) return raise('ValueError', 'need at least one array to stack');
  if (arrays.some((array) => array.shape.join() !== first.shape.join()))
    return raise('ValueError', 'all input arrays must have the same shape');
  const at = readAxis(rt, axis, first.shape.length + 1);
  return concatenate(
    rt,
    arrays.map((array) => array.reshaped(inserted(array.shape, at))),
    at,
  );
}

function inserted(shape: readonly number[], axis: number): number[] {
  return [...shape.slice(0, axis), 1, ...shape.slice(axis)];
}

function listOf(rt: Runtime, value: PyValue): NdArray[] {
  if (isOpenAndEmpty(value)) throw new GiveUp('the arrays of a list of which nobody knows what it holds');
  return toArray(rt, value).map((item) => asArray(rt, item));
}

function atLeast(array: NdArray, dimensions: 1 | 2): NdArray {
  if (array.shape.length >= dimensions) return array;
  return array.reshaped(dimensions === 1 ? [1] : [1, array.size]);
}

export function transpose(rt: Runtime, array: NdArray, axes: PyValue): NdArray {
  const order =
    axes === null
      ? range(array.shape.length).toReversed()
      : toArray(rt, axes).map((axis) => readAxis(rt, axis, array.shape.length));
  return new Set(order).size === array.shape.length && order.length === array.shape.length
    ? transposed(array, order)
    : raise('ValueError', "axes don't match array");
}

export function squeeze(rt: Runtime, array: NdArray, axis: PyValue): NdArray {
  const axes =
    axis === null
      ? range(array.shape.length).filter((each) => array.shape[each] === 1)
      : (axis instanceof PyTuple ? axis.items : [axis]).map((each) => readAxis(rt, each, array.shape.length));
  if (axes.some((each) => array.shape[each] !== 1))
    return raise('ValueError', 'cannot select an axis to squeeze out which has size not equal to one');
  const kept = range(array.shape.length).filter((each) => !axes.includes(each));
  return transposed(array, kept);
}

/** Matrix product of arrays of one or two dimensions. */
export function matmul(rt: Runtime, a: NdArray, b: NdArray): PyValue {
  if (a.shape.length === 0 || b.shape.length === 0 || a.shape.length > 2 || b.shape.length > 2)
    throw new GiveUp('products of arrays of these dimensions are not computed');
  const left = a.shape.length === 1 ? a.reshaped([1, a.size]) : a;
  const right = b.shape.length === 1 ? b.reshaped([b.size, 1]) : b;
  const [rows = 0, inner = 0] = left.shape;
  const [other = 0, columns = 0] = right.shape;
  if (inner !== other) {
    return raise(
      'ValueError',
      `matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size ${other} is different from ${inner})`,
    );
  }
  const type = promote(a.dtype, b.dtype);
  if (type.kind === 'float' && inner > 4) throw new GiveUp('how a long product is rounded is not known here');
  rt.step(rows * columns * inner);
  const [xs, ys] = [left.values(), right.values()];
  const values: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let at = 0; at < inner; at++)
        sum = type.fit(sum + type.fit((xs[row * inner + at] ?? 0) * (ys[at * columns + column] ?? 0)));
      values.push(sum);
    }
  }
  const shape = [...(a.shape.length === 1 ? [] : [rows]), ...(b.shape.length === 1 ? [] : [columns])];
  return unwrap(new NdArray(values, shape, type));
}

function sortedOrder(values: readonly number[]): number[] {
  const rank = (value: number): number => (Number.isNaN(value) ? Infinity : value);
  return range(values.length).toSorted((a, b) => {
    const [x, y] = [rank(values[a] ?? 0), rank(values[b] ?? 0)];
    return x === y ? a - b : x < y ? -1 : 1;
  });
}

/** Sorts along the last axis, or gives the order that would. */
export function sorted(rt: Runtime, given: NdArray, axis: PyValue | undefined, indices: boolean): NdArray {
  if (axis === null) return sorted(rt, given.reshaped([given.size]), -1n, indices);
  const along = given.shape.length === 0 ? 0 : readAxis(rt, axis ?? -1n, given.shape.length);
  if (along < given.shape.length - 1) {
    // The axis is sorted as the last one, and goes back to its place.
    const order = range(given.shape.length).filter((each) => each !== along);
    order.push(along);
    const there = transposed(given, order);
    const done = sorted(rt, new NdArray(there.values(), there.shape, there.dtype), -1n, indices);
    return transposed(
      done,
      range(order.length).map((each) => order.indexOf(each)),
    );
  }
  const length = given.shape.at(-1) ?? 1;
  const values = given.values();
  const result: number[] = [];
  for (let start = 0; start < values.length; start += length) {
    const row = values.slice(start, start + length);
    const order = sortedOrder(row);
    for (const at of order) result.push(indices ? at : (row[at] ?? 0));
  }
  return new NdArray(result, given.shape, indices ? INT64 : given.dtype);
}

function unique(rt: Runtime, value: PyValue, inverse: PyValue, counts: PyValue): PyValue {
  const array = asArray(rt, value);
  const values = array.values();
  const found = [...new Set(values)].toSorted((a, b) => a - b);
  const result = new NdArray(found, [found.length], array.dtype);
  const extra: NdArray[] = [];
  if (rt.truth(inverse)) {
    const places = new Map(found.map((item, index) => [item, index]));
    extra.push(
      new NdArray(
        values.map((item) => places.get(item) ?? 0),
        array.shape,
        INT64,
      ),
    );
  }
  if (rt.truth(counts)) {
    const times = new Map<number, number>();
    for (const item of values) times.set(item, (times.get(item) ?? 0) + 1);
    extra.push(
      new NdArray(
        found.map((item) => times.get(item) ?? 0),
        [found.length],
        INT64,
      ),
    );
  }
  return extra.length === 0 ? result : new PyTuple([result, ...extra]);
}

function where(rt: Runtime, condition: PyValue, a: PyValue, b: PyValue): PyValue {
  const test = asArray(rt, condition);
  const [left, right] = [asArray(rt, a), asArray(rt, b)];
  const shape = broadcastShapes(rt, [test.shape, left.shape, right.shape]);
  const type = promote(left.dtype, right.dtype);
  const [xs, ys] = [broadcastTo(left, shape).values(), broadcastTo(right, shape).values()];
  const values = broadcastTo(test, shape)
    .values()
    .map((chosen, index) => type.fit((chosen !== 0 ? xs[index] : ys[index]) ?? 0));
  return unwrap(new NdArray(values, shape, type));
}

function meshgrid(rt: Runtime, grids: readonly NdArray[], indexing: string): PyValue {
  const swap = indexing === 'xy' && grids.length > 1;
  const lengths = grids.map((grid) => grid.size);
  const shape = swap ? [lengths[1] ?? 0, lengths[0] ?? 0, ...lengths.slice(2)] : lengths;
  return new PyList(
    grids.map((grid, order) => {
      const axis = swap && order < 2 ? 1 - order : order;
      const flat = grid.reshaped(shape.map((_length, each) => (each === axis ? grid.size : 1)));
      const wide = broadcastTo(flat, shape);
      rt.step(wide.size);
      return new NdArray(wide.values(), shape, grid.dtype);
    }),
  );
}

function close(rt: Runtime, a: PyValue, b: PyValue, relative: PyValue, absolute: PyValue): PyValue {
  const [rtol, atol] = [Number(relative), Number(absolute)];
  const apply = (x: number, y: number): number =>
    Number(x === y || (Number.isFinite(y) && Math.abs(x - y) <= atol + rtol * Math.abs(y)));
  return applyBinary(rt, { apply, type: () => BOOL }, a, b);
}

/** Functions on the shape and order of arrays. */
export const shaping: Record<string, NativeImplementation> = {
  'reshape(a, newshape)': (rt, a, shape) => reshape(rt, asArray(rt, a ?? null), readShape(rt, shape ?? null)),
  'ravel(a)': (rt, a) => {
    const array = asArray(rt, a ?? null);
    return array.reshaped([array.size]);
  },
  'shape(a)': (rt, a) => new PyTuple(asArray(rt, a ?? null).shape.map(BigInt)),
  'ndim(a)': (rt, a) => BigInt(asArray(rt, a ?? null).shape.length),
  'size(a, axis=None)': (rt, a, axis) => {
    const array = asArray(rt, a ?? null);
    return BigInt(
      axis === null || axis === undefined
        ? array.size
        : (array.shape[readAxis(rt, axis, array.shape.length)] ?? 0),
    );
  },
  'transpose(a, axes=None)': (rt, a, axes) => transpose(rt, asArray(rt, a ?? null), axes ?? null),
  'squeeze(a, axis=None)': (rt, a, axis) => squeeze(rt, asArray(rt, a ?? null), axis ?? null),
  'expand_dims(a, axis)': (rt, a, axis) => {
    const array = asArray(rt, a ?? null);
    if (axis instanceof PyTuple) throw new GiveUp('several axes at once are not inserted');
    return array.reshaped(inserted(array.shape, readAxis(rt, axis ?? null, array.shape.length + 1)));
  },
  'broadcast_to(array, shape)': (rt, a, shape) =>
    broadcastTo(asArray(rt, a ?? null), readShape(rt, shape ?? null)),
  'concatenate(arrays, axis=0, out=None, dtype=None, casting=None)': (rt, arrays, axis, out, dtype) => {
    if ((out ?? null) !== null || (dtype ?? null) !== null)
      throw new GiveUp('numpy.concatenate into another type is not computed');
    const list = listOf(rt, arrays ?? null);
    if (axis === null)
      return concatenate(
        rt,
        list.map((array) => array.reshaped([array.size])),
        0,
      );
    return concatenate(rt, list, readAxis(rt, axis ?? 0n, list[0]?.shape.length ?? 1));
  },
  'append(arr, values, axis=None)': (rt, a, b, axis) => {
    const list = [asArray(rt, a ?? null), asArray(rt, b ?? null)];
    if (axis === null || axis === undefined)
      return concatenate(
        rt,
        list.map((array) => array.reshaped([array.size])),
        0,
      );
    return concatenate(rt, list, readAxis(rt, axis, list[0]?.shape.length ?? 1));
  },
  'stack(arrays, axis=0)': (rt, arrays, axis) => stack(rt, listOf(rt, arrays ?? null), axis ?? 0n),
  'vstack(tup)': (rt, arrays) =>
    concatenate(
      rt,
      listOf(rt, arrays ?? null).map((array) => atLeast(array, 2)),
      0,
    ),
  'hstack(tup)': (rt, arrays) => {
    const list = listOf(rt, arrays ?? null).map((array) => atLeast(array, 1));
    return concatenate(rt, list, list[0]?.shape.length === 1 ? 0 : 1);
  },
  'where(condition, x?, y?)': (rt, condition, a, b) => {
    if (a instanceof NdArray || b instanceof NdArray || typeof a !== 'object' || a === null)
      return where(rt, condition ?? null, a ?? null, b ?? null);
    const test = asArray(rt, condition ?? null);
    if (test.shape.length !== 1) throw new GiveUp('where over several dimensions is not read');
    const hits = test.values().flatMap((value, index) => (value === 0 ? [] : [index]));
    return new PyTuple([new NdArray(hits, [hits.length], INT64)]);
  },
  'unique(ar, return_index=False, return_inverse=False, return_counts=False)': (
    rt,
    a,
    _index,
    inverse,
    counts,
  ) => unique(rt, a ?? null, inverse ?? false, counts ?? false),
  'sort(a, axis=-1, kind=None)': (rt, a, axis) => sorted(rt, asArray(rt, a ?? null), axis, false),
  'argsort(a, axis=-1, kind=None)': (rt, a, axis) => sorted(rt, asArray(rt, a ?? null), axis, true),
  'diff(a)': (rt, a) => {
    const array = asArray(rt, a ?? null);
    if (array.shape.length !== 1) throw new GiveUp('differences over several dimensions are not read');
    const values = array.values();
    const steps = values.slice(1).map((value, index) => array.dtype.fit(value - (values[index] ?? 0)));
    return new NdArray(steps, [steps.length], array.dtype);
  },
  "meshgrid(*xi, indexing='xy')": (rt, grids, indexing) =>
    meshgrid(rt, listOf(rt, grids ?? null), asString(indexing ?? 'xy')),
  'dot(a, b)': (rt, a, b) => {
    const [left, right] = [asArray(rt, a ?? null), asArray(rt, b ?? null)];
    const product = BINARY['mul'];
    if (product !== undefined && (left.shape.length === 0 || right.shape.length === 0))
      return applyBinary(rt, product, a ?? null, b ?? null);
    return matmul(rt, left, right);
  },
  'matmul(a, b)': (rt, a, b) => matmul(rt, asArray(rt, a ?? null), asArray(rt, b ?? null)),
  'outer(a, b)': (rt, a, b) => {
    const [left, right] = [asArray(rt, a ?? null), asArray(rt, b ?? null)];
    const product = BINARY['mul'];
    if (product === undefined) throw new GiveUp('no product');
    return applyBinary(rt, product, left.reshaped([left.size, 1]), right.reshaped([1, right.size]));
  },
  'repeat(a, repeats, axis=None)': (rt, a, times, axis) => repeated(rt, asArray(rt, a ?? null), times, axis),
  'flip(m, axis=None)': (rt, a, axis) => {
    const array = asArray(rt, a ?? null);
    if (axis === undefined || axis === null)
      return new NdArray(array.values().toReversed(), array.shape, array.dtype);
    if (axis instanceof PyTuple) throw new GiveUp('turning about several axes is not computed');
    const along = readAxis(rt, axis, array.shape.length);
    return taken(rt, array, along, range(array.shape[along] ?? 0).toReversed());
  },
  'isclose(a, b, rtol=1e-05, atol=1e-08)': (rt, a, b, rtol, atol) =>
    close(rt, a ?? null, b ?? null, rtol ?? null, atol ?? null),
  'allclose(a, b, rtol=1e-05, atol=1e-08)': (rt, a, b, rtol, atol) =>
    rt.truth(reduce(rt, 'all', close(rt, a ?? null, b ?? null, rtol ?? null, atol ?? null), null, false)),
  'array_equal(a1, a2)': (rt, a, b) => {
    const [left, right] = [asArray(rt, a ?? null), asArray(rt, b ?? null)];
    const others = right.values();
    return (
      left.shape.join() === right.shape.join() &&
      left.values().every((value, index) => value === others[index])
    );
  },
  'clip(a, a_min=None, a_max=None, *, min=None, max=None)': (rt, a, low, high, min, max) => {
    const { maximum, minimum } = BINARY;
    const [least, most] = [low ?? min ?? null, high ?? max ?? null];
    let result = a ?? null;
    if (maximum !== undefined && least !== null) result = applyBinary(rt, maximum, result, least);
    if (minimum !== undefined && most !== null) result = applyBinary(rt, minimum, result, most);
    return result;
  },
};
