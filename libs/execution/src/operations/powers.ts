import * as tf from '@tensorflow/tfjs-core';
import { filled } from '../engine/arrays.js';
import { unary } from '../engine/elementwise.js';
import type { Value } from '../engine/value.js';

/** `xᵖ` for a number p; a negative base with a whole exponent stays real, as in PyTorch. */
export function power(x: Value, exponent: number): Value {
  if (exponent === 1) return x;
  return unary(x, {
    value: (data) => raised(data, exponent),
    back: (g, data) =>
      exponent === 0 ? tf.zerosLike(data) : tf.mul(g, tf.mul(raised(data, exponent - 1), exponent)),
  });
}

function raised(data: tf.Tensor, exponent: number): tf.Tensor {
  if (exponent === 0) return tf.onesLike(data);
  if (exponent === 1) return data;
  if (exponent === 2) return tf.square(data);
  if (exponent === 0.5) return tf.sqrt(data);
  if (exponent === -1) return tf.reciprocal(data);
  if (!Number.isInteger(exponent)) return tf.pow(data, filled([], exponent));
  // WebGPU's pow gives NaN for a negative base, so the sign is taken apart.
  const size = tf.pow(tf.abs(data), filled([], exponent));
  return exponent % 2 === 0 ? size : tf.mul(size, tf.sign(data));
}

export function sign(x: Value): Value {
  return unary(x, { value: (data) => tf.sign(data) });
}
