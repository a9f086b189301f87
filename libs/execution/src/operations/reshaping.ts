import { axisOf, identity } from '../engine/shape.js';
import { expand, permute, repeat, reshape, swap } from '../engine/structure.js';
import type { Value } from '../engine/value.js';
import { executor, type Executor, type RunningCall } from '../running/call.js';

/** What only gives the same elements another shape, which inference knows. */
const RESHAPED = [
  'view',
  'reshape',
  'view_as',
  'reshape_as',
  'flatten',
  'Flatten',
  'unflatten',
  'Unflatten',
  'squeeze',
  'unsqueeze',
];

const EXPANDED = ['expand', 'broadcast_to', 'expand_as'];

function moved(call: RunningCall): Value {
  const x = call.value('input');
  const rank = x.shape.length;
  const from = call.numbers('source').map((dim) => axisOf(dim, rank));
  const to = call.numbers('destination').map((dim) => axisOf(dim, rank));
  const others = identity(rank).filter((axis) => !from.includes(axis));
  const order = identity(rank).map((place) => {
    const at = to.indexOf(place);
    return at >= 0 ? (from[at] ?? 0) : (others.shift() ?? 0);
  });
  return permute(x, order);
}

function repeated(call: RunningCall, name: string): Value {
  const x = call.value('input');
  const times = call.numbers(name);
  const missing = identity(Math.max(x.shape.length - times.length, 0)).map(() => 1);
  return repeat(x, [...missing, ...times]);
}

export const RESHAPING: readonly Executor[] = [
  executor(RESHAPED, (call) => reshape(call.value('input'), call.shape)),
  executor(EXPANDED, (call) => expand(call.value('input'), call.shape)),
  executor(['transpose', 'swapaxes', 'swapdims'], (call) => {
    const x = call.value('input');
    return x.shape.length === 0 ? x : swap(x, call.number('dim0'), call.number('dim1'));
  }),
  executor('t', (call) => {
    const x = call.value('input');
    return x.shape.length < 2 ? x : swap(x, 0, 1);
  }),
  executor('permute', (call) => {
    const x = call.value('input');
    return permute(
      x,
      call.numbers('dims').map((dim) => axisOf(dim, x.shape.length)),
    );
  }),
  executor(['movedim', 'moveaxis'], moved),
  executor('repeat', (call) => repeated(call, 'repeats')),
  executor('tile', (call) => repeated(call, 'dims')),
];
