import { add } from '../engine/elementwise.js';
import { convolve, convolveTransposed, type Sliding } from '../engine/convolution.js';
import { identity } from '../engine/shape.js';
import { every, pad, permute, reshape, select } from '../engine/structure.js';
import type { Value } from '../engine/value.js';
import { executor, type Executor, type RunningCall } from '../running/call.js';
import { padAxis, paddingMode } from './padding.js';

type Rank = 1 | 2 | 3;

/** One entry a dimension: a single one stands for all. */
export function along(values: readonly number[], rank: number): readonly number[] {
  return identity(rank).map((axis) => values[axis] ?? values[0] ?? 0);
}

function slidings(call: RunningCall, kernel: readonly number[]): readonly Sliding[] {
  const rank = kernel.length;
  const stride = along(call.numbers('stride'), rank);
  const dilation = along(call.numbers('dilation'), rank);
  const word = call.optionalText('padding');
  const padding = word === null ? along(call.numbers('padding'), rank) : [];
  return kernel.map((size, axis) => {
    const gap = dilation[axis] ?? 1;
    const total = word === 'same' ? gap * (size - 1) : word === 'valid' ? 0 : 2 * (padding[axis] ?? 0);
    const before = Math.floor(total / 2);
    return { stride: stride[axis] ?? 1, dilation: gap, before, after: total - before };
  });
}

function convolution(call: RunningCall, rank: Rank): Value {
  const weight = call.parameter('weight');
  const given = call.value('input');
  const x = given.shape.length === rank + 1 ? reshape(given, [1, ...given.shape]) : given;
  const windows = slidings(call, weight.shape.slice(2));
  const mode = call.has('padding_mode') ? call.text('padding_mode') : 'zeros';
  const groups = call.number('groups');
  const result =
    mode === 'zeros'
      ? convolveAnyRank(x, weight, windows, groups)
      : convolveAnyRank(
          windows.reduce(
            (current, { before, after }, axis) =>
              padAxis(current, axis + 2, before, after, paddingMode(mode), 0),
            x,
          ),
          weight,
          windows.map((window) => ({ ...window, before: 0, after: 0 })),
          groups,
        );
  return biased(reshape(result, [x.shape[0] ?? 1, ...call.shape.slice(-rank - 1)]), call.state('bias'), call);
}

function biased(result: Value, bias: Value | null, call: RunningCall): Value {
  const whole = bias
    ? add(result, reshape(bias, [1, bias.shape[0] ?? 1, ...result.shape.slice(2).map(() => 1)]))
    : result;
  return reshape(whole, call.shape);
}

const NOTHING: Sliding = { stride: 1, dilation: 1, before: 0, after: 0 };

function convolveAnyRank(x: Value, weight: Value, windows: readonly Sliding[], groups: number): Value {
  const [first = NOTHING, second = NOTHING] = windows;
  const [n = 1, c = 1, ...spatial] = x.shape;
  const [o = 1, i = 1, ...kernel] = weight.shape;
  if (windows.length === 2) return convolve(x, weight, [first, second], groups);
  if (windows.length === 1)
    return convolve(
      reshape(x, [n, c, 1, spatial[0] ?? 1]),
      reshape(weight, [o, i, 1, kernel[0] ?? 1]),
      [NOTHING, first],
      groups,
    );
  return convolveDeep(x, weight, windows, groups);
}

/** Three dimensions: one convolution over two for each depth of the kernel, summed. */
function convolveDeep(x: Value, weight: Value, windows: readonly Sliding[], groups: number): Value {
  const [deep = NOTHING, rows = NOTHING, columns = NOTHING] = windows;
  const padded = pad(x, 2, deep.before, deep.after);
  const [n = 1, c = 1, depth = 1, h = 1, w = 1] = padded.shape;
  const taps = weight.shape[2] ?? 1;
  const count = Math.floor((depth - deep.dilation * (taps - 1) - 1) / deep.stride) + 1;
  const parts = identity(taps).map((tap) => {
    const layers = every(padded, 2, { start: tap * deep.dilation, step: deep.stride, count });
    const flat = reshape(permute(layers, [0, 2, 1, 3, 4]), [n * count, c, h, w]);
    return convolve(flat, select(weight, 2, tap), [rows, columns], groups);
  });
  const total = parts.reduce((sum, part) => add(sum, part));
  const [, o = 1, oh = 1, ow = 1] = total.shape;
  return permute(reshape(total, [n, count, o, oh, ow]), [0, 2, 1, 3, 4]);
}

