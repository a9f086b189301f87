import { ELLIPSIS } from '../../objects/classes.js';
import { PyList, PyRange, PySlice, PyTuple } from '../../objects/containers.js';
import { raise } from '../../objects/exceptions.js';
import type { PyValue, Runtime } from '../../objects/object.js';
import { PyUnknown } from '../../objects/unknown.js';
import { sliceBounds } from '../../operations/subscripts.js';
import { asArray, GiveUp, MAX_ELEMENTS, NdArray, readLength, sizeOf, unwrap } from './array.js';
import { broadcastShapes, broadcastTo } from './elementwise.js';

function keysOf(key: PyValue): readonly PyValue[] {
  return key instanceof PyTuple ? key.items : [key];
}

function isAdvanced(key: PyValue): boolean {
  return key instanceof PyList || key instanceof PyRange || (key instanceof NdArray && key.shape.length > 0);
}

/** Ints, slices, `...` and None: a view of the same buffer. */
function basicView(rt: Runtime, array: NdArray, keys: readonly PyValue[]): NdArray {
  const taken = keys.filter((key) => key !== null && key !== ELLIPSIS).length;
  if (taken > array.shape.length) {
    return raise(
      'IndexError',
      `too many indices for array: array is ${array.shape.length}-dimensional, but ${taken} were indexed`,
    );
  }
  const shape: number[] = [];
  const strides: number[] = [];
  let { offset } = array;
  let axis = 0;
  const pass = (count: number): void => {
    for (let step = 0; step < count; step++, axis++) {
      shape.push(array.shape[axis] ?? 0);
      strides.push(array.strides[axis] ?? 0);
    }
  };
  for (const key of keys) {
    if (key instanceof PyUnknown) throw new GiveUp(key);
    if (key === ELLIPSIS) pass(array.shape.length - taken);
    else if (key === null) {
      shape.push(1);
      strides.push(0);
    } else {
      const length = array.shape[axis] ?? 0;
      const stride = array.strides[axis] ?? 0;
      if (key instanceof PySlice) {
        const { start, stop, step } = sliceBounds(rt, key, length);
        offset += start * stride;
        shape.push(Math.max(0, Math.ceil((stop - start) / step)));
        strides.push(stride * step);
      } else offset += indexOf(rt, key, length, axis) * stride;
      axis++;
    }
  }
  pass(array.shape.length - axis);
  return array.view(shape, strides, offset);
}

function indexOf(rt: Runtime, key: PyValue, length: number, axis: number): number {
  const number = readLength(rt, key);
  if (number < -length || number >= length)
    return raise('IndexError', `index ${number} is out of bounds for axis ${axis} with size ${length}`);
  return number < 0 ? number + length : number;
}

/** The rows an array of indices or a mask picks. */
function pickedRows(rt: Runtime, array: NdArray, key: NdArray): { rows: number[]; shape: readonly number[] } {
  const length = array.shape[0] ?? 0;
  const rowSize = sizeOf(array.shape.slice(1));
  if (key.size * rowSize > MAX_ELEMENTS) throw new GiveUp('a selection this large is not computed');
  rt.step(key.size * (4 + rowSize));
  if (key.dtype.kind === 'bool') {
    if (key.shape.length !== 1 || key.shape[0] !== length)
      throw new GiveUp('a mask of another shape than the array is not read');
    const rows = key.values().flatMap((value, row) => (value === 0 ? [] : [row]));
    return { rows, shape: [rows.length] };
  }
  if (key.size > 0 && key.dtype.kind !== 'integer')
    return raise('IndexError', 'arrays used as indices must be of integer (or boolean) type');
  return { rows: key.values().map((row) => indexOf(rt, BigInt(row), length, 0)), shape: key.shape };
}

/** `array[key]` */
export function getElements(rt: Runtime, array: NdArray, key: PyValue): PyValue {
  const keys = keysOf(key);
  if (!keys.some(isAdvanced)) return unwrap(basicView(rt, array, keys));
  const [only] = keys;
  if (keys.length !== 1 || only === undefined) throw new GiveUp('several arrays of indices are not read');
  const indices = asArray(rt, only);
  if (indices.dtype.kind === 'bool' && !indices.isKnown) throw new GiveUp('a mask that is not known');
  if (indices.dtype.kind === 'bool' && sameShape(indices.shape, array.shape)) {
    rt.step(array.size);
    const chosen = indices.values();
    const values = array.values().filter((_value, position) => chosen[position] !== 0);
    return new NdArray(values, [values.length], array.dtype);
  }
  const { rows, shape } = pickedRows(rt, array, indices);
  const values = rows.flatMap((row) => basicView(rt, array, [BigInt(row)]).values());
  return new NdArray(values, [...shape, ...array.shape.slice(1)], array.dtype);
}

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

