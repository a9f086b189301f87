import { ABSENT, builtinClass, typeOf } from '../objects/classes.js';
import { PyList, PyTuple } from '../objects/containers.js';
import { PyRaise, raise } from '../objects/exceptions.js';
import { NativeIterator, nativeIteratorClass, PyIterator, UnknownIterator } from '../objects/iterators.js';
import { PyObject } from '../objects/object.js';
import type { PyClass, PyValue, Runtime } from '../objects/object.js';
import { PyUnknown } from '../objects/unknown.js';
import { PyStaticMethod } from '../objects/callables.js';
import { stopIteration } from '../compile/generator.js';
import { nativeFunction } from '../native/functions.js';
import type { NativeImplementation } from '../native/functions.js';
import { binary } from '../operations/binary.js';

import { asInteger, rest, truth } from '../operations/conversion.js';
import { compare } from '../operations/comparison.js';
import { forEach, getIterator, toArray } from '../operations/iteration.js';
import { specialMethod } from '../operations/attributes.js';
import { equals } from '../objects/equality.js';
import { length } from '../operations/conversion.js';
import { getItem } from '../operations/subscripts.js';
import { listLike } from '../types/list-parts.js';
import { sortValues } from '../types/sorting.js';
import { isOpenAndEmpty, ofOpen } from '../operations/open-lists.js';

/** An iterator class such as `map`, whose instances a TypeScript function drives. */
export class LazyIterator extends PyIterator {
  constructor(
    cls: PyClass,
    readonly advance: (rt: Runtime) => PyValue | undefined,
  ) {
    super(cls);
  }

  override next(rt: Runtime): PyValue | undefined {
    rt.step();
    return this.advance(rt);
  }
}

/** A native class of iterators: called with arguments, it gives an iterator. */
export function iteratorType(
  signature: string,
  module: string,
  make: (rt: Runtime, ...args: PyValue[]) => (rt: Runtime) => PyValue | undefined,
): PyClass {
  const open = signature.indexOf('(');
  const name = signature.slice(0, open);
  const cls = builtinClass(name, { base: nativeIteratorClass, module });
  const inside = signature.slice(open + 1);
  const callee = nativeFunction(
    `__new__(cls${inside.startsWith(')') ? '' : ', '}${inside}`,
    (rt, own, ...args) => {
      const unknown = args.find((arg) => arg instanceof PyUnknown);
      return unknown ?? new LazyIterator(own === cls || !isClass(own) ? cls : own, make(rt, ...args));
    },
    { unknowns: 'accept', owner: name },
  );
  cls.define('__new__', new PyStaticMethod(callee));
  return cls;
}

function isClass(value: PyValue | undefined): value is PyClass {
  return value instanceof PyObject && 'mro' in value;
}

export const enumerateClass = iteratorType(
  'enumerate(iterable, start=0)',
  'builtins',
  (rt, iterable, start) => {
    const iterator = getIterator(rt, iterable);
    let index = asInteger(rt, start);
    return (at) => {
      const item = iterator.next(at);
      return item === undefined ? undefined : new PyTuple([index++, item]);
    };
  },
);

export const zipClass = iteratorType('zip(*iterables, strict=False)', 'builtins', (rt, iterables, strict) => {
  const iterators = rest(iterables).map((item) => getIterator(rt, item));
  return (at) => {
    if (iterators.length === 0) return undefined;
    const items: PyValue[] = [];
    for (const [index, iterator] of iterators.entries()) {
      const item = iterator.next(at);
      if (item === undefined) {
        if (truth(at, strict)) checkStrict(at, iterators, index);
        return undefined;
      }
      items.push(item);
    }
    return new PyTuple(items);
  };
});

function checkStrict(rt: Runtime, iterators: readonly PyIterator[], short: number): void {
  const before = short === 1 ? 'argument 1' : `arguments 1-${short}`;
  if (short > 0) raise('ValueError', `zip() argument ${short + 1} is shorter than ${before}`);
  for (const [index, iterator] of iterators.entries()) {
    if (index > 0 && iterator.next(rt) !== undefined) {
      raise(
        'ValueError',
        `zip() argument ${index + 1} is longer than ${index === 1 ? 'argument 1' : `arguments 1-${index}`}`,
      );
    }
  }
}

export const mapClass = iteratorType(
  'map(function, iterable, *iterables)',
  'builtins',
  (rt, callee, first, others) => {
    const iterators = [first, ...rest(others)].map((item) => getIterator(rt, item));
    return (at) => {
      const items: PyValue[] = [];
      for (const iterator of iterators) {
        const item = iterator.next(at);
        if (item === undefined) return undefined;
        items.push(item);
      }
      return at.call(callee, items);
    };
  },
);

export const filterClass = iteratorType('filter(function, iterable)', 'builtins', (rt, callee, iterable) => {
  const iterator = getIterator(rt, iterable);
  return (at) => {
    for (let item = iterator.next(at); item !== undefined; item = iterator.next(at)) {
      at.step();
      const keep = callee === null || callee === undefined ? item : at.call(callee, [item]);
      // Of what is not known it is not known either whether it is among them: nobody is to take it for nothing.
      if ((keep instanceof PyUnknown && item instanceof PyUnknown) || truth(at, keep)) return item;
    }
    return undefined;
  };
});

export const reversedClass = iteratorType('reversed(sequence)', 'builtins', (rt, sequence) => {
  const value = sequence;
  const method = specialMethod(rt, value, '__reversed__');
  if (method !== undefined) {
    const iterator = getIterator(rt, rt.call(method, []));
    return (at) => iterator.next(at);
  }
  if (
    typeof value !== 'string' &&
    (specialMethod(rt, value, '__len__') === undefined ||
      specialMethod(rt, value, '__getitem__') === undefined ||
      typeOf(value).lookup('keys') !== undefined ||
      typeOf(value).name === 'set')
  ) {
    return raise('TypeError', `'${typeOf(value).name}' object is not reversible`);
  }
  let index = length(rt, value);
  return (at) => (index > 0 ? getItem(at, value, BigInt(--index)) : undefined);
});

