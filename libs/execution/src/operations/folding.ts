import { add } from '../engine/elementwise.js';
import { elements, identity } from '../engine/shape.js';
import { every, pad, reshape, slice, stack } from '../engine/structure.js';
import type { Value } from '../engine/value.js';
import { executor, type Executor, type RunningCall } from '../running/call.js';
import { along } from './convolution.js';

interface Blocks {
  readonly kernel: readonly number[];
  readonly dilation: readonly number[];
  readonly padding: readonly number[];
  readonly stride: readonly number[];
}

function blocksOf(call: RunningCall): Blocks {
  return {
    kernel: along(call.numbers('kernel_size'), 2),
    dilation: along(call.numbers('dilation'), 2),
    padding: along(call.numbers('padding'), 2),
    stride: along(call.numbers('stride'), 2),
  };
}

function counts(size: readonly number[], { kernel, dilation, padding, stride }: Blocks): readonly number[] {
  return size.map(
    (length, axis) =>
      Math.floor(
        (length + 2 * (padding[axis] ?? 0) - (dilation[axis] ?? 1) * ((kernel[axis] ?? 1) - 1) - 1) /
          (stride[axis] ?? 1),
      ) + 1,
  );
}

/** `[N, C, H, W]` to `[N, C·kernel, blocks]`. */
function unfold(call: RunningCall): Value {
  const given = call.value('input');
  const x = given.shape.length === 3 ? reshape(given, [1, ...given.shape]) : given;
  const blocks = blocksOf(call);
  const { kernel, dilation, padding, stride } = blocks;
  const [high = 1, wide = 1] = counts(x.shape.slice(2), blocks);
  const padded = pad(pad(x, 2, padding[0] ?? 0, padding[0] ?? 0), 3, padding[1] ?? 0, padding[1] ?? 0);
  const [kh = 1, kw = 1] = kernel;
  const taps = identity(kh * kw).map((tap) => {
    const rows = every(padded, 2, {
      start: Math.floor(tap / kw) * (dilation[0] ?? 1),
      step: stride[0] ?? 1,
      count: high,
    });
    return every(rows, 3, { start: (tap % kw) * (dilation[1] ?? 1), step: stride[1] ?? 1, count: wide });
  });
  return reshape(stack(taps, 2), call.shape);
}

/** `[N, C·kernel, blocks]` to `[N, C, H, W]`: what overlaps is summed. */
function fold(call: RunningCall): Value {
  const given = call.value('input');
  const blocks = blocksOf(call);
  const { kernel, dilation, padding, stride } = blocks;
  const size = along(call.numbers('output_size'), 2);
  const [high = 1, wide = 1] = counts(size, blocks);
  const [kh = 1, kw = 1] = kernel;
  const channels = (given.shape.at(-2) ?? 1) / (kh * kw);
  const n = elements(given.shape.slice(0, -2));
  const apart = reshape(given, [n * channels, kh * kw, high, wide]);
  const whole = size.map((length, axis) => length + 2 * (padding[axis] ?? 0));
  const parts = identity(kh * kw).map((tap) => {
    const block = reshape(slice(apart, 1, tap, 1), [n * channels, high, wide]);
    const rows = placed(block, 1, {
      start: Math.floor(tap / kw) * (dilation[0] ?? 1),
      step: stride[0] ?? 1,
      size: whole[0] ?? 1,
    });
    return placed(rows, 2, {
      start: (tap % kw) * (dilation[1] ?? 1),
      step: stride[1] ?? 1,
      size: whole[1] ?? 1,
    });
  });
  const total = parts.reduce((sum, part) => add(sum, part));
  const inner = slice(total, 1, padding[0] ?? 0, size[0] ?? 1);
  return reshape(slice(inner, 2, padding[1] ?? 0, size[1] ?? 1), call.shape);
}

/** Places of an axis put apart in a longer one, zeros between. */
function placed(
  x: Value,
  axis: number,
  { start, step, size }: { readonly start: number; readonly step: number; readonly size: number },
): Value {
  const count = x.shape[axis] ?? 1;
  const gapped =
    step === 1
      ? x
      : pad(
          reshape(
            pad(reshape(x, x.shape.toSpliced(axis + 1, 0, 1)), axis + 1, 0, step - 1),
            x.shape.with(axis, count * step),
          ),
          axis,
          0,
          1 - step,
        );
  const span = gapped.shape[axis] ?? 1;
  return pad(gapped, axis, start, size - start - span);
}

export const FOLDING: readonly Executor[] = [
  executor(['Unfold', 'unfold'], unfold),
  executor(['Fold', 'fold'], fold),
];
