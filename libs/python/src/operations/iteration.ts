import { typeNameInErrors } from '../objects/callables.js';
import { typeOf } from '../objects/classes.js';
import { PyDict, PyList, PyRange, PySet, PyTuple } from '../objects/containers.js';
import type { Entry, Table } from '../objects/containers.js';
import { exceptionClass, PyRaise, raise } from '../objects/exceptions.js';
import { NativeIterator, PyIterator, SequenceIterator, UnknownIterator } from '../objects/iterators.js';
import type { PyClass, PyValue, Runtime } from '../objects/object.js';
import { PyUnknown } from '../objects/unknown.js';
import { countWork } from '../objects/work.js';
import { BudgetError } from '../objects/budgets.js';
import { specialMethod, unknownBase } from './attributes.js';

const stopIteration = exceptionClass('StopIteration');

/** `iter(value)`; raises TypeError for what is not iterable. Going over an unknown throws `UnknownNeeded`. */
export function getIterator(rt: Runtime, value: PyValue): PyIterator {
  if (value instanceof PyIterator) return value;
  const native = nativeIterator(rt, value);
  if (native !== undefined) return native;
  const method = specialMethod(rt, value, '__iter__');
  if (method !== undefined) {
    const result = rt.call(method, []);
    if (result instanceof PyIterator) return result;
    if (result instanceof PyUnknown) return new UnknownIterator(result);
    const next = specialMethod(rt, result, '__next__');
    if (next === undefined)
      return raise('TypeError', `iter() returned non-iterator of type '${typeOf(result).name}'`);
    return new NativeIterator('iterator', () => nextOf(rt, next));
  }
  const item = specialMethod(rt, value, '__getitem__');
  if (item !== undefined && !(value instanceof PyDict)) return indexIterator(item);
  const base = unknownBase(rt, value);
  return base === undefined
    ? raise('TypeError', `'${typeNameInErrors(value)}' object is not iterable`)
    : new UnknownIterator(base);
}

function nextOf(rt: Runtime, next: PyValue): PyValue | undefined {
  return untilStopIteration(() => rt.call(next, []));
}

/** Runs a `__next__`; undefined once it raises StopIteration. */
export function untilStopIteration(next: () => PyValue): PyValue | undefined {
  try {
    return next();
  } catch (thrown) {
    if (thrown instanceof PyRaise && thrown.exception.cls.isSubclassOf(stopIteration)) return undefined;
    throw thrown;
  }
}

function indexIterator(item: PyValue): PyIterator {
  let index = 0n;
  return new NativeIterator('iterator', (rt) => {
    try {
      return rt.call(item, [index++]);
    } catch (thrown) {
      if (!(thrown instanceof PyRaise)) throw thrown;
      const { cls } = thrown.exception;
      if (cls.isSubclassOf(exceptionClass('IndexError')) || cls.isSubclassOf(stopIteration)) return undefined;
      throw thrown;
    }
  });
}

/** Iterators over the built-in types whose `__iter__` nobody has replaced. */
function nativeIterator(rt: Runtime, value: PyValue): PyIterator | undefined {
  if (typeof value === 'string') return stringIterator(value);
  if (value instanceof PyUnknown) return new UnknownIterator(value);
  if (value === null || typeof value !== 'object' || !keepsIteration(value.cls)) return undefined;
  if (value instanceof PyList) return new SequenceIterator('list_iterator', value);
  if (value instanceof PyTuple) return new SequenceIterator('tuple_iterator', value);
  if (value instanceof PyRange) return rangeIterator(value);
  if (value instanceof PyDict)
    return tableIterator(rt, 'dict_keyiterator', 'dictionary', value.table, (entry) => entry.key);
  if (value instanceof PySet)
    return tableIterator(rt, 'set_iterator', 'Set', value.table, (entry) => entry.key);
  return undefined;
}

function keepsIteration(cls: PyClass): boolean {
  return cls.native || cls.mro.find((base) => base.namespace.has('__iter__'))?.native === true;
}

function stringIterator(text: string): PyIterator {
  const characters = text[Symbol.iterator]();
  return new NativeIterator('str_iterator', () => characters.next().value);
}

function rangeIterator(range: PyRange): PyIterator {
  let { start } = range;
  let left = range.length;
  return new NativeIterator('range_iterator', () => {
    if (left === 0n) return undefined;
    const value = start;
    start += range.step;
    left--;
    return value;
  });
}

/** Walks a dict or set; raises RuntimeError if its size changes under way. */
export function tableIterator(
  rt: Runtime,
  typeName: string,
  noun: string,
  table: Table,
  pick: (entry: Entry) => PyValue,
): PyIterator {
  const entries = table.entries();
  const { size } = table;
  // Entries deleted at the front are gone over again each time an iterator begins.
  countWork(rt, size / 32);
  return new NativeIterator(typeName, () => {
    if (table.size !== size) return raise('RuntimeError', `${noun} changed size during iteration`);
    const entry = entries.next();
    return entry.done === true ? undefined : pick(entry.value);
  });
}

/** Calls `visit` with each item of an iterable; counts a step for each. */
export function forEach(rt: Runtime, value: PyValue, visit: (item: PyValue) => void): void {
  const iterator = getIterator(rt, value);
  for (let item = iterator.next(rt); item !== undefined; item = iterator.next(rt)) {
    rt.step();
    visit(item);
  }
}

/** The items of any iterable as an array of their own. */
export function toArray(rt: Runtime, value: PyValue): PyValue[] {
  if ((value instanceof PyList || value instanceof PyTuple) && keepsIteration(value.cls)) {
    countWork(rt, value.items.length);
    return [...value.items];
  }
  const items: PyValue[] = [];
  if (value instanceof PyRange) limitLength(rt, Number(value.length));
  forEach(rt, value, (item) => {
    if (items.length >= rt.budgets.collectionLength) limitLength(rt, items.length + 1);
    items.push(item);
  });
  rt.allocate(items.length * 8);
  return items;
}

/** Ends the run if a collection of that many items is more than the budget allows. */
export function limitLength(rt: Runtime, length: number): void {
  if (length > rt.budgets.collectionLength) {
    throw new BudgetError(
      'collection-size',
      `a collection of ${length} items; the budget is ${rt.budgets.collectionLength}`,
    );
  }
}

/** Counts the making of a collection of that many items; ends the run if that is more than a budget allows. */
export function checkLength(rt: Runtime, length: number): void {
  limitLength(rt, length);
  rt.allocate(length * 8);
  countWork(rt, length);
}

/** Ends the run if a string of that many characters is more than the budget allows. */
export function limitStringLength(rt: Runtime, length: number): void {
  if (length > rt.budgets.stringLength) {
    throw new BudgetError(
      'string-size',
      `a string of ${length} characters; the budget is ${rt.budgets.stringLength}`,
    );
  }
}

/** Counts the making of a string of that many characters; ends the run if that is more than a budget allows. */
export function checkStringLength(rt: Runtime, length: number): void {
  limitStringLength(rt, length);
  if (length > 64) rt.allocate(length);
  countWork(rt, length);
}
