import { abs, mul, relu, scale } from '../engine/elementwise.js';
import { matrixOf, mix } from '../engine/linear-map.js';
import { largestWithPlace } from '../engine/reductions.js';
import { elements, identity } from '../engine/shape.js';
import { reshape, slice, stack } from '../engine/structure.js';
import type { Value } from '../engine/value.js';
import { largestInWindows, type PoolAxis } from '../engine/windows.js';
import { executor, type Executor, type Output, type RunningCall } from '../running/call.js';
import { along } from './convolution.js';
import { power, sign } from './powers.js';

type Rank = 1 | 2 | 3;

/** With a batch and channels in front, whatever came. */
function batched(x: Value, rank: Rank): Value {
  const lead = x.shape.slice(0, -rank);
  const [n, c] = lead.length >= 2 ? [lead[0] ?? 1, lead[1] ?? 1] : [1, lead[0] ?? 1];
  return reshape(x, [n, c, ...x.shape.slice(-rank)]);
}

interface Window {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
}

function windowOf(call: RunningCall, rank: Rank): Window {
  const kernel = along(call.numbers('kernel_size'), rank);
  const stride = call.optionalNumbers('stride');
  return {
    kernel,
    stride: stride === null || stride.length === 0 ? kernel : along(stride, rank),
    padding: call.has('padding') ? along(call.numbers('padding'), rank) : kernel.map(() => 0),
  };
}

function maxPool(call: RunningCall, rank: Rank): Output {
  const { kernel, stride, padding } = windowOf(call, rank);
  const dilation = along(call.numbers('dilation'), rank);
  const counts = call.shape.slice(-rank);
  const axes = kernel.map((size, axis): PoolAxis => ({
    kernel: size,
    stride: stride[axis] ?? 1,
    dilation: dilation[axis] ?? 1,
    before: padding[axis] ?? 0,
    count: counts[axis] ?? 1,
  }));
  const { value, place } = largestInWindows(batched(call.value('input'), rank), axes);
  const result = reshape(value, call.shape);
  return call.flag('return_indices') ? [result, reshape(place(), call.shape)] : result;
}

/** The input's places that the window at an output covers, and how many of these the padding makes up. */
function covered(
  at: number,
  size: number,
  kernel: number,
  stride: number,
  padding: number,
): { readonly from: number; readonly to: number; readonly whole: number } {
  const start = at * stride - padding;
  const end = Math.min(start + kernel, size + padding);
  return { from: Math.max(start, 0), to: Math.min(end, size), whole: end - start };
}

/** The mean of each window, one axis after the other; `divisor` replaces the number of places. */
export function averagePool(
  x: Value,
  window: Window,
  counts: readonly number[],
  { includePadding, divisor }: { readonly includePadding: boolean; readonly divisor: number | null },
): Value {
  let result = x;
  for (const [axis, kernel] of window.kernel.entries()) {
    const size = x.shape[axis + 2] ?? 1;
    const matrix = matrixOf(counts[axis] ?? 1, size, (row) => {
      const { from, to, whole } = covered(
        row,
        size,
        kernel,
        window.stride[axis] ?? 1,
        window.padding[axis] ?? 0,
      );
      const count = includePadding ? whole : to - from;
      const weight = divisor === null ? 1 / count : axis === 0 ? 1 / divisor : 1;
      return identity(Math.max(to - from, 0)).map((at) => [from + at, weight] as const);
    });
    result = mix(result, axis + 2, matrix);
  }
  return result;
}

function averagePoolCall(call: RunningCall, rank: Rank): Value {
  const x = batched(call.value('input'), rank);
  const divisor = call.has('divisor_override') ? call.optionalNumber('divisor_override') : null;
  const result = averagePool(x, windowOf(call, rank), call.shape.slice(-rank), {
    includePadding: call.flag('count_include_pad'),
    divisor,
  });
  return reshape(result, call.shape);
}