/** `min` and `max`. */
function extreme(
  rt: Runtime,
  name: 'min' | 'max',
  args: readonly PyValue[],
  key: PyValue,
  fallback: PyValue,
): PyValue {
  const [first] = args;
  if (first === undefined) return raise('TypeError', `${name} expected at least 1 argument, got 0`);
  if (args.length === 1 && isOpenAndEmpty(first)) return ofOpen(rt);
  const values = args.length === 1 ? toArray(rt, first) : args;
  if (args.length === 1 && first instanceof PyUnknown) return first;
  const unknown = values.find((value) => value instanceof PyUnknown);
  if (unknown !== undefined) return unknown;
  let best: PyValue | undefined;
  let bestKey: PyValue = null;
  for (const value of values) {
    rt.step();
    const own = key === null ? value : rt.call(key, [value]);
    if (best === undefined || truth(rt, compare(rt, name === 'min' ? '<' : '>', own, bestKey))) {
      best = value;
      bestKey = own;
    }
  }
  if (best !== undefined) return best;
  return fallback === ABSENT ? raise('ValueError', `${name}() arg is an empty sequence`) : fallback;
}

/** `sum`: integers and floats by their operator, floats compensated as CPython 3.12 does not yet in 3.11. */
function sum(rt: Runtime, iterable: PyValue, start: PyValue): PyValue {
  if (iterable instanceof PyUnknown) return iterable;
  if (typeof start === 'string')
    return raise('TypeError', "sum() can't sum strings [use ''.join(seq) instead]");
  let total: PyValue = start;
  forEach(rt, iterable, (item) => {
    total = binary(rt, '+', total, item);
  });
  return total;
}

/** Built-in functions that go over things. */
export const iteration: Record<string, NativeImplementation> = {
  'iter(object, sentinel?, /)': (rt, value, sentinel) => {
    if (sentinel === ABSENT || sentinel === undefined) return iteratorOf(rt, value);
    return new NativeIterator('callable_iterator', (at) => {
      const item = at.call(value, []);
      return equals(at, item, sentinel) ? undefined : item;
    });
  },
  'next(iterator, default?, /)': (rt, iterator, fallback) => next(rt, iterator, fallback),
  'sorted(iterable, /, *, key=None, reverse=False)': (rt, iterable, key, reverse) =>
    iterable instanceof PyUnknown
      ? iterable
      : listLike(new PyList(sortValues(rt, toArray(rt, iterable), key, truth(rt, reverse))), iterable),
  'min(*args, key=None, default?)': (rt, args, key, fallback) =>
    extreme(rt, 'min', rest(args), key, fallback),
  'max(*args, key=None, default?)': (rt, args, key, fallback) =>
    extreme(rt, 'max', rest(args), key, fallback),
  'sum(iterable, /, start=0)': (rt, iterable, start) => sum(rt, iterable, start),
  'any(iterable, /)': (rt, iterable) => every(rt, iterable, true),
  'all(iterable, /)': (rt, iterable) => every(rt, iterable, false),
};

/** `iter(value)` as a value: the program's own iterator object where it has one. */
function iteratorOf(rt: Runtime, value: PyValue): PyValue {
  if (value instanceof PyUnknown) return value;
  const method = specialMethod(rt, value, '__iter__');
  if (method === undefined) {
    const iterator = getIterator(rt, value);
    return iterator instanceof UnknownIterator ? iterator.unknown : iterator;
  }
  const result = rt.call(method, []);
  if (specialMethod(rt, result, '__next__') === undefined && !(result instanceof PyUnknown)) {
    return raise('TypeError', `iter() returned non-iterator of type '${typeOf(result).name}'`);
  }
  return result;
}

function next(rt: Runtime, iterator: PyValue, fallback: PyValue): PyValue {
  if (iterator instanceof PyUnknown) return iterator;
  if (iterator instanceof PyIterator) {
    const value = iterator.next(rt);
    if (value !== undefined) return value;
    if (fallback !== ABSENT) return fallback;
    throw stopIteration('result' in iterator && isValue(iterator.result) ? iterator.result : null);
  }
  const method = specialMethod(rt, iterator, '__next__');
  if (method === undefined) return raise('TypeError', `'${typeOf(iterator).name}' object is not an iterator`);
  try {
    return rt.call(method, []);
  } catch (thrown) {
    if (
      fallback !== ABSENT &&
      thrown instanceof PyRaise &&
      thrown.exception.cls.mro.some((cls) => cls.name === 'StopIteration')
    )
      return fallback;
    throw thrown;
  }
}

function isValue(value: unknown): value is PyValue {
  return (
    value === null ||
    value instanceof PyObject ||
    ['string', 'number', 'bigint', 'boolean'].includes(typeof value)
  );
}

/** `any` (stops at true) and `all` (stops at false); unknown where it hangs on an unknown. */
function every(rt: Runtime, iterable: PyValue, stopsAt: boolean): PyValue {
  if (iterable instanceof PyUnknown) return iterable;
  const iterator = getIterator(rt, iterable);
  let unknown: PyValue = !stopsAt;
  for (let item = iterator.next(rt); item !== undefined; item = iterator.next(rt)) {
    rt.step();
    if (item instanceof PyUnknown) unknown = item;
    else if (truth(rt, item) === stopsAt) return stopsAt;
  }
  return unknown;
}