function transposed(call: RunningCall, rank: Rank): Value {
  const weight = call.parameter('weight');
  const given = call.value('input');
  const x = given.shape.length === rank + 1 ? reshape(given, [1, ...given.shape]) : given;
  const stride = along(call.numbers('stride'), rank);
  const dilation = along(call.numbers('dilation'), rank);
  const padding = along(call.numbers('padding'), rank);
  const groups = call.number('groups');
  const spatial = call.shape.slice(-rank);
  const windows = spatial.map((_, axis): Sliding => {
    const before = padding[axis] ?? 0;
    return { stride: stride[axis] ?? 1, dilation: dilation[axis] ?? 1, before, after: before };
  });
  const result = transposedAnyRank(x, weight, windows, groups, spatial);
  return biased(result, call.state('bias'), call);
}

function transposedAnyRank(
  x: Value,
  weight: Value,
  windows: readonly Sliding[],
  groups: number,
  size: readonly number[],
): Value {
  const [first = NOTHING, second = NOTHING, third = NOTHING] = windows;
  const [n = 1, c = 1, ...spatial] = x.shape;
  const [i = 1, o = 1, ...kernel] = weight.shape;
  const outputs = o * groups;
  if (windows.length === 2)
    return convolveTransposed(x, weight, [first, second], groups, [size[0] ?? 1, size[1] ?? 1]);
  if (windows.length === 1) {
    const flat = convolveTransposed(
      reshape(x, [n, c, 1, spatial[0] ?? 1]),
      reshape(weight, [i, o, 1, kernel[0] ?? 1]),
      [NOTHING, first],
      groups,
      [1, size[0] ?? 1],
    );
    return reshape(flat, [n, outputs, ...size]);
  }
  // Each depth of the input goes, by each depth of the kernel, to one depth of the output.
  const [depth = 1, h = 1, w = 1] = spatial;
  const [deep = 1, high = 1, wide = 1] = size;
  const whole = (depth - 1) * first.stride + first.dilation * ((kernel[0] ?? 1) - 1) + 1;
  const flat = reshape(permute(x, [0, 2, 1, 3, 4]), [n * depth, c, h, w]);
  const parts = identity(kernel[0] ?? 1).map((tap) => {
    const plane = convolveTransposed(flat, select(weight, 2, tap), [second, third], groups, [high, wide]);
    const layers = spreadDepth(reshape(plane, [n, depth, outputs * high * wide]), first.stride);
    const start = tap * first.dilation;
    return pad(layers, 1, start, whole - start - (layers.shape[1] ?? 1));
  });
  const total = parts.reduce((sum, part) => add(sum, part));
  const cut = pad(total, 1, -first.before, deep + first.before - whole);
  return permute(reshape(cut, [n, deep, outputs, high, wide]), [0, 2, 1, 3, 4]);
}

/** Puts the layers of axis 1 apart, with zeros between. */
function spreadDepth(x: Value, step: number): Value {
  if (step === 1) return x;
  const [n = 1, depth = 1, width = 1] = x.shape;
  const gaps = reshape(pad(reshape(x, [n, depth, 1, width]), 2, 0, step - 1), [n, depth * step, width]);
  return pad(gaps, 1, 0, 1 - step);
}

const RANKS: readonly Rank[] = [1, 2, 3];

export const CONVOLUTIONS: readonly Executor[] = RANKS.flatMap((rank) => [
  executor([`Conv${rank}d`, `conv${rank}d`], (call) => convolution(call, rank)),
  executor([`ConvTranspose${rank}d`, `conv_transpose${rank}d`], (call) => transposed(call, rank)),
]);
