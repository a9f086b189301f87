import { axisOf, identity } from '../engine/shape.js';
import { concatenate, expand, reshape, slice, stack } from '../engine/structure.js';
import type { Value } from '../engine/value.js';
import { executor, type Executor, type Output, type RunningCall } from '../running/call.js';

/** An empty one-dimensional tensor joins anything. */
function joined(parts: readonly Value[], dim: number): Value {
  const full = parts.filter(({ shape }) => !(shape.length === 1 && shape[0] === 0));
  return concatenate(full.length > 0 ? full : parts, dim);
}

function atLeast(part: Value, rank: number): Value {
  const { shape } = part;
  if (shape.length >= rank) return part;
  if (rank === 1) return reshape(part, [1]);
  if (rank === 2) return reshape(part, [1, shape[0] ?? 1]);
  return reshape(part, shape.length === 2 ? [...shape, 1] : [1, shape[0] ?? 1, 1]);
}

function stackedAlong(call: RunningCall, rank: number, dim: number): Value {
  const parts = call.values('tensors').map((part) => atLeast(part, rank));
  const vectors = call.name === 'hstack' && parts.every(({ shape }) => shape.length === 1);
  return joined(parts, vectors ? 0 : dim);
}

/** Pieces of an axis as wide as inference says. */
function pieces(call: RunningCall): Output {
  const x = call.value('input');
  const axis = axisOf(call.number('dim'), x.shape.length);
  let start = 0;
  return call.step.outputs.map(({ shape }) => {
    const length = shape[axis] ?? 0;
    start += length;
    return slice(x, axis, start - length, length);
  });
}

function unbound(call: RunningCall): Output {
  const x = call.value('input');
  const axis = axisOf(call.number('dim'), x.shape.length);
  return call.step.outputs.map(({ shape }, at) => reshape(slice(x, axis, at, 1), shape));
}

function meshgrid(call: RunningCall): Output {
  const parts = call.values('tensors');
  const swapped = call.optionalText('indexing') === 'xy' && parts.length > 1;
  return parts.map((part, at) => {
    const { shape } = call.output(at);
    const axis = swapped && at < 2 ? 1 - at : at;
    const ones = identity(shape.length).map((other) => (other === axis ? (shape[axis] ?? 1) : 1));
    return expand(reshape(part, ones), shape);
  });
}

export const JOINING: readonly Executor[] = [
  executor(['cat', 'concat', 'concatenate'], (call) => joined(call.values('tensors'), call.number('dim'))),
  executor('stack', (call) => {
    const parts = call.values('tensors');
    return stack(parts, axisOf(call.number('dim'), (parts[0]?.shape.length ?? 0) + 1));
  }),
  executor('hstack', (call) => stackedAlong(call, 1, 1)),
  executor(['vstack', 'row_stack'], (call) => stackedAlong(call, 2, 0)),
  executor('dstack', (call) => stackedAlong(call, 3, 2)),
  executor(['split', 'split_with_sizes', 'chunk', 'tensor_split'], pieces),
  executor('unbind', unbound),
  executor('select', (call) => {
    const x = call.value('input');
    const axis = axisOf(call.number('dim'), x.shape.length);
    const index = call.number('index');
    return reshape(slice(x, axis, index < 0 ? index + (x.shape[axis] ?? 1) : index, 1), call.shape);
  }),
  executor('narrow', (call) => {
    const x = call.value('input');
    const axis = axisOf(call.number('dim'), x.shape.length);
    const start = call.number('start');
    return slice(x, axis, start < 0 ? start + (x.shape[axis] ?? 1) : start, call.number('length'));
  }),
  executor('broadcast_tensors', (call) =>
    call.values('tensors').map((part, at) => expand(part, call.output(at).shape)),
  ),
  executor('meshgrid', meshgrid),
];
