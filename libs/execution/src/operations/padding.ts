import { matrixOf, mix } from '../engine/linear-map.js';
import { pad } from '../engine/structure.js';
import type { Value } from '../engine/value.js';
import { executor, NotExecutable, type Executor, type RunningCall } from '../running/call.js';

export type PaddingMode = 'constant' | 'reflect' | 'replicate' | 'circular';
const MODES: readonly PaddingMode[] = ['constant', 'reflect', 'replicate', 'circular'];

export function paddingMode(mode: string): PaddingMode {
  const found = MODES.find((each) => each === mode);
  if (!found) throw new NotExecutable(`padding of mode ${mode}`);
  return found;
}

/** Which place of the input a place outside it repeats. */
function source(at: number, size: number, mode: PaddingMode): number {
  if (mode === 'replicate') return Math.min(Math.max(at, 0), size - 1);
  if (mode === 'circular') return ((at % size) + size) % size;
  if (at < 0) return -at;
  return at >= size ? 2 * (size - 1) - at : at;
}

/** Adds places around one axis, filled as the mode says. */
export function padAxis(
  x: Value,
  axis: number,
  before: number,
  after: number,
  mode: PaddingMode,
  value: number,
): Value {
  if (before === 0 && after === 0) return x;
  if (mode === 'constant') return pad(x, axis, before, after, value);
  const size = x.shape[axis] ?? 1;
  const outputs = size + before + after;
  return mix(
    x,
    axis,
    matrixOf(outputs, size, (row) => [[source(row - before, size, mode), 1]]),
  );
}

/** Amounts come last dimension first: `(left, right, top, bottom)`. */
function padded(call: RunningCall, amounts: readonly number[], mode: PaddingMode, value: number): Value {
  const x = call.value('input');
  const rank = x.shape.length;
  let result = x;
  for (let at = 0; at * 2 < amounts.length; at += 1)
    result = padAxis(result, rank - 1 - at, amounts[2 * at] ?? 0, amounts[2 * at + 1] ?? 0, mode, value);
  return result;
}

const LAYERS = [
  ['Zero', 'constant'],
  ['Constant', 'constant'],
  ['Reflection', 'reflect'],
  ['Replication', 'replicate'],
  ['Circular', 'circular'],
] as const;

export const PADDINGS: readonly Executor[] = [
  ...LAYERS.map(([prefix, mode]) =>
    executor(
      [1, 2, 3].map((rank) => `${prefix}Pad${rank}d`),
      (call) => padded(call, call.numbers('padding'), mode, call.has('value') ? call.number('value') : 0),
    ),
  ),
  executor('pad', (call) =>
    padded(call, call.numbers('pad'), paddingMode(call.text('mode')), call.optionalNumber('value') ?? 0),
  ),
];
