import { builtinClass } from './classes.js';
import { PyObject } from './object.js';
import type { PyClass, PyValue, Runtime } from './object.js';
import type { PyUnknown } from './unknown.js';

/** Anything that hands out values one by one; native code asks `next`, Python asks `__next__`. */
export abstract class PyIterator extends PyObject {
  /** The next value, or undefined when there is none. */
  abstract next(rt: Runtime): PyValue | undefined;
}

/** Every class of native iterators inherits `__iter__` and `__next__` from this one. */
export const nativeIteratorClass = builtinClass('iterator');

/**
 * Thrown where native code needs to know what is unknown (the items of something it is to go over, a number): loops take it
 * up, native functions give the unknown back.
 */
export class UnknownNeeded {
  constructor(readonly unknown: PyUnknown) {}
}

/** Goes over what is unknown. */
export class UnknownIterator extends PyIterator {
  constructor(readonly unknown: PyUnknown) {
    super(nativeIteratorClass);
  }

  override next(): never {
    throw new UnknownNeeded(this.unknown);
  }
}

/** One class per kind of iterator, so that `type(iter([]))` reads as it does in CPython. */
export const iteratorClasses = new Map<string, PyClass>();

function iteratorClass(name: string): PyClass {
  let cls = iteratorClasses.get(name);
  if (cls === undefined) {
    cls = builtinClass(name);
    iteratorClasses.set(name, cls);
  }
  return cls;
}

/** An iterator around a TypeScript function; `typeName` is what Python calls its type. */
export class NativeIterator extends PyIterator {
  constructor(
    typeName: string,
    readonly advance: (rt: Runtime) => PyValue | undefined,
  ) {
    super(classFor(typeName));
  }

  override next(rt: Runtime): PyValue | undefined {
    return this.advance(rt);
  }
}

function classFor(typeName: string): PyClass {
  const cls = iteratorClass(typeName);
  if (cls.bases[0] !== nativeIteratorClass) cls.rebase([nativeIteratorClass]);
  return cls;
}

/** Walks a list that may change meanwhile, as CPython's list iterator does. */
export class SequenceIterator extends PyIterator {
  #index = 0;

  constructor(
    typeName: string,
    readonly sequence: { readonly items: readonly PyValue[] },
  ) {
    super(classFor(typeName));
  }

  override next(): PyValue | undefined {
    const item = this.sequence.items[this.#index];
    if (item !== undefined) this.#index++;
    return item;
  }
}
