import * as tf from '@tensorflow/tfjs-core';
import { as, pairwise } from '../engine/arrays.js';
import {
  add,
  exp,
  float,
  log,
  mul,
  neg,
  scale,
  sqrt,
  square,
  stopped,
  sub,
  unary,
} from '../engine/elementwise.js';
import { gather } from '../engine/lookup.js';
import { alongLast, axesOf, largest, largestWithPlace, mean, runningSum, sum } from '../engine/reductions.js';
import { elements } from '../engine/shape.js';
import { concatenate, reshape, slice } from '../engine/structure.js';
import { constant, standard, Value } from '../engine/value.js';
import { executor, type Executor, type Output, type RunningCall } from '../running/call.js';
import { maximum, minimum } from './arithmetic.js';
import { cast } from './mathematics.js';
import { pNorm } from './normalisation.js';

function dims(call: RunningCall): readonly number[] | null {
  return call.optionalNumbers('dim');
}

function keep(call: RunningCall): boolean {
  return call.flag('keepdim');
}

function summed(call: RunningCall): Value {
  return cast(sum(call.value('input'), dims(call), keep(call)), call.dtype);
}

/** Products of halves of an axis, so that gradients need no division. */
function product(x: Value, axis: number): Value {
  let current = x;
  while ((current.shape[axis] ?? 1) > 1) {
    const size = current.shape[axis] ?? 1;
    const half = Math.floor(size / 2);
    const pairs = mul(slice(current, axis, 0, half), slice(current, axis, half, half), x.dtype);
    current = size % 2 === 0 ? pairs : concatenate([pairs, slice(current, axis, 2 * half, 1)], axis);
  }
  return current;
}

function multiplied(call: RunningCall): Value {
  const x = call.value('input');
  const axes = axesOf(dims(call), x.shape.length);
  const result = axes.reduce((current, axis) => product(current, axis), x);
  return cast(reshape(result, call.shape), call.dtype);
}

function spread(call: RunningCall): Value {
  const x = call.value('input');
  const axes = dims(call);
  const centred = sub(x, mean(x, axes, true));
  const count = elements(axesOf(axes, x.shape.length).map((axis) => x.shape[axis] ?? 1));
  const given = call.optionalNumber('correction');
  const correction = given ?? (call.flag('unbiased') ? 1 : 0);
  const variance = scale(sum(square(centred), axes, keep(call)), 1 / Math.max(count - correction, 0));
  return call.name === 'std' ? sqrt(variance) : variance;
}

/** `log Σ eˣ`, with the largest taken out. */
function logSumExp(call: RunningCall): Value {
  const x = call.value('input');
  const peak = stopped(largest(x, dims(call), true));
  const total = log(sum(exp(sub(x, peak)), dims(call), keep(call)));
  return add(total, reshape(peak, total.shape));
}

function extremum(call: RunningCall, sign: 1 | -1): Output {
  const x = call.value('input');
  const given = call.raw('dim');
  const turned = (value: Value): Value => (sign === 1 ? value : neg(value));
  if (given === null) return turned(reshape(largestOfAll(turned(x)), []));
  if (typeof given !== 'number') {
    const other = call.value('dim');
    return sign === 1 ? maximum(x, other) : minimum(x, other);
  }
  const { value, place } = largestWithPlace(turned(x), given, keep(call));
  return [turned(value), place];
}

/** Of all elements; equals share the gradient evenly, as PyTorch has it. */
function largestOfAll(x: Value): Value {
  return largest(x, null);
}

function placed(call: RunningCall, sign: 1 | -1): Value {
  const x = sign === 1 ? call.value('input') : neg(call.value('input'));
  const dim = call.optionalNumbers('dim');
  const [axis] = dim ?? [];
  if (axis === undefined)
    return reshape(largestWithPlace(reshape(x, [elements(x.shape)]), 0).place, call.shape);
  return reshape(largestWithPlace(x, axis, keep(call)).place, call.shape);
}

