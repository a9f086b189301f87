import * as tf from '@tensorflow/tfjs-core';
import * as arrays from './arrays.js';
import { float, scale } from './elementwise.js';
import { scoped } from './scope.js';
import { axisOf, elements, identity, type Shape } from './shape.js';
import { reshape } from './structure.js';
import { derived, standard, stored, Value, type Stored } from './value.js';

/** Axes counted from the front; all of them where none are named. */
export function axesOf(dims: readonly number[] | null, rank: number): readonly number[] {
  if (dims === null || dims.length === 0) return identity(rank);
  return dims.map((dim) => axisOf(dim, rank)).filter((axis) => axis < rank);
}

export function reducedShape(shape: Shape, axes: readonly number[], keep: boolean): Shape {
  return keep
    ? shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
    : shape.filter((_, axis) => !axes.includes(axis));
}

/** The value's own storage: its shape there, and where each axis stands in it. */
function storage({ shape, order }: Stored): { readonly shape: Shape; readonly places: readonly number[] } {
  const axes = order ?? identity(shape.length);
  return {
    shape: axes.map((axis) => shape[axis] ?? 1),
    places: identity(shape.length).map((axis) => axes.indexOf(axis)),
  };
}

export function sum(x: Value, dims: readonly number[] | null = null, keep = false): Value {
  const axes = axesOf(dims, x.shape.length);
  const shape = reducedShape(x.shape, axes, keep);
  const kept = reducedShape(x.shape, axes, true);
  const held = storage(x);
  const remaining = (x.order ?? identity(x.shape.length)).filter((axis) => !axes.includes(axis));
  const sorted = remaining.every((axis, at) => at === 0 || (remaining[at - 1] ?? 0) < axis);
  // Where what remains is in order, it does not matter how the rest is stored.
  const data = sorted
    ? arrays.sum(
        x.data,
        held.shape,
        axes.map((axis) => held.places[axis] ?? 0),
      )
    : arrays.sum(standard(x), x.shape, axes);
  return derived(
    [x],
    { data, shape },
    (gradient) => [arrays.expand(standard(gradient), kept, x.shape)],
    x.dtype,
  );
}

export function mean(x: Value, dims: readonly number[] | null = null, keep = false): Value {
  const axes = axesOf(dims, x.shape.length);
  const count = elements(axes.map((axis) => x.shape[axis] ?? 1));
  return scale(sum(x, axes.length === 0 ? [] : axes, keep), 1 / count);
}

/** The largest along axes; ties share the gradient evenly, as `amax` has it. */
export function largest(x: Value, dims: readonly number[] | null, keep = false): Value {
  const axes = axesOf(dims, x.shape.length);
  const shape = reducedShape(x.shape, axes, keep);
  const kept = reducedShape(x.shape, axes, true);
  const source = standard(x);
  const data = arrays.maximum(source, x.shape, axes);
  return derived(
    [x],
    { data, shape },
    (gradient) => {
      const hits = float(arrays.pairwise(tf.equal, source, x.shape, data, kept));
      const share = arrays.pairwise(tf.div, standard(gradient), kept, arrays.sum(hits, x.shape, axes), kept);
      return [arrays.pairwise(tf.mul, hits, x.shape, share, kept)];
    },
    x.dtype,
  );
}

export interface Extremum {
  readonly value: Value;
  readonly place: Value;
}

/** The largest along one axis and where it stands: the first of equals, which gets the whole gradient. */
export function largestWithPlace(x: Value, dim: number, keep = false): Extremum {
  const axis = axisOf(dim, x.shape.length);
  const size = x.shape[axis] ?? 1;
  const [before, , after] = arrays.folded(x.shape, axis);
  const shape = x.shape.length === 0 ? [] : reducedShape(x.shape, [axis], keep);
  const source = arrays.as(standard(x), [before, size, after]);
  const { best, places } = scoped(
    () => ({ best: tf.max(source, 1), places: float(tf.argMax(source, 1)) }),
    ({ best, places }) => [best, places],
  );
  const value = derived(
    [x],
    { data: best, shape },
    (gradient) => {
      const positions = arrays.as(tf.range(0, size, 1, 'float32'), [1, size, 1]);
      const hit = float(tf.equal(positions, arrays.as(places, [before, 1, after])));
      return [tf.mul(hit, arrays.as(standard(gradient), [before, 1, after]))];
    },
    x.dtype,
  );
  return { value, place: new Value(places, shape, 'int64') };
}

