import { builtinClass, typeOf } from '../objects/classes.js';
import { raise } from '../objects/exceptions.js';
import { asOfBase, PyClass, PyObject } from '../objects/object.js';
import type { PyValue, Runtime } from '../objects/object.js';
import { PyUnknown, UNKNOWN_BASE } from '../objects/unknown.js';
import { rawFunction } from '../native/functions.js';
import { PyStaticMethod } from '../objects/callables.js';

export const superClass = builtinClass('super');

/** `super(cls, self)`: attributes from the classes after `cls` in the order of resolution of `self`. */
export class PySuper extends PyObject {
  readonly #order: readonly PyClass[];
  readonly #start: PyClass;
  readonly #bound: PyValue | undefined;

  constructor(
    readonly owner: PyClass,
    readonly self: PyValue,
  ) {
    super(superClass);
    if (self instanceof PyClass && self.isSubclassOf(owner)) {
      this.#start = self;
      this.#bound = undefined;
    } else if (typeOf(self).isSubclassOf(owner)) {
      this.#start = typeOf(self);
      this.#bound = self;
    } else raise('TypeError', 'super(type, obj): obj must be an instance or subtype of type');
    this.#order = this.#start.mro;
  }

  override get hidesMethods(): boolean {
    return true;
  }

  override findOwn(rt: Runtime, name: string): PyValue | undefined {
    if (name === '__class__') return superClass;
    if (name === '__thisclass__') return this.owner;
    if (name === '__self__') return this.self;
    if (name === '__self_class__') return this.#start;
    const unknown = this.#start.lookup(UNKNOWN_BASE);
    let comesAfterUnknown = this.owner.namespace.has(UNKNOWN_BASE);
    for (const cls of this.#order.slice(this.#order.indexOf(this.owner) + 1)) {
      const found = cls.namespace.get(name);
      if (found === undefined) {
        comesAfterUnknown ||= cls.namespace.has(UNKNOWN_BASE);
        continue;
      }
      // A base that is not known may have it first: what another class of the program has may not be what is meant.
      if (comesAfterUnknown && !cls.native && unknown instanceof PyUnknown) return unknown;
      if (unknown instanceof PyUnknown && cls.bases.length === 0) return unknown;
      return found instanceof PyObject ? found.bindTo(rt, this.#start, this.#bound) : found;
    }
    return unknown instanceof PyUnknown ? this.#ofUnknown(rt, unknown, name) : super.findOwn(rt, name);
  }

  /** What a base that is not known has, asked for by an object: where a run is watched, its own attribute of that name. */
  #ofUnknown(rt: Runtime, base: PyUnknown, name: string): PyValue {
    const object = this.#bound;
    if (rt.watcher === undefined || name.startsWith('__') || !(object instanceof PyObject)) return base;
    const of = asOfBase(rt, object, base);
    return of instanceof PyObject ? rt.watcher.derived(rt, { kind: 'attribute', of, name }) : base;
  }
}

superClass.define(
  '__new__',
  new PyStaticMethod(
    rawFunction('__new__', (rt, args) => {
      const [, cls, self] = args;
      if (cls instanceof PyClass && self !== undefined) return new PySuper(cls, self);
      if (cls instanceof PyUnknown) return cls;
      if (cls === undefined) return rt.raise('RuntimeError', 'super(): no arguments');
      return rt.raise('TypeError', `super() argument 1 must be a type, not ${typeOf(cls).name}`);
    }),
  ),
);
