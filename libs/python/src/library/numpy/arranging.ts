import type { NativeImplementation } from '../../native/functions.js';
import { PyList } from '../../objects/containers.js';
import { raise } from '../../objects/exceptions.js';
import type { PyValue, Runtime } from '../../objects/object.js';
import { PyTuple } from '../../objects/containers.js';
import { asString } from '../../operations/conversion.js';
import { toArray } from '../../operations/iteration.js';
import {
  asArray,
  checkSize,
  GiveUp,
  NdArray,
  readAxis,
  readLength,
  readShape,
  sizeOf,
  stridesOf,
} from './array.js';
import { promote } from './dtypes.js';
import { transposed } from './indexing.js';

/** Keeps one side of a diagonal of the last two axes, zero elsewhere. */
function triangle(keeps: (row: number, column: number, k: number) => boolean): NativeImplementation {
  return (rt, value, k) => {
    const array = asArray(rt, value ?? null);
    const [rows = 1, columns = 1] = array.shape.slice(-2);
    if (array.shape.length < 2) throw new GiveUp('a triangle of a row');
    const shift = readLength(rt, k ?? 0n);
    const values = array.values().map((item, at) => {
      const row = Math.floor(at / columns) % rows;
      return keeps(row, at % columns, shift) ? item : 0;
    });
    return new NdArray(values, array.shape, array.dtype);
  };
}

/** The array as often as told along each axis. */
function tile(rt: Runtime, value: PyValue, reps: PyValue): NdArray {
  const array = asArray(rt, value);
  const times = readShape(rt, reps);
  const rank = Math.max(times.length, array.shape.length);
  const own = [...Array.from({ length: rank - array.shape.length }, () => 1), ...array.shape];
  const counts = [...Array.from({ length: rank - times.length }, () => 1), ...times];
  const shape = own.map((size, axis) => size * (counts[axis] ?? 1));
  const total = checkSize(rt, shape);
  const [source, strides, outer] = [array.values(), stridesOf(own), stridesOf(shape)];
  const values = Array.from({ length: total }, (_, at) => {
    let position = 0;
    for (const [axis, size] of shape.entries())
      position += ((Math.floor(at / (outer[axis] ?? 1)) % size) % (own[axis] ?? 1)) * (strides[axis] ?? 1);
    return source[position] ?? 0;
  });
  return new NdArray(values, shape, array.dtype);
}

function piece(array: NdArray, axis: number, start: number, end: number): NdArray {
  const length = Math.max(end - start, 0);
  return array.view(
    array.shape.with(axis, length),
    array.strides,
    array.offset + start * (array.strides[axis] ?? 0),
  );
}

/** Pieces along an axis: so many, as even as can be, or cut at given places. */
function split(rt: Runtime, value: PyValue, where: PyValue, dim: PyValue, mustBeEven: boolean): PyValue {
  const array = asArray(rt, value);
  const axis = readAxis(rt, dim, array.shape.length);
  const size = array.shape[axis] ?? 0;
  const cuts: number[] = [];
  if (where instanceof PyList || where instanceof PyTuple || where instanceof NdArray)
    cuts.push(...toArray(rt, where).map((item) => Math.min(readLength(rt, item), size)));
  else {
    const count = readLength(rt, where);
    if (count < 1) return raise('ValueError', 'number sections must be larger than 0.');
    if (mustBeEven && size % count !== 0)
      return raise('ValueError', 'array split does not result in an equal division');
    rt.step(count);
    for (let at = 1; at < count; at++) cuts.push(Math.floor(size / count) * at + Math.min(at, size % count));
  }
  return new PyList([0, ...cuts].map((start, at) => piece(array, axis, start, cuts[at] ?? size)));
}

function moved(rt: Runtime, value: PyValue, from: PyValue, to: PyValue): NdArray {
  const array = asArray(rt, value);
  const rank = array.shape.length;
  const [source, target] = [readAxis(rt, from, rank), readAxis(rt, to, rank)];
  const order = array.shape.map((_, axis) => axis).filter((axis) => axis !== source);
  order.splice(target, 0, source);
  return transposed(array, order);
}

