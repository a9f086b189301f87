import * as tf from '@tensorflow/tfjs-core';
import { filled } from '../engine/arrays.js';
import { add, div, mul, scale, shift, sqrt, square, sub, unary, abs } from '../engine/elementwise.js';
import { matrixOf, mix } from '../engine/linear-map.js';
import { largest, mean, standardise, sum } from '../engine/reductions.js';
import { elements, identity } from '../engine/shape.js';
import { reshape } from '../engine/structure.js';
import type { Value } from '../engine/value.js';
import { executor, type Executor, type RunningCall } from '../running/call.js';
import { power } from './powers.js';

/** A vector over channels, shaped to broadcast over `[N, C, …]`. */
function overChannels(vector: Value, rank: number): Value {
  return reshape(vector, [1, vector.shape[0] ?? 1, ...identity(rank - 2).map(() => 1)]);
}

function affine(x: Value, weight: Value | null, bias: Value | null): Value {
  const scaled = weight ? mul(x, overChannels(weight, x.shape.length)) : x;
  return bias ? add(scaled, overChannels(bias, x.shape.length)) : scaled;
}

interface Normalisation {
  readonly axes: readonly number[];
  readonly useInput: boolean;
}

/** With the input's statistics, which the running ones then follow; or with the running ones. */
function normalised(call: RunningCall, x: Value, { axes, useInput }: Normalisation): Value {
  const eps = call.number('eps');
  const runningMean = call.state('running_mean');
  const runningVariance = call.state('running_var');
  if (!useInput) {
    if (!runningMean || !runningVariance) return call.refuse('it has no running statistics');
    const rank = x.shape.length;
    const centred = sub(x, overChannels(runningMean, rank));
    return div(centred, sqrt(shift(overChannels(runningVariance, rank), eps)));
  }
  const { value, mean: average, variance } = standardise(x, axes, eps);
  if (runningMean && runningVariance && call.hasState('running_mean'))
    follow(call, x, axes, average, variance);
  return value;
}

/** `(1 − momentum) · running + momentum · seen`, the variance with Bessel's correction; without momentum, an even mean. */
function follow(
  call: RunningCall,
  x: Value,
  axes: readonly number[],
  average: tf.Tensor,
  variance: tf.Tensor,
): void {
  const count = elements(axes.map((axis) => x.shape[axis] ?? 1));
  const batches = call.state('num_batches_tracked');
  const given = call.optionalNumber('momentum');
  const momentum =
    given === null && batches ? tf.reciprocal(tf.add(batches.data, 1)) : filled([1], given ?? 0);
  const channels = x.shape[1] ?? 1;
  const mix = (name: string, seen: tf.Tensor, factor: number): void => {
    const running = call.state(name);
    if (!running) return;
    // Instance statistics are kept as their mean over the batch.
    const perChannel = tf.mean(tf.reshape(seen, [-1, channels]), 0);
    const before = tf.reshape(running.data, [channels]);
    const change = tf.sub(tf.mul(perChannel, factor), before);
    call.updateBuffer(name, tf.add(before, tf.mul(change, momentum)));
  };
  mix('running_mean', average, 1);
  mix('running_var', variance, count > 1 ? count / (count - 1) : 1);
  // Instance normalisation has the counter and never counts.
  if (batches && axes.includes(0)) call.updateBuffer('num_batches_tracked', tf.add(batches.data, 1));
}

function batchNorm(call: RunningCall): Value {
  const x = call.value('input');
  const axes = [0, ...identity(x.shape.length).slice(2)];
  const tracked = call.hasState('running_mean');
  const useInput = call.step.layer ? call.training || !tracked : call.flag('training');
  const result = normalised(call, x, { axes, useInput });
  return affine(result, call.state('weight'), call.state('bias'));
}

function instanceNorm(call: RunningCall): Value {
  const given = call.value('input');
  const rank = call.step.layer ? Number(/\d/.exec(call.name)?.[0] ?? 1) + 2 : given.shape.length;
  const x = given.shape.length < rank ? reshape(given, [1, ...given.shape]) : given;
  const axes = identity(rank).slice(2);
  const tracked = call.hasState('running_mean');
  const useInput = call.step.layer ? call.training || !tracked : call.flag('use_input_stats');
  const result = affine(normalised(call, x, { axes, useInput }), call.state('weight'), call.state('bias'));
  return reshape(result, call.shape);
}

