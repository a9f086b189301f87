import { typeNameInErrors } from '../objects/callables.js';
import { typeClass, typeOf } from '../objects/classes.js';
import { PyDict, PyList, PyRange, PySlice, PyTuple } from '../objects/containers.js';
import { raise } from '../objects/exceptions.js';
import { countWork } from '../objects/work.js';
import { PyClass, PyObject } from '../objects/object.js';
import type { PyValue, Runtime } from '../objects/object.js';
import { PyUnknown } from '../objects/unknown.js';
import { findAttribute, specialMethod, unknownBase } from './attributes.js';
import { asInteger } from './conversion.js';
import { beyondKnown, isOpen } from './open-lists.js';
import { aliasOf } from '../types/generic.js';

/** `value[key]` */
export function getItem(rt: Runtime, value: PyValue, key: PyValue): PyValue {
  if (typeof key === 'bigint' && (value instanceof PyList || value instanceof PyTuple) && value.cls.native) {
    const { items } = value;
    const index = Number(key);
    const item = items[index < 0 ? index + items.length : index];
    if (item !== undefined) return item;
  }
  if (value instanceof PyUnknown) return rt.watcher?.derived(rt, { kind: 'item', of: value, key }) ?? value;
  const beyond = isOpen(value) ? beyondKnown(rt, value, key) : undefined;
  if (beyond !== undefined) return beyond;
  const method = specialMethod(rt, value, '__getitem__');
  if (method !== undefined) {
    const unknown = key instanceof PyUnknown ? key : unknownBound(value, key);
    if (unknown === undefined || value instanceof PyDict) return rt.call(method, [key]);
    return value instanceof PyObject && rt.watcher !== undefined
      ? rt.watcher.derived(rt, { kind: 'item', of: value, key })
      : unknown;
  }
  if (value instanceof PyClass) {
    // `type[int]`: of all classes this one alone is asked by identity.
    if (value === typeClass) return aliasOf(value, key, 'type');
    const generic = findAttribute(rt, value, '__class_getitem__');
    if (generic !== undefined) return rt.call(generic, [key]);
    return raise('TypeError', `type '${value.name}' is not subscriptable`);
  }
  const base = unknownBase(rt, value);
  return base === undefined
    ? raise('TypeError', `'${typeNameInErrors(value)}' object is not subscriptable`)
    : getItem(rt, base, key);
}

/** What is not known of the bounds of a slice, where it is one of a list, tuple or range of Python's own, or of a text. */
function unknownBound(value: PyValue, key: PyValue): PyUnknown | undefined {
  if (!(key instanceof PySlice)) return undefined;
  const isPlain =
    typeof value === 'string' ||
    value instanceof PyRange ||
    ((value instanceof PyList || value instanceof PyTuple) && value.cls.native);
  if (!isPlain) return undefined;
  return [key.start, key.stop, key.step].find((bound) => bound instanceof PyUnknown);
}

/** `value[key] = item` */
export function setItem(rt: Runtime, value: PyValue, key: PyValue, item: PyValue): void {
  if (value instanceof PyUnknown) return;
  const method = specialMethod(rt, value, '__setitem__');
  if (method === undefined) {
    if (unknownBase(rt, value) !== undefined) return;
    return raise('TypeError', `'${typeNameInErrors(value)}' object does not support item assignment`);
  }
  rt.call(method, [key, item]);
}

/** `del value[key]` */
export function deleteItem(rt: Runtime, value: PyValue, key: PyValue): void {
  if (value instanceof PyUnknown) return;
  const method = specialMethod(rt, value, '__delitem__');
  if (method === undefined) {
    if (unknownBase(rt, value) !== undefined) return;
    return raise('TypeError', `'${typeOf(value).name}' object doesn't support item deletion`);
  }
  rt.call(method, [key]);
}

/** The bounds of a slice on a sequence of that length, as `slice.indices`. */
export function sliceBounds(
  rt: Runtime,
  slice: PySlice,
  length: number,
): { start: number; stop: number; step: number } {
  const step = slice.step === null ? 1 : clamp(rt, slice.step);
  if (step === 0) return raise('ValueError', 'slice step cannot be zero');
  const low = step < 0 ? -1 : 0;
  const high = step < 0 ? length - 1 : length;
  const bound = (value: PyValue, fallback: number): number => {
    if (value === null) return fallback;
    const given = clamp(rt, value);
    return Math.min(Math.max(given < 0 ? given + length : given, low), high);
  };
  return {
    start: bound(slice.start, step < 0 ? high : low),
    stop: bound(slice.stop, step < 0 ? low : high),
    step,
  };
}

function clamp(rt: Runtime, value: PyValue): number {
  if (value !== null && typeof value === 'object' && specialMethod(rt, value, '__index__') === undefined) {
    return raise('TypeError', 'slice indices must be integers or None or have an __index__ method');
  }
  if (typeof value === 'number' || typeof value === 'string') {
    return raise('TypeError', 'slice indices must be integers or None or have an __index__ method');
  }
  const number = Number(asInteger(rt, value));
  return Math.min(Math.max(number, -Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
}

/** The positions a slice picks, in order. */
export function slicePositions(rt: Runtime, slice: PySlice, length: number): number[] {
  const { start, stop, step } = sliceBounds(rt, slice, length);
  const positions: number[] = [];
  rt.step(Math.max(0, (stop - start) / step) / 8);
  for (let index = start; step > 0 ? index < stop : index > stop; index += step) positions.push(index);
  return positions;
}

/** The items a slice picks. */
export function sliceItems<T>(rt: Runtime, slice: PySlice, items: readonly T[]): T[] {
  const { start, stop, step } = sliceBounds(rt, slice, items.length);
  if (step === 1) {
    countWork(rt, stop - start);
    return items.slice(start, Math.max(start, stop));
  }
  const picked: T[] = [];
  for (const position of slicePositions(rt, slice, items.length)) {
    const item = items[position];
    if (item !== undefined) picked.push(item);
  }
  return picked;
}

/** A sequence index from a key: negative counts from the end; raises IndexError outside. */
export function sequenceIndex(rt: Runtime, key: PyValue, length: number, message: string): number {
  const number = Number(asInteger(rt, key));
  const index = number < 0 ? number + length : number;
  return index < 0 || index >= length ? raise('IndexError', message) : index;
}