/** `array[key] = value` */
export function setElements(rt: Runtime, array: NdArray, key: PyValue, value: PyValue): void {
  const keys = keysOf(key);
  if (!keys.some(isAdvanced)) return assign(rt, basicView(rt, array, keys), value);
  const [only] = keys;
  if (keys.length !== 1 || only === undefined) throw new GiveUp('several arrays of indices are not read');
  const indices = asArray(rt, only);
  if (indices.dtype.kind === 'bool' && sameShape(indices.shape, array.shape)) {
    rt.step(array.size);
    const chosen = indices.values();
    const places = array.positions().filter((_place, position) => chosen[position] !== 0);
    return put(array, places, spread(rt, asArray(rt, value), [places.length]));
  }
  const { rows, shape } = pickedRows(rt, array, indices);
  const places = rows.flatMap((row) => basicView(rt, array, [BigInt(row)]).positions());
  return put(array, places, spread(rt, asArray(rt, value), [...shape, ...array.shape.slice(1)]));
}

function assign(rt: Runtime, target: NdArray, value: PyValue): void {
  rt.step(target.size / 4);
  const values = spread(rt, asArray(rt, value), target.shape);
  put(target, target.positions(), values);
}

function spread(rt: Runtime, value: NdArray, shape: readonly number[]): number[] {
  const whole = broadcastShapes(rt, [value.shape, shape]);
  if (sizeOf(whole) !== sizeOf(shape))
    return raise('ValueError', 'could not broadcast input array into the shape it is assigned to');
  return broadcastTo(value, whole).values();
}

function put(target: NdArray, places: readonly number[], values: readonly number[]): void {
  const { dtype } = target;
  for (const [order, place] of places.entries()) {
    const value = values[order] ?? 0;
    target.buffer[place] = dtype.fit(dtype.kind === 'integer' ? Math.trunc(value) : value);
  }
}

/** The rows of an array, as iteration gives them. */
export function rowsOf(array: NdArray): PyValue[] {
  const [length = 0] = array.shape;
  const [stride = 0] = array.strides;
  return Array.from({ length }, (_, row) =>
    unwrap(array.view(array.shape.slice(1), array.strides.slice(1), array.offset + row * stride)),
  );
}

/** Nested lists, as `tolist`. */
export function toLists(array: NdArray): PyValue {
  if (!array.isKnown) throw new GiveUp('elements that are not known');
  if (array.shape.length === 0) return array.dtype.toPython(array.buffer[array.offset] ?? 0);
  if (array.shape.length === 1) return new PyList(array.values().map((value) => array.dtype.toPython(value)));
  return new PyList(rowsOf(array).map((row) => (row instanceof NdArray ? toLists(row) : row)));
}

/** A new axis order. */
export function transposed(array: NdArray, axes: readonly number[]): NdArray {
  return array.view(
    axes.map((axis) => array.shape[axis] ?? 1),
    axes.map((axis) => array.strides[axis] ?? 0),
    array.offset,
  );
}

/** `reshape` with at most one -1. */
export function reshape(rt: Runtime, array: NdArray, given: readonly number[]): NdArray {
  const { size } = array;
  const free = given.indexOf(-1);
  const known = given.filter((length) => length !== -1).reduce((product, length) => product * length, 1);
  const shape = given.map((length, axis) => (axis === free && known > 0 ? size / known : length));
  if (given.filter((length) => length === -1).length > 1)
    return raise('ValueError', 'can only specify one unknown dimension');
  if (sizeOf(shape) !== size || shape.some((length) => !Number.isInteger(length) || length < 0)) {
    return raise(
      'ValueError',
      `cannot reshape array of size ${size} into shape ${rt.show(new PyTuple(given.map(BigInt))).replaceAll(' ', '')}`,
    );
  }
  return array.reshaped(shape);
}