/** Numerically safe softmax along an axis. */
export function softmax(x: Value, dim: number): Value {
  return alongLast(x, dim, (source, rows, columns) => {
    const data = tf.tidy(() => {
      const apart = tf.exp(tf.sub(source, tf.max(source, 1, true)));
      return tf.div(apart, tf.sum(apart, 1, true));
    });
    return {
      data,
      backward: (g) => {
        const inner = tf.sum(tf.mul(g, data), 1, true);
        return tf.mul(arrays.as(data, [rows, columns]), tf.sub(g, inner));
      },
    };
  });
}

export function logSoftmax(x: Value, dim: number): Value {
  return alongLast(x, dim, (source) => {
    const data = tf.tidy(() => {
      const apart = tf.sub(source, tf.max(source, 1, true));
      return tf.sub(apart, tf.log(tf.sum(tf.exp(apart), 1, true)));
    });
    return { data, backward: (g) => tf.sub(g, tf.mul(tf.exp(data), tf.sum(g, 1, true))) };
  });
}

/** Sums from the front along an axis, itself included. */
export function runningSum(x: Value, dim: number): Value {
  return alongLast(x, dim, (source, _, columns) => {
    const triangle = triangleOf(columns);
    const data = tf.matMul(source, triangle);
    return { data, backward: (g) => tf.matMul(g, tf.transpose(triangle, [1, 0])) };
  });
}

function triangleOf(size: number): arrays.Data {
  return tf.tidy(() => {
    const places = tf.range(0, size, 1, 'float32');
    return float(tf.lessEqual(arrays.as(places, [size, 1]), arrays.as(places, [1, size])));
  });
}

interface Along {
  readonly data: arrays.Data;
  readonly backward: (gradient: arrays.Data) => arrays.Data;
}

/** Work along one axis as rows of a matrix. */
export function alongLast(
  x: Value,
  dim: number,
  work: (source: arrays.Data, rows: number, columns: number) => Along,
): Value {
  if (x.shape.length === 0) return reshape(alongLast(reshape(x, [1]), 0, work), []);
  const axis = axisOf(dim, x.shape.length);
  const rank = x.shape.length;
  const columns = x.shape[axis] ?? 1;
  const rows = elements(x.shape) / Math.max(columns, 1);
  const order = [...identity(rank).filter((other) => other !== axis), axis];
  const inverse = identity(rank).map((other) => order.indexOf(other));
  const moved = order.map((other) => x.shape[other] ?? 1);
  const source = arrays.as(arrays.transpose(standard(x), x.shape, order), [rows, columns]);
  const { data, backward } = work(source, rows, columns);
  return derived(
    [x],
    { data: arrays.transpose(data, moved, inverse), shape: x.shape },
    (gradient) => {
      const g = arrays.as(arrays.transpose(standard(gradient), x.shape, order), [rows, columns]);
      return [arrays.transpose(backward(g), moved, inverse)];
    },
    x.dtype,
  );
}

/**
 * `(x − mean) / √(variance + eps)` over axes, the variance without Bessel's correction; with the mean and variance found,
 * which gradients do not flow through.
 */
export function standardise(
  x: Value,
  dims: readonly number[],
  eps: number,
): { readonly value: Value; readonly mean: arrays.Data; readonly variance: arrays.Data } {
  const axes = axesOf(dims, x.shape.length);
  const held = storage(x);
  const places = axes.map((axis) => held.places[axis] ?? 0);
  const small = reducedShape(held.shape, places, true);
  const count = elements(axes.map((axis) => x.shape[axis] ?? 1));
  const average = (data: arrays.Data): arrays.Data => tf.mul(arrays.sum(data, held.shape, places), 1 / count);
  const { data, deviation, mean, variance } = scoped(
    () => {
      const mean = average(x.data);
      const centred = arrays.pairwise(tf.sub, x.data, held.shape, mean, small);
      const variance = average(tf.square(centred));
      const deviation = tf.sqrt(tf.add(variance, eps));
      const data = arrays.pairwise(tf.div, centred, held.shape, deviation, small);
      return { data, deviation, mean, variance };
    },
    (made) => Object.values(made),
  );
  const value = derived([x], { data, shape: x.shape, order: x.order }, (gradient) => {
    const g = arrays.as(storedAs(gradient, x), [data.size]);
    const own = arrays.as(data, [data.size]);
    const onMean = average(g);
    const onData = average(tf.mul(g, own));
    const centred = arrays.pairwise(tf.sub, g, held.shape, onMean, small);
    const straight = tf.sub(
      arrays.as(centred, [data.size]),
      arrays.as(arrays.pairwise(tf.mul, own, held.shape, onData, small), [data.size]),
    );
    const result = arrays.pairwise(tf.div, straight, held.shape, deviation, small);
    return [{ data: result, shape: x.shape, order: x.order }];
  });
  return { value, mean, variance };
}

function storedAs(gradient: Stored, x: Stored): arrays.Data {
  return x.order ? stored(gradient, x.order) : standard(gradient);
}
