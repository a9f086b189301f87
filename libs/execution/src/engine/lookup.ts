import * as tf from '@tensorflow/tfjs-core';
import * as arrays from './arrays.js';
import type { Data } from './arrays.js';
import { tidied } from './scope.js';
import { axisOf, elements, identity } from './shape.js';
import { derived, standard, type Value } from './value.js';

/** Rows of `[rows, width]` by their numbers, in the order asked; rows asked for often get as much gradient. */
function rowsOf(table: Data, [rows, width]: readonly [number, number], index: Data): Data {
  return tf.gather(arrays.as(table, [rows, width]), arrays.as(index, [index.size]), 0);
}

/** Sums rows `[count, width]` into a table of zeros: the way back of a lookup. */
function scatter(parts: Data, index: Data, [rows, width]: readonly [number, number]): Data {
  const whole = arrays.as(parts, [index.size, width]);
  if (tf.getBackend() !== 'wasm') return tf.unsortedSegmentSum(whole, tf.reshape(index, [index.size]), rows);
  // WebAssembly has no kernel for it, and its memory is at hand.
  const numbers = index.dataSync();
  const values = whole.dataSync();
  const sums = new Float32Array(rows * width);
  for (const [at, row] of numbers.entries())
    for (let column = 0; column < width; column += 1) {
      const to = row * width + column;
      sums[to] = (sums[to] ?? 0) + (values[at * width + column] ?? 0);
    }
  return arrays.fromHost(sums);
}

function whole(index: Value): Data {
  return tidied(() => tf.cast(arrays.as(standard(index), [elements(index.shape)]), 'int32'));
}

/** `table[index]` along the first axis, as an embedding looks up; a row of padding gets no gradient. */
export function lookUp(table: Value, index: Value, padding: number | null = null): Value {
  const [rows = 1, ...rest] = table.shape;
  const width = elements(rest);
  const numbers = whole(index);
  const data = rowsOf(standard(table), [rows, width], numbers);
  return derived(
    [table],
    { data, shape: [...index.shape, ...rest] },
    (gradient) => {
      const sums = scatter(standard(gradient), numbers, [rows, width]);
      if (padding === null) return [sums];
      const row = padding < 0 ? padding + rows : padding;
      const mask = new Float32Array(rows).fill(1);
      mask[row] = 0;
      return [arrays.pairwise(tf.mul, sums, [rows, width], arrays.fromHost(mask), [rows, 1])];
    },
    table.dtype,
  );
}

/** Places of an axis by their numbers: `index_select`; the index's axes stand where the axis stood. */
export function pick(x: Value, dim: number, index: Value): Value {
  const axis = axisOf(dim, x.shape.length);
  const size = x.shape[axis] ?? 1;
  const front = [axis, ...identity(x.shape.length).filter((other) => other !== axis)];
  const moved = front.map((other) => x.shape[other] ?? 1);
  const width = elements(moved.slice(1));
  const numbers = tidied(() => {
    const given = whole(index);
    return tf.where(tf.less(given, tf.scalar(0, 'int32')), tf.add(given, tf.scalar(size, 'int32')), given);
  });
  const taken = rowsOf(arrays.transpose(standard(x), x.shape, front), [size, width], numbers);
  const count = elements(index.shape);
  const held = [count, ...moved.slice(1)];
  const back = identity(x.shape.length).map((other) => front.indexOf(other));
  const data = arrays.transpose(taken, held, back);
  const shape = x.shape.toSpliced(axis, 1, ...index.shape);
  const folded = x.shape.with(axis, count);
  return derived(
    [x],
    { data, shape },
    (gradient) => {
      const rows = arrays.transpose(standard(gradient), folded, front);
      const sums = scatter(rows, numbers, [size, width]);
      return [arrays.transpose(sums, moved, back)];
    },
    x.dtype,
  );
}

/** `torch.gather`: along one axis, each element of the index names a place of its own line. */
export function gather(x: Value, dim: number, index: Value): Value {
  const axis = axisOf(dim, x.shape.length);
  const rank = Math.max(x.shape.length, 1);
  const last = [...identity(rank).filter((other) => other !== axis), axis];
  const back = identity(rank).map((other) => last.indexOf(other));
  const lead = last.slice(0, -1).map((other) => index.shape[other] ?? 1);
  const lines = elements(lead);
  const size = x.shape[axis] ?? 1;
  const count = index.shape[axis] ?? 1;
  // Other axes of the index may be shorter than the input's.
  const cut = (data: Data): Data =>
    last.slice(0, -1).reduce(
      ({ current, shape }, other) => {
        const length = index.shape[other] ?? 1;
        return { current: arrays.slice(current, shape, other, 0, length), shape: shape.with(other, length) };
      },
      { current: data, shape: x.shape },
    ).current;
  const own = x.shape.map((extent, other) => (other === axis ? extent : (index.shape[other] ?? 1)));
  const order = (data: Data, shape: readonly number[]): Data => arrays.transpose(data, shape, last);
  const numbers = tidied(() => {
    const given = tf.cast(arrays.as(order(standard(index), index.shape), [lines, count]), 'int32');
    const starts = tf.tensor2d(
      Int32Array.from({ length: lines }, (_, line) => line * size),
      [lines, 1],
      'int32',
    );
    return arrays.as(tf.add(given, starts), [lines * count]);
  });
  const source = order(cut(standard(x)), own);
  const taken = rowsOf(source, [lines * size, 1], numbers);
  const held = last.map((other) => index.shape[other] ?? 1);
  const data = arrays.transpose(taken, held, back);
  return derived(
    [x],
    { data, shape: index.shape },
    (gradient) => {
      const g = order(standard(gradient), index.shape);
      const sums = scatter(g, numbers, [lines * size, 1]);
      const moved = last.map((other) => own[other] ?? 1);
      let current = arrays.transpose(sums, moved, back);
      let shape: readonly number[] = own;
      for (const [other, extent] of x.shape.entries()) {
        const length = shape[other] ?? 1;
        current = arrays.pad(current, shape, other, 0, extent - length, 0);
        shape = shape.with(other, extent);
      }
      return [current];
    },
    x.dtype,
  );
}
