import * as tf from '@tensorflow/tfjs-core';
import { fill } from '@tensorflow/tfjs-core';
import { tidied } from './scope.js';
import { around, broadcast, elements, identity, sameShape, type Shape } from './shape.js';

/**
 * Work on device arrays without gradients. An array is a flat run of float32 whose shape is told beside it; everything is
 * folded to at most four dimensions, past which TensorFlow.js's WebGPU backend gives wrong numbers without saying so.
 */
export type Data = tf.Tensor;

/** The same elements under another shape; costs nothing. */
export function as(data: Data, shape: Shape): Data {
  return sameShape(data.shape, shape) ? data : tf.reshape(data, [...shape]);
}

export function filled(shape: Shape, value: number): Data {
  return fill([elements(shape)], value, 'float32');
}

export function fromHost(values: Float32Array): Data {
  return tf.tensor1d(values, 'float32');
}

/** A shape with one axis in the middle. */
export const folded = around;

type Pairwise = (a: Data, b: Data) => Data;

/** Element by element with broadcasting. */
export function pairwise(work: Pairwise, a: Data, aShape: Shape, b: Data, bShape: Shape): Data {
  if (sameShape(aShape, bShape)) return work(as(a, [elements(aShape)]), as(b, [elements(bShape)]));
  return tidied(() => {
    const folded = foldPair(aShape, bShape);
    if (folded.a.length <= 4) return work(as(a, folded.a), as(b, folded.b));
    const target = broadcast(aShape, bShape);
    return work(
      as(expand(a, aShape, target), [elements(target)]),
      as(expand(b, bShape, target), [elements(target)]),
    );
  });
}

/** Neighbouring axes that broadcast alike become one. */
function foldPair(aShape: Shape, bShape: Shape): { readonly a: Shape; readonly b: Shape } {
  const target = broadcast(aShape, bShape);
  const padded = (shape: Shape): Shape => [...target.slice(shape.length).map(() => 1), ...shape];
  const [first, second] = [padded(aShape), padded(bShape)];
  const a: number[] = [];
  const b: number[] = [];
  let last: string | undefined;
  for (const [axis, size] of target.entries()) {
    if (size === 1) continue;
    const [one = 1, other = 1] = [first[axis], second[axis]];
    const kind = `${one === size} ${other === size}`;
    if (kind === last) {
      a.push((a.pop() ?? 1) * one);
      b.push((b.pop() ?? 1) * other);
    } else {
      a.push(one);
      b.push(other);
    }
    last = kind;
  }
  return a.length === 0 ? { a: [1], b: [1] } : { a, b };
}

/** Repeats along axes of size 1, and in front. */
export function expand(data: Data, shape: Shape, target: Shape): Data {
  if (elements(shape) === elements(target)) return data;
  return tidied(() => {
    let current = data;
    const sizes = [...target.slice(shape.length).map(() => 1), ...shape];
    // From the back, so that what is copied often stays small as long as possible.
    for (let axis = target.length - 1; axis >= 0; axis -= 1) {
      const times = target[axis] ?? 1;
      if (sizes[axis] === times || sizes[axis] !== 1) continue;
      const [before, , after] = around(sizes, axis);
      current = tf.tile(as(current, [before, 1, after]), [1, times, 1]);
      sizes[axis] = times;
    }
    return current;
  });
}

/** Sums away what broadcasting had repeated: the way back of {@link expand}. */
export function sumTo(data: Data, shape: Shape, target: Shape): Data {
  if (sameShape(shape, target)) return data;
  const lead = shape.length - target.length;
  const axes = identity(shape.length).filter(
    (axis) => shape[axis] !== 1 && (axis < lead || target[axis - lead] === 1),
  );
  return axes.length === 0 ? data : sum(data, shape, axes);
}

