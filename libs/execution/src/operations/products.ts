import * as tf from '@tensorflow/tfjs-core';
import { add, div, mul, scale, sub, unary } from '../engine/elementwise.js';
import { matmul } from '../engine/products.js';
import { sum } from '../engine/reductions.js';
import { reshape } from '../engine/structure.js';
import type { Value } from '../engine/value.js';
import { executor, type Executor, type RunningCall } from '../running/call.js';
import { einsum } from './einsum.js';
import { pNorm } from './normalisation.js';

/** `β · input + α · (a b)`. */
function added(call: RunningCall, a: string, b: string): Value {
  const product = scale(matmul(call.value(a), call.value(b)), call.number('alpha'));
  const beta = call.number('beta');
  return beta === 0 ? product : add(scale(call.value('input'), beta), product);
}

/** Distances between all pairs of rows. */
function pairwiseDistances(call: RunningCall): Value {
  const [a, b] = [call.value('x1'), call.value('x2')];
  const rows = reshape(a, [...a.shape.slice(0, -1), 1, a.shape.at(-1) ?? 1]);
  const columns = reshape(b, [...b.shape.slice(0, -2), 1, ...b.shape.slice(-2)]);
  return pNorm(sub(rows, columns), call.number('p'), [-1], false);
}

export const PRODUCTS: readonly Executor[] = [
  executor('matmul', (call) => matmul(call.value('input'), call.value('other'))),
  executor(['mm', 'bmm'], (call) => matmul(call.value('input'), call.value('mat2'))),
  executor('mv', (call) => matmul(call.value('input'), call.value('vec'))),
  executor(['dot', 'vdot'], (call) => matmul(call.value('input'), call.value('tensor'))),
  executor('addmm', (call) => added(call, 'mat1', 'mat2')),
  executor('baddbmm', (call) => added(call, 'batch1', 'batch2')),
  executor(['outer', 'ger'], (call) => {
    const [a, b] = [call.value('input'), call.value('vec2')];
    return mul(reshape(a, [...a.shape, 1]), reshape(b, [1, ...b.shape]));
  }),
  executor('cdist', pairwiseDistances),
  executor('einsum', (call) => einsum(call.text('equation'), call.values('operands'))),
  executor(['PairwiseDistance', 'pairwise_distance'], (call) => distance(call)),
  executor(['CosineSimilarity', 'cosine_similarity'], (call) =>
    cosine(call.value('x1'), call.value('x2'), call.number('dim'), call.number('eps')),
  ),
];

function distance(call: RunningCall): Value {
  const difference = sub(call.value('x1'), call.value('x2'));
  const eps = call.number('eps');
  const apart = unary(difference, { value: (x) => tf.add(x, eps), back: (g) => g });
  return pNorm(apart, call.number('p'), [-1], call.flag('keepdim'));
}

/** `x · y / (max(‖x‖, eps) · max(‖y‖, eps))`. */
export function cosine(x: Value, y: Value, dim: number, eps: number): Value {
  const rank = Math.max(x.shape.length, y.shape.length);
  const axis = dim < 0 ? dim : dim - rank;
  const unit = (of: Value): Value => {
    const length = pNorm(of, 2, [axis], true);
    const bounded = unary(length, {
      value: (data) => tf.maximum(data, eps),
      back: (g, data) => tf.mul(g, tf.cast(tf.greaterEqual(data, eps), 'float32')),
    });
    return div(of, bounded);
  };
  return sum(mul(unit(x), unit(y)), [axis]);
}