/** `(Σ xᵖ)^(1/p)`, computed through the mean as PyTorch does. */
function powerPool(call: RunningCall, rank: Rank): Value {
  const exponent = call.number('norm_type');
  const window = windowOf(call, rank);
  const x = batched(call.value('input'), rank);
  const averaged = averagePool(power(x, exponent), window, call.shape.slice(-rank), {
    includePadding: true,
    divisor: null,
  });
  const whole = scale(mul(sign(averaged), relu(abs(averaged))), elements(window.kernel));
  return reshape(power(whole, 1 / exponent), call.shape);
}

/** Where an adaptive pool's window begins and ends: `⌊i · in / out⌋` to `⌈(i + 1) · in / out⌉`. */
function adaptiveWindow(at: number, size: number, outputs: number): readonly [number, number] {
  return [Math.floor((at * size) / outputs), Math.ceil(((at + 1) * size) / outputs)];
}

export function adaptiveAverage(x: Value, counts: readonly number[]): Value {
  let result = x;
  for (const [axis, outputs] of counts.entries()) {
    const size = x.shape[axis + 2] ?? 1;
    if (size === outputs) continue;
    const matrix = matrixOf(outputs, size, (row) => {
      const [from, to] = adaptiveWindow(row, size, outputs);
      return identity(to - from).map((at) => [from + at, 1 / (to - from)] as const);
    });
    result = mix(result, axis + 2, matrix);
  }
  return result;
}

function adaptiveMaximum(call: RunningCall, rank: Rank): Output {
  const x = batched(call.value('input'), rank);
  const [n = 1, c = 1, ...spatial] = x.shape;
  const counts = call.shape.slice(-rank);
  const divides = counts.every((count, axis) => (spatial[axis] ?? 1) % count === 0);
  if (divides) {
    const axes = counts.map((count, axis): PoolAxis => {
      const kernel = (spatial[axis] ?? 1) / count;
      return { kernel, stride: kernel, dilation: 1, before: 0, count };
    });
    if (elements(axes.map(({ kernel }) => kernel)) <= elements(counts)) {
      const { value, place } = largestInWindows(x, axes);
      const result = reshape(value, call.shape);
      return call.flag('return_indices') ? [result, reshape(place(), call.shape)] : result;
    }
  }
  if (call.flag('return_indices'))
    return call.refuse('it is asked for the places of maxima in uneven windows');
  // Few outputs: each one's window is cut out and reduced by itself.
  const cells = identity(elements(counts)).map((cell) => {
    let rest = cell;
    let part = x;
    for (let axis = rank - 1; axis >= 0; axis -= 1) {
      const count = counts[axis] ?? 1;
      const [from, to] = adaptiveWindow(rest % count, spatial[axis] ?? 1, count);
      part = slice(part, axis + 2, from, to - from);
      rest = Math.floor(rest / count);
    }
    return largestWithPlace(reshape(part, [n, c, elements(part.shape.slice(2))]), 2).value;
  });
  return reshape(stack(cells, 2), call.shape);
}

const RANKS: readonly Rank[] = [1, 2, 3];

export const POOLS: readonly Executor[] = RANKS.flatMap((rank) => [
  executor([`MaxPool${rank}d`, `max_pool${rank}d`], (call) => maxPool(call, rank)),
  executor([`AvgPool${rank}d`, `avg_pool${rank}d`], (call) => averagePoolCall(call, rank)),
  executor([`LPPool${rank}d`, `lp_pool${rank}d`], (call) => powerPool(call, rank)),
  executor([`AdaptiveAvgPool${rank}d`, `adaptive_avg_pool${rank}d`], (call) =>
    reshape(adaptiveAverage(batched(call.value('input'), rank), call.shape.slice(-rank)), call.shape),
  ),
  executor([`AdaptiveMaxPool${rank}d`, `adaptive_max_pool${rank}d`], (call) => adaptiveMaximum(call, rank)),
]);