/** Axes in another order: result axis i is axis `order[i]`. */
export function transpose(data: Data, shape: Shape, order: readonly number[]): Data {
  const folded = foldOrder(shape, order);
  if (isIdentity(folded.order)) return data;
  if (folded.order.length <= 4) return tf.transpose(as(data, folded.shape), [...folded.order]);
  return tidied(() => {
    // One axis after the other is brought to its place, each a transposition of three.
    let current = data;
    const axes = identity(folded.shape.length);
    const sizes = [...folded.shape];
    for (const [place, wanted] of folded.order.entries()) {
      const at = axes.indexOf(wanted);
      if (at === place) continue;
      const head = elements(sizes.slice(0, place));
      const middle = elements(sizes.slice(place, at));
      const size = sizes[at] ?? 1;
      const tail = elements(sizes.slice(at + 1));
      current = tf.transpose(as(current, [head, middle, size, tail]), [0, 2, 1, 3]);
      axes.splice(place, 0, ...axes.splice(at, 1));
      sizes.splice(place, 0, ...sizes.splice(at, 1));
    }
    return current;
  });
}

function isIdentity(order: readonly number[]): boolean {
  return order.every((axis, at) => axis === at);
}

/** Axes that stay neighbours become one, and axes of size 1 none. */
function foldOrder(
  shape: Shape,
  order: readonly number[],
): { readonly shape: Shape; readonly order: readonly number[] } {
  const groups: number[][] = [];
  for (const axis of order) {
    if (shape[axis] === 1) continue;
    const last = groups.at(-1);
    const previous = last?.at(-1);
    const between = previous === undefined ? [] : shape.slice(previous + 1, axis);
    if (last && previous !== undefined && previous < axis && between.every((size) => size === 1))
      last.push(axis);
    else groups.push([axis]);
  }
  const sorted = groups.toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
  return {
    shape: sorted.map((group) => elements(group.map((axis) => shape[axis] ?? 1))),
    order: groups.map((group) => sorted.indexOf(group)),
  };
}

/** How many terms are summed by one float32 accumulator; more are summed in stages, so that none is lost. */
const RUN = 1024;

/** Sums over axes, which go. */
export function sum(data: Data, shape: Shape, axes: readonly number[]): Data {
  return reduce(data, shape, axes, sumMiddle);
}

export function maximum(data: Data, shape: Shape, axes: readonly number[]): Data {
  return reduce(data, shape, axes, (part, [before, size, after]) =>
    after === 1 ? tf.max(as(part, [before, size]), 1) : tf.max(as(part, [before, size, after]), 1),
  );
}

type Middle = (data: Data, folded: readonly [number, number, number]) => Data;

function reduce(data: Data, shape: Shape, axes: readonly number[], work: Middle): Data {
  return tidied(() => {
    let current = data;
    const sizes = [...shape];
    const gone = [...axes].toSorted((a, b) => b - a);
    for (let at = 0; at < gone.length; at += 1) {
      const last = gone[at] ?? 0;
      // A run of neighbouring axes goes at once.
      while (gone[at + 1] === (gone[at] ?? 0) - 1) at += 1;
      const first = gone[at] ?? 0;
      const size = elements(sizes.slice(first, last + 1));
      if (size !== 1)
        current = work(current, [elements(sizes.slice(0, first)), size, elements(sizes.slice(last + 1))]);
      sizes.splice(first, last - first + 1);
    }
    return as(current, [elements(sizes)]);
  });
}

function sumMiddle(data: Data, [before, size, after]: readonly [number, number, number]): Data {
  if (size > RUN) {
    const stages = Math.ceil(size / RUN);
    const whole = Math.floor(size / stages) * stages;
    const main = whole === size ? data : slice(data, [before, size, after], 1, 0, whole);
    const partial = sumMiddle(main, [before * stages, whole / stages, after]);
    const total = sumMiddle(partial, [before, stages, after]);
    if (whole === size) return total;
    const rest = sumMiddle(slice(data, [before, size, after], 1, whole, size - whole), [
      before,
      size - whole,
      after,
    ]);
    return tf.add(as(total, [before * after]), as(rest, [before * after]));
  }
  if (after === 1) return tf.sum(as(data, [before, size]), 1);
  // A product with ones sums columns without transposing them first.
  const ones = tf.ones([before, 1, size]);
  return tf.matMul(ones, as(data, [before, size, after]));
}

export function slice(data: Data, shape: Shape, axis: number, start: number, length: number): Data {
  const [before, size, after] = around(shape, axis);
  if (start === 0 && length === size) return data;
  return tf.slice(as(data, [before, size, after]), [0, start, 0], [before, length, after]);
}