function truth(call: RunningCall, all: boolean): Value {
  const x = call.value('input');
  const hits = unary(x, { value: (data) => float(tf.notEqual(data, 0)) }, 'bool');
  const axes = axesOf(dims(call), x.shape.length);
  const count = elements(axes.map((axis) => x.shape[axis] ?? 1));
  const total = sum(hits, dims(call), keep(call));
  return unary(total, { value: (data) => float(all ? tf.equal(data, count) : tf.greater(data, 0)) }, 'bool');
}

function counted(call: RunningCall): Value {
  const hits = unary(call.value('input'), { value: (data) => float(tf.notEqual(data, 0)) }, 'int64');
  return cast(sum(hits, dims(call), keep(call)), 'int64');
}

/** The places of a sorted axis. Equals keep their order, which PyTorch leaves open. */
function order(x: Value, dim: number, descending: boolean): Value {
  const places = alongLast(stopped(x), dim, (source, rows, columns) => {
    const lines = as(source, [rows, columns]);
    const { indices } = tf.topk(descending ? lines : tf.neg(lines), columns, true);
    return { data: float(indices), backward: (gradient) => gradient };
  });
  return new Value(places.data, places.shape, 'int64', places.order);
}

function sorted(call: RunningCall): Output {
  const x = call.value('input');
  const places = order(x, call.number('dim'), call.flag('descending'));
  return call.name === 'sort' ? [gather(x, call.number('dim'), places), places] : places;
}

function topk(call: RunningCall): Output {
  const x = call.value('input');
  const dim = call.number('dim');
  const places = slice(order(x, dim, call.flag('largest')), dim, 0, call.number('k'));
  return [gather(x, dim, places), places];
}

/** Without gradients through the sign of zero: as PyTorch's, 0 there. */
function norm(call: RunningCall): Value {
  const p = call.raw('p');
  const axes = dims(call);
  const exponent =
    p === null || p === 'fro'
      ? 2
      : typeof p === 'string'
        ? call.refuse(`it takes the ${p} norm`)
        : call.number('p');
  if (exponent === Number.NEGATIVE_INFINITY) return call.refuse('it takes the smallest element');
  return pNorm(call.value('input'), exponent, axes, keep(call));
}

/** NaN counts as nothing. */
function ignoringNaN(call: RunningCall): Value {
  const x = call.value('input');
  const present = constant(
    tf.tidy(() => tf.sub(1, float(tf.isNaN(standard(x))))),
    x.shape,
  );
  const clean = unary(x, {
    value: (data) => tf.where(tf.isNaN(data), tf.zerosLike(data), data),
    back: (g, data) => tf.where(tf.isNaN(data), tf.zerosLike(g), g),
  });
  const total = sum(clean, dims(call), keep(call));
  if (call.name === 'nansum') return total;
  const count = sum(present, dims(call), keep(call));
  const inverse = constant(
    pairwise(tf.div, tf.onesLike(count.data), count.shape, count.data, count.shape),
    count.shape,
  );
  return mul(total, inverse);
}

export const REDUCTIONS: readonly Executor[] = [
  executor('sum', summed),
  executor('mean', (call) => mean(call.value('input'), dims(call), keep(call))),
  executor(['nansum', 'nanmean'], ignoringNaN),
  executor('prod', multiplied),
  executor('amax', (call) => largest(call.value('input'), dims(call), keep(call))),
  executor('amin', (call) => neg(largest(neg(call.value('input')), dims(call), keep(call)))),
  executor('argmax', (call) => placed(call, 1)),
  executor('argmin', (call) => placed(call, -1)),
  executor('all', (call) => truth(call, true)),
  executor('any', (call) => truth(call, false)),
  executor('count_nonzero', counted),
  executor('logsumexp', logSumExp),
  executor(['var', 'std'], spread),
  executor('max', (call) => extremum(call, 1)),
  executor('min', (call) => extremum(call, -1)),
  executor('cumsum', (call) => cast(runningSum(call.value('input'), call.number('dim')), call.dtype)),
  executor(['sort', 'argsort'], sorted),
  executor('topk', topk),
  executor('norm', norm),
];
