import { builtinClass } from '../objects/classes.js';
import { PyDict } from '../objects/containers.js';
import { PyRaise } from '../objects/exceptions.js';
import { PyObject } from '../objects/object.js';
import type { PyClass, PyValue, Runtime } from '../objects/object.js';

const lazyAnnotationsClass = builtinClass('annotations');

/** A hint nobody evaluated yet, and its text. */
export interface LazyAnnotation {
  readonly evaluate: () => PyValue;
  readonly text: string;
}

/** A class's `__annotations__`: evaluated when read, because hints may name what was never imported. */
export class LazyAnnotations extends PyObject {
  constructor(readonly hints: ReadonlyMap<string, LazyAnnotation>) {
    super(lazyAnnotationsClass);
  }

  override get isDataDescriptor(): boolean {
    return false;
  }

  override bindTo(rt: Runtime, owner: PyClass): PyValue {
    const dict = evaluateAnnotations(rt, this.hints);
    if (owner.namespace.get('__annotations__') === this) owner.namespace.set('__annotations__', dict);
    return dict;
  }
}

/** A function's `__annotations__`, evaluated when read; `functools.wraps` gives the same to what it wraps with. */
export class FunctionAnnotations extends PyObject {
  #dict: PyDict | undefined = undefined;

  constructor(readonly hints: () => ReadonlyMap<string, LazyAnnotation>) {
    super(lazyAnnotationsClass);
  }

  dict(rt: Runtime): PyDict {
    this.#dict ??= evaluateAnnotations(rt, this.hints());
    return this.#dict;
  }
}

/** The hints as a dict; one that cannot be evaluated stays the text it was written as. */
export function evaluateAnnotations(rt: Runtime, hints: ReadonlyMap<string, LazyAnnotation>): PyDict {
  const dict = new PyDict();
  for (const [name, hint] of hints) dict.set(rt, name, evaluateAnnotation(hint));
  return dict;
}

/** One hint's value, or its text where it raises. */
export function evaluateAnnotation(hint: LazyAnnotation): PyValue {
  try {
    return hint.evaluate();
  } catch (thrown) {
    if (thrown instanceof PyRaise) return hint.text;
    throw thrown;
  }
}
