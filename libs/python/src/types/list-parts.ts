import { PyDict, PyList, PySet, PySlice } from '../objects/containers.js';
import { raise } from '../objects/exceptions.js';
import { UnknownNeeded } from '../objects/iterators.js';
import type { PyValue, Runtime } from '../objects/object.js';
import { PyUnknown } from '../objects/unknown.js';
import { checkLength, limitLength, toArray } from '../operations/iteration.js';
import { specialMethod } from '../operations/attributes.js';
import { PyDictView } from './mappings.js';
import { isOpen } from '../operations/open-lists.js';
import { sequenceIndex, sliceBounds, slicePositions } from '../operations/subscripts.js';

/** Items added at the end; where nobody knows them, one stands for all, and the list's length is known no more. */
export function extend(rt: Runtime, self: PyList, iterable: PyValue): void {
  const items = itemsOf(rt, iterable);
  if (hasUnknownLength(iterable)) self.grownByUnknown = true;
  limitLength(rt, self.items.length + items.length);
  for (const item of items) self.items.push(item);
}

/** A list made of another one, with its items or some of them, of as unknown a length. */
export function listLike(made: PyList, ...of: readonly PyValue[]): PyList {
  if (of.some(hasUnknownLength)) made.grownByUnknown = true;
  return made;
}

/** Puts an item where another one is; nothing, where nobody knows whether there is one. */
export function putAt(rt: Runtime, self: PyList, key: PyValue, value: PyValue): void {
  if (self.grownByUnknown && outside(rt, self, key)) return;
  self.items[sequenceIndex(rt, key, self.items.length, 'list assignment index out of range')] = value;
}

/** Whether an index is none of a list's own. */
export function outside(rt: Runtime, { items }: PyList, key: PyValue): boolean {
  try {
    sequenceIndex(rt, key, items.length, '');
    return false;
  } catch (thrown) {
    if (thrown instanceof UnknownNeeded) throw thrown;
    return true;
  }
}

export function assignSlice(rt: Runtime, self: PyList, key: PySlice, value: PyValue): void {
  const { start, stop, step } = sliceBounds(rt, key, self.items.length);
  if (
    !(value instanceof PyUnknown) &&
    specialMethod(rt, value, '__iter__') === undefined &&
    specialMethod(rt, value, '__getitem__') === undefined
  )
    raise('TypeError', step === 1 ? 'can only assign an iterable' : 'must assign iterable to extended slice');
  const items = itemsOf(rt, value);
  if (hasUnknownLength(value)) self.grownByUnknown = true;
  checkLength(rt, self.items.length + items.length);
  if (step === 1) {
    self.items = [...self.items.slice(0, start), ...items, ...self.items.slice(Math.max(start, stop))];
    return;
  }
  const positions = slicePositions(rt, key, self.items.length);
  if (positions.length !== items.length && !self.grownByUnknown) {
    raise(
      'ValueError',
      `attempt to assign sequence of size ${items.length} to extended slice of size ${positions.length}`,
    );
  }
  for (const [index, position] of positions.entries())
    self.items[position] = items[index] ?? items.at(-1) ?? null;
}

/** Whether nobody knows how many items something has. */
export function hasUnknownLength(value: PyValue): boolean {
  if (value instanceof PySet || value instanceof PyDict) return value.unknownEntries !== undefined;
  if (value instanceof PyDictView) return value.dict.unknownEntries !== undefined;
  return value instanceof PyUnknown || isOpen(value);
}

function itemsOf(rt: Runtime, value: PyValue): readonly PyValue[] {
  if (!(value instanceof PyUnknown)) return toArray(rt, value);
  return [rt.watcher?.derived(rt, { kind: 'element', of: value }) ?? value];
}