function swapped(rt: Runtime, value: PyValue, first: PyValue, second: PyValue): NdArray {
  const array = asArray(rt, value);
  const [a, b] = [readAxis(rt, first, array.shape.length), readAxis(rt, second, array.shape.length)];
  return transposed(
    array,
    array.shape.map((_, axis) => (axis === a ? b : axis === b ? a : axis)),
  );
}

/** Einstein sums without an ellipsis; long sums of fractions are not computed, for how they are rounded is not known. */
function einsum(rt: Runtime, subscripts: string, operands: readonly NdArray[]): PyValue {
  const [inputs = '', given] = subscripts.replace(/\s/g, '').split('->');
  const terms = inputs.split(',');
  if (subscripts.includes('.') || terms.length !== operands.length)
    throw new GiveUp('an Einstein sum of this form is not computed');
  const sizes = new Map<string, number>();
  for (const [at, term] of terms.entries())
    for (const [axis, letter] of [...term].entries()) sizes.set(letter, operands[at]?.shape[axis] ?? 1);
  const letters = [...sizes.keys()];
  const once = letters.filter((letter) => terms.join('').split(letter).length === 2).toSorted();
  const output = given === undefined ? once : [...given];
  const summed = letters.filter((letter) => !output.includes(letter));
  const shape = output.map((letter) => sizes.get(letter) ?? 1);
  const inner = sizeOf(summed.map((letter) => sizes.get(letter) ?? 1));
  const type = operands.map(({ dtype }) => dtype).reduce(promote);
  if (type.kind === 'float' && inner > 4) throw new GiveUp('how a long sum is rounded is not known here');
  const total = checkSize(rt, shape);
  rt.step(total * inner);
  const order = [...output, ...summed];
  const orderSizes = order.map((letter) => sizes.get(letter) ?? 1);
  const orderStrides = stridesOf(orderSizes);
  const sources = operands.map((operand, at) => {
    const strides = stridesOf(operand.shape);
    const steps = order.map((letter) =>
      [...(terms[at] ?? '')].reduce((sum, own, axis) => sum + (own === letter ? (strides[axis] ?? 0) : 0), 0),
    );
    return { values: operand.values(), steps };
  });
  const values: number[] = [];
  for (let at = 0; at < total; at++) {
    let sum = 0;
    for (let within = 0; within < inner; within++) {
      const flat = at * inner + within;
      let product = 1;
      for (const { values: source, steps } of sources) {
        let position = 0;
        for (const [axis, step] of steps.entries())
          position += (Math.floor(flat / (orderStrides[axis] ?? 1)) % (orderSizes[axis] ?? 1)) * step;
        product = type.fit(product * (source[position] ?? 0));
      }
      sum = type.fit(sum + product);
    }
    values.push(sum);
  }
  return new NdArray(values, shape, type);
}

/** Functions that arrange the elements of arrays anew. */
export const arranging: Record<string, NativeImplementation> = {
  'tril(m, k=0)': triangle((row, column, k) => column - row <= k),
  'triu(m, k=0)': triangle((row, column, k) => column - row >= k),
  'tile(A, reps)': (rt, a, reps) => tile(rt, a ?? null, reps ?? null),
  'split(ary, indices_or_sections, axis=0)': (rt, a, where, axis) =>
    split(rt, a ?? null, where ?? null, axis ?? 0n, true),
  'array_split(ary, indices_or_sections, axis=0)': (rt, a, where, axis) =>
    split(rt, a ?? null, where ?? null, axis ?? 0n, false),
  'moveaxis(a, source, destination)': (rt, a, from, to) => moved(rt, a ?? null, from ?? null, to ?? null),
  'swapaxes(a, axis1, axis2)': (rt, a, first, second) =>
    swapped(rt, a ?? null, first ?? null, second ?? null),
  'einsum(subscripts, *operands)': (rt, subscripts, operands) =>
    einsum(
      rt,
      asString(subscripts ?? ''),
      toArray(rt, operands ?? null).map((operand) => asArray(rt, operand)),
    ),
};
