import { filled } from '../engine/arrays.js';
import { mul } from '../engine/elementwise.js';
import type { Random } from '../engine/random.js';
import { axisOf, elements, identity, type Shape } from '../engine/shape.js';
import {
  concatenate,
  every,
  expand,
  permute,
  reshape,
  reverse,
  slice,
  stack,
  swap,
} from '../engine/structure.js';
import { constant, hosted, type Value } from '../engine/value.js';
import { executor, type Executor, type RunningCall } from '../running/call.js';

/** 1 where a place of a matrix is kept, else 0. */
function maskOf(shape: Shape, kept: (row: number, column: number) => boolean): Value {
  const [rows = 1, columns = 1] = shape.slice(-2);
  const values = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1)
      if (kept(row, column)) values[row * columns + column] = 1;
  return hosted(values, [rows, columns]);
}

function triangle(call: RunningCall): Value {
  const x = call.value('input');
  const diagonal = call.number('diagonal');
  const upper = call.name === 'triu';
  return mul(
    x,
    maskOf(x.shape, (row, column) => (upper ? column - row >= diagonal : column - row <= diagonal)),
    x.dtype,
  );
}

/** Turns an axis round: what falls off the end comes in at the front. */
function rolled(x: Value, axis: number, by: number): Value {
  const size = x.shape[axis] ?? 1;
  const shift = ((by % size) + size) % size;
  if (shift === 0) return x;
  return concatenate([slice(x, axis, size - shift, shift), slice(x, axis, 0, size - shift)], axis);
}

function roll(call: RunningCall): Value {
  const x = call.value('input');
  const shifts = call.numbers('shifts');
  const dims = call.optionalNumbers('dims');
  if (dims === null || dims.length === 0)
    return reshape(rolled(reshape(x, [elements(x.shape)]), 0, shifts[0] ?? 0), x.shape);
  return dims.reduce((current, dim, at) => rolled(current, axisOf(dim, x.shape.length), shifts[at] ?? 0), x);
}

function turned(call: RunningCall): Value {
  const x = call.value('input');
  const [a = 0, b = 1] = call.numbers('dims').map((dim) => axisOf(dim, x.shape.length));
  const quarter = (of: Value): Value => swap(reverse(of, b), a, b);
  const times = ((call.number('k') % 4) + 4) % 4;
  return identity(times).reduce((current) => quarter(current), x);
}

/** Windows along a dimension, in a new last one. */
function windows(call: RunningCall): Value {
  const x = call.value('input');
  const axis = axisOf(call.number('dimension'), x.shape.length);
  const [size, step] = [call.number('size'), call.number('step')];
  const count = call.shape[axis] ?? 1;
  return stack(
    identity(size).map((at) => every(x, axis, { start: at, step, count })),
    x.shape.length,
  );
}

function diagonal(call: RunningCall): Value {
  const x = call.value('input');
  const rank = x.shape.length;
  const [a, b] = [axisOf(call.number('dim1'), rank), axisOf(call.number('dim2'), rank)];
  const offset = call.number('offset');
  const others = identity(rank).filter((axis) => axis !== a && axis !== b);
  const moved = permute(x, [...others, a, b]);
  const [rows = 1, columns = 1] = moved.shape.slice(-2);
  const lead = moved.shape.slice(0, -2);
  const flat = reshape(moved, [...lead, rows * columns]);
  const start = offset >= 0 ? offset : -offset * columns;
  return every(flat, lead.length, { start, step: columns + 1, count: call.shape.at(-1) ?? 0 });
}

function interleaved(call: RunningCall): Value {
  const x = call.value('input');
  const times = call.number('repeats');
  const dim = call.optionalNumber('dim');
  const whole = dim === null ? reshape(x, [elements(x.shape)]) : x;
  const axis = dim === null ? 0 : axisOf(dim, x.shape.length);
  const apart = reshape(whole, whole.shape.toSpliced(axis + 1, 0, 1));
  return reshape(expand(apart, apart.shape.with(axis + 1, times)), call.shape);
}

function made(call: RunningCall, value: number): Value {
  return constant(filled(call.shape, value), call.shape, call.dtype);
}

function drawn(call: RunningCall, draw: (random: Random) => number): Value {
  return hosted(call.random.fill(elements(call.shape), draw), call.shape, call.dtype);
}

export const ARRANGING: readonly Executor[] = [
  executor(['tril', 'triu'], triangle),
  executor('flip', (call) => call.numbers('dims').reduce((x, dim) => reverse(x, dim), call.value('input'))),
  executor('roll', roll),
  executor('rot90', turned),
  executor('unfold_windows', windows),
  executor('diagonal', diagonal),
  executor('repeat_interleave', interleaved),
  executor('zeros_like', (call) => made(call, 0)),
  executor('ones_like', (call) => made(call, 1)),
  executor('rand_like', (call) => drawn(call, (random) => random.uniform())),
  executor('randn_like', (call) => drawn(call, (random) => random.normal())),
];
