import * as tf from '@tensorflow/tfjs-core';
import * as arrays from './arrays.js';
import { tidied } from './scope.js';
import { identity } from './shape.js';
import { derived, type Value } from './value.js';

/** A matrix known beforehand, `[outputs, inputs]` row by row. */
export interface Matrix {
  readonly outputs: number;
  readonly inputs: number;
  readonly values: Float32Array;
}

/** A matrix by its rows. */
export function matrixOf(
  outputs: number,
  inputs: number,
  entry: (row: number) => readonly (readonly [number, number])[],
): Matrix {
  const values = new Float32Array(outputs * inputs);
  for (let row = 0; row < outputs; row += 1)
    for (const [column, weight] of entry(row)) {
      const at = row * inputs + column;
      values[at] = (values[at] ?? 0) + weight;
    }
  return { outputs, inputs, values };
}

/**
 * Mixes the places of one axis by a matrix: average pools, interpolation and padding by reflection are such mixtures along
 * each axis in turn, and their gradients are the transposed ones.
 */
export function mix(x: Value, axis: number, matrix: Matrix): Value {
  const order = x.order ?? identity(x.shape.length);
  const held = order.map((each) => x.shape[each] ?? 1);
  const at = order.indexOf(axis);
  const [before, , after] = arrays.folded(held, at);
  const data = tidied(() => apply(x.data, matrix, before, after, false));
  const shape = x.shape.with(axis, matrix.outputs);
  return derived(
    [x],
    { data, shape, order: x.order },
    (gradient) => {
      const own = gradient.order ?? identity(shape.length);
      const sizes = own.map((each) => shape[each] ?? 1);
      const [lead, , tail] = arrays.folded(sizes, own.indexOf(axis));
      return [
        { data: apply(gradient.data, matrix, lead, tail, true), shape: x.shape, order: gradient.order },
      ];
    },
    x.dtype,
  );
}

function apply(
  data: arrays.Data,
  { outputs, inputs, values }: Matrix,
  before: number,
  after: number,
  back: boolean,
): arrays.Data {
  const weights = tf.tensor2d(values, [outputs, inputs]);
  const [from, to] = back ? [outputs, inputs] : [inputs, outputs];
  if (after === 1)
    return arrays.products(
      { data, transposed: false },
      { data: weights, transposed: !back },
      { batch: [1, 1], rows: before, inner: from, columns: to },
    );
  return arrays.products(
    { data: weights, transposed: back },
    { data, transposed: false },
    { batch: [1, before], rows: to, inner: from, columns: after },
  );
}
