import { gather, pick } from '../engine/lookup.js';
import { every, reshape } from '../engine/structure.js';
import { hosted, type Value } from '../engine/value.js';
import type { PlanArgument } from '../plan/plan.js';
import { executor, isList, numberIn, type Executor, type RunningCall } from '../running/call.js';

type Bounds = readonly [start: number | null, stop: number | null, step: number | null];

function cut(x: Value, axis: number, [start, stop, step]: Bounds): Value {
  const size = x.shape[axis] ?? 1;
  const stride = step ?? 1;
  const bound = (at: number): number => Math.min(Math.max(at < 0 ? at + size : at, 0), size);
  const from = start === null ? 0 : bound(start);
  const to = stop === null ? size : bound(stop);
  const count = Math.max(Math.ceil((to - from) / stride), 0);
  return every(x, axis, { start: from, step: stride, count });
}

/** `tensor[index]`: integers, slices, None, an ellipsis, and one tensor of places. */
function getItem(call: RunningCall): Value {
  const given = call.raw('index');
  const parts = isList(given) ? given : [given];
  const taken = parts.filter((part) => part !== null && !isEllipsis(part)).length;
  let x = call.value('input');
  const rank = x.shape.length;
  let axis = 0;
  let picked = false;
  for (const part of parts) {
    if (part === null) {
      x = reshape(x, x.shape.toSpliced(axis, 0, 1));
      axis += 1;
    } else if (isEllipsis(part)) {
      axis += rank - taken;
    } else if (typeof part === 'boolean') {
      return call.refuse('it is indexed by a truth value');
    } else if (isList(part)) {
      if (picked) return call.refuse('it is indexed by several lists at once');
      const places = part.map((at) => numberIn(at) ?? call.refuse('it is indexed by nested lists'));
      x = pick(x, axis, hosted(Float32Array.from(places), [places.length], 'int64'));
      axis += 1;
      picked = true;
    } else if (typeof part === 'object' && 'slice' in part) {
      x = cut(x, axis, part.slice);
      axis += 1;
    } else if (typeof part === 'object' && 'tensor' in part) {
      if (picked) return call.refuse('it is indexed by several tensors at once');
      const index = call.read(part, 'index') ?? call.refuse('it is indexed by None');
      if (index.dtype === 'bool') return call.refuse('it is indexed by a mask');
      x = pick(x, axis, index);
      axis += index.shape.length;
      picked = true;
    } else {
      const at = numberIn(part);
      if (at === undefined) return call.refuse('the places it is indexed by are not known');
      const size = x.shape[axis] ?? 1;
      const one = every(x, axis, { start: at < 0 ? at + size : at, step: 1, count: 1 });
      x = reshape(one, one.shape.toSpliced(axis, 1));
    }
  }
  return x;
}

function isEllipsis(part: PlanArgument): boolean {
  return typeof part === 'object' && part !== null && 'opaque' in part && part.opaque === 'Ellipsis';
}

export const INDEXING: readonly Executor[] = [
  executor('getitem', getItem),
  executor('gather', (call) => gather(call.value('input'), call.number('dim'), call.value('index'))),
  executor('index_select', (call) =>
    reshape(pick(call.value('input'), call.number('dim'), call.value('index')), call.shape),
  ),
];