function lastAxes(x: Value, count: number): readonly number[] {
  return identity(x.shape.length).slice(x.shape.length - count);
}

function layerNorm(call: RunningCall): Value {
  const x = call.value('input');
  const axes = lastAxes(x, call.numbers('normalized_shape').length);
  const { value } = standardise(x, axes, call.number('eps'));
  const [weight, bias] = [call.state('weight'), call.state('bias')];
  const scaled = weight ? mul(value, weight) : value;
  return bias ? add(scaled, bias) : scaled;
}

/** The smallest step from 1 in float32, which PyTorch takes where no eps is given. */
const EPSILON = 2 ** -23;

function rmsNorm(call: RunningCall): Value {
  const x = call.value(call.step.layer ? 'x' : 'input');
  const axes = lastAxes(x, call.numbers('normalized_shape').length);
  const size = sqrt(shift(mean(square(x), axes, true), call.optionalNumber('eps') ?? EPSILON));
  const value = div(x, size);
  const weight = call.state('weight');
  return weight ? mul(value, weight) : value;
}

function groupNorm(call: RunningCall): Value {
  const x = call.value('input');
  const [n = 1, ...rest] = x.shape;
  const groups = call.number('num_groups');
  const folded = reshape(x, [n, groups, elements(rest) / groups]);
  const { value } = standardise(folded, [2], call.number('eps'));
  return affine(reshape(value, x.shape), call.state('weight'), call.state('bias'));
}

/** `x / max(‖x‖ₚ, eps)` along dimensions. */
function normalize(call: RunningCall): Value {
  const x = call.value('input');
  const length = pNorm(x, call.number('p'), call.numbers('dim'), true);
  const bounded = unary(length, {
    value: (data) => tf.maximum(data, call.number('eps')),
    back: (g, data) => tf.mul(g, tf.cast(tf.greaterEqual(data, call.number('eps')), 'float32')),
  });
  return div(x, bounded);
}

/** `(Σ |x|ᵖ)^(1/p)`; at 0 its gradient is 0, as PyTorch's. */
export function pNorm(x: Value, p: number, dims: readonly number[] | null, keep: boolean): Value {
  if (p === Number.POSITIVE_INFINITY) return largest(abs(x), dims, keep);
  if (p === 1) return sum(abs(x), dims, keep);
  if (p === 0)
    return sum(unary(x, { value: (data) => tf.cast(tf.notEqual(data, 0), 'float32') }), dims, keep);
  const total = p === 2 ? sum(square(x), dims, keep) : sum(power(abs(x), p), dims, keep);
  return unary(total, {
    value: (data) => (p === 2 ? tf.sqrt(data) : tf.pow(data, 1 / p)),
    back: (g, data, y) =>
      tf.where(
        tf.greater(data, 0),
        tf.div(tf.mul(tf.mul(g, y), 1 / p), tf.maximum(data, 1e-38)),
        tf.zerosLike(data),
      ),
  });
}

/** Krizhevsky et al. (2012): over neighbouring channels, `x / (k + α · mean(x²))^β`. */
function responseNorm(call: RunningCall): Value {
  const x = call.value('input');
  const size = call.number('size');
  const channels = x.shape[1] ?? 1;
  const before = Math.floor(size / 2);
  const after = Math.floor((size - 1) / 2);
  const window = matrixOf(channels, channels, (row) =>
    identity(size)
      .map((at) => row - before + at)
      .filter((at) => at >= 0 && at <= Math.min(row + after, channels - 1))
      .map((at) => [at, 1 / size] as const),
  );
  const spread = mix(square(x), 1, window);
  return div(x, power(shift(scale(spread, call.number('alpha')), call.number('k')), call.number('beta')));
}

export const NORMALISATIONS: readonly Executor[] = [
  executor(['BatchNorm1d', 'BatchNorm2d', 'BatchNorm3d', 'SyncBatchNorm', 'batch_norm'], batchNorm),
  executor(['InstanceNorm1d', 'InstanceNorm2d', 'InstanceNorm3d', 'instance_norm'], instanceNorm),
  executor(['LayerNorm', 'layer_norm'], layerNorm),
  executor(['RMSNorm', 'rms_norm'], rmsNorm),
  executor(['GroupNorm', 'group_norm'], groupNorm),
  executor(['LocalResponseNorm', 'CrossMapLRN2d', 'local_response_norm'], responseNorm),
  executor('normalize', normalize),
];