/** Every `step`-th place from `start`, `count` of them. */
export function every(
  data: Data,
  shape: Shape,
  axis: number,
  { start, step, count }: { readonly start: number; readonly step: number; readonly count: number },
): Data {
  if (step === 1) return slice(data, shape, axis, start, count);
  return tidied(() => {
    const span = (count - 1) * step + 1;
    const cut = slice(data, shape, axis, start, span);
    const padded = pad(cut, shape.with(axis, span), axis, 0, count * step - span, 0);
    const [before, , after] = around(shape, axis);
    return tf.slice(as(padded, [before * count, step, after]), [0, 0, 0], [before * count, 1, after]);
  });
}

/** Puts places `step` apart with zeros between, from `start` on in an axis of `size`: the way back of {@link every}. */
export function spread(
  data: Data,
  shape: Shape,
  axis: number,
  { start, step, size }: { readonly start: number; readonly step: number; readonly size: number },
): Data {
  return tidied(() => {
    const [before, count, after] = around(shape, axis);
    if (step === 1) return pad(data, shape, axis, start, size - start - count, 0);
    const gaps = tf.pad(as(data, [before * count, 1, after]), [
      [0, 0],
      [0, step - 1],
      [0, 0],
    ]);
    const whole = (count - 1) * step + 1;
    const cut = slice(gaps, [before, count * step, after], 1, 0, whole);
    return pad(cut, [before, whole, after], 1, start, size - start - whole, 0);
  });
}

export function pad(
  data: Data,
  shape: Shape,
  axis: number,
  before: number,
  after: number,
  value: number,
): Data {
  if (before === 0 && after === 0) return data;
  const [lead, size, tail] = around(shape, axis);
  return tf.pad(
    as(data, [lead, size, tail]),
    [
      [0, 0],
      [before, after],
      [0, 0],
    ],
    value,
  );
}

export function concatenate(parts: readonly Data[], shapes: readonly Shape[], axis: number): Data {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  const folded = parts.map((part, at) => as(part, around(shapes[at] ?? [], axis)));
  // A WebGPU kernel binds few buffers; many parts are joined in groups.
  return tidied(() => joinInGroups(folded));
}

const JOINED_AT_ONCE = 6;

function joinInGroups(parts: readonly Data[]): Data {
  if (parts.length <= JOINED_AT_ONCE) return tf.concat([...parts], 1);
  const groups: Data[] = [];
  for (let at = 0; at < parts.length; at += JOINED_AT_ONCE) {
    const group = parts.slice(at, at + JOINED_AT_ONCE);
    groups.push(group.length === 1 && group[0] ? group[0] : tf.concat(group, 1));
  }
  return joinInGroups(groups);
}

/** Mirrors an axis. */
export function reverse(data: Data, shape: Shape, axis: number): Data {
  return tf.reverse(as(data, around(shape, axis)), 1);
}

export interface Factor {
  readonly data: Data;
  readonly transposed: boolean;
}

/**
 * Batches of matrix products `[batch, rows, inner] × [batch, inner, columns]`; a transposed factor is stored the other
 * way round. A batch of 1 serves all.
 */
export function products(
  a: Factor,
  b: Factor,
  size: {
    readonly batch: readonly [a: number, b: number];
    readonly rows: number;
    readonly inner: number;
    readonly columns: number;
  },
): Data {
  const { batch, rows, inner, columns } = size;
  return tidied(() => {
    const left = oriented(a, batch[0], rows, inner);
    const right = oriented(b, batch[1], inner, columns);
    if (batch[0] === 1 && batch[1] === 1)
      return tf.matMul(
        left.transposed ? as(left.data, [inner, rows]) : as(left.data, [rows, inner]),
        right.transposed ? as(right.data, [columns, inner]) : as(right.data, [inner, columns]),
        left.transposed,
        right.transposed,
      );
    return tf.matMul(left.data, right.data, left.transposed, right.transposed);
  });
}

/** On WebAssembly a transposed factor takes a slow loop, so it is transposed beforehand. */
function oriented({ data, transposed }: Factor, batch: number, rows: number, columns: number): Factor {
  if (!transposed) return { data: as(data, [batch, rows, columns]), transposed };
  const stored = as(data, [batch, columns, rows]);
  if (tf.getBackend() !== 'wasm') return { data: stored, transposed };
  return { data: tf.transpose(stored, [0, 2, 1]), transposed: false };
}
