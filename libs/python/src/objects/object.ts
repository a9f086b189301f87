import type { Budgets } from './budgets.js';
import { UNKNOWN_BASE } from './unknown-base.js';
import type { Place, Span } from '../source/text.js';

/**
 * A Python value as TypeScript sees it: None is `null`, bool `boolean`, int `bigint`, float `number`,
 * str `string`; everything else is a {@link PyObject}.
 */
export type PyValue = null | boolean | bigint | number | string | PyObject;

/** Keyword arguments of a call, in the order written. */
export type Keywords = ReadonlyMap<string, PyValue>;

/** Anything that is not one of the five primitives. Subclass it in TypeScript to carry a native payload. */
export class PyObject {
  cls: PyClass;
  /** The instance's `__dict__`; made on first use. */
  attributes: Map<string, PyValue> | undefined = undefined;

  constructor(cls: PyClass) {
    this.cls = cls;
  }

  /** `object(*args, **keywords)`; functions and classes have their own. */
  call(rt: Runtime, args: readonly PyValue[], keywords?: Keywords): PyValue {
    const method = this.cls.lookup('__call__');
    // A base that is not known may have one.
    const base = method === undefined ? this.cls.lookup(UNKNOWN_BASE) : undefined;
    if (base !== undefined)
      return rt.call(base instanceof PyObject ? asOfBase(rt, this, base) : base, args, keywords);
    if (method === undefined)
      return rt.raise('TypeError', `'${this.cls.nameInErrors}' object is not callable`);
    return rt.call(rt.bind(method, this), args, keywords);
  }

  /**
   * What reading this object as a class attribute gives: functions become bound methods, properties are
   * evaluated. `instance` is undefined when read from the class itself.
   */
  bindTo(rt: Runtime, owner: PyClass, instance: PyValue | undefined): PyValue {
    const get = this.cls.lookup('__get__');
    return get === undefined ? this : rt.call(rt.bind(get, this), [instance ?? null, owner]);
  }

  /**
   * Takes over the native payload of `source` when `copy.copy` or `copy.deepcopy` makes this object from it;
   * `copy` is the identity or the deep copy. Native classes with a payload override it.
   */
  copyPayload(_source: PyObject, _copy: (value: PyValue) => PyValue): void {
    // A plain object has no payload.
  }

  /** Whether changes of it or of its parts are changes of what the program builds (networks, their parameters). */
  get keepsState(): boolean {
    return false;
  }

  /** Makes what it holds unknown where its kind can say so and stay what it is; false where it cannot. */
  forgetContents(): boolean {
    return false;
  }

  /** What it holds one after another, for kinds that grow as lists do. */
  heldInARow(): readonly PyValue[] | undefined {
    return undefined;
  }

  /** Puts back what `heldInARow` gave, or what was made of it. */
  holdInARow(_rt: Runtime, _items: readonly PyValue[]): void {
    // Most objects hold nothing so.
  }

  /** The values of its attributes, and what its kind keeps as such. */
  attributesAndParts(): Iterable<PyValue> {
    return this.attributes?.values() ?? [];
  }

  /** Whether attributes are looked up otherwise than on the instance and its class (modules, `super`). */
  get hidesMethods(): boolean {
    return false;
  }

  /** `object.__getattribute__`, without `__getattr__`: undefined where there is no such attribute. */
  findOwn(rt: Runtime, name: string): PyValue | undefined {
    const onClass = this.cls.lookup(name);
    if (onClass instanceof PyObject) {
      if (onClass.isDataDescriptor) return onClass.bindTo(rt, this.cls, this);
      const own = this.attributes?.get(name);
      return own === undefined ? onClass.bindTo(rt, this.cls, this) : own;
    }
    const own = this.attributes?.get(name);
    return own === undefined ? onClass : own;
  }

  /** Whether the object, found on a class, wins over the instance's own attribute of that name. */
  get isDataDescriptor(): boolean {
    return this.cls.lookup('__set__') !== undefined || this.cls.lookup('__delete__') !== undefined;
  }
}

/** Counts changes to any class, so that attribute caches know when they are stale. */
let epoch = 0;
const NOTHING: unique symbol = Symbol('nothing');

export type Allocate = (cls: PyClass) => PyObject;

/**
 * What a part of the library keeps about classes. It lies with the class itself rather than in a WeakMap: what such a map leads to is
 * garbage only to a full collection, and from a class that is everything a run has made.
 */
export class ClassRecord<T extends object> {
  get(cls: PyClass): T | undefined {
    // Only `set` puts anything under this key.
    return cls.records?.get(this) as T | undefined;
  }

  set(cls: PyClass, record: T): void {
    cls.records ??= new Map();
    cls.records.set(this, record);
  }
}

/** A Python class, user-defined or native. Method resolution order is C3. */
export class PyClass extends PyObject {
  name: string;
  qualname: string;
  module: string;
  bases: readonly PyClass[];
  readonly namespace: Map<string, PyValue>;
  /** Makes a bare instance; inherited from the base that carries a native payload. */
  readonly allocate: Allocate;
  /** Native classes are shared by all interpreters: each interpreter undoes its changes when it leaves. */
  readonly native: boolean;
  readonly subclasses: PyClass[] = [];
  /** Names in this class's own `__slots__`; undefined where it has none. */
  slots: ReadonlySet<string> | undefined = undefined;
  /** Whether instances take arbitrary attributes; false for built-in types, which are no one's to extend. */
  open = true;
  /** What CPython's class is written in; errors name some of those in C with their module, and methods of all of those otherwise. */
  written: 'python' | 'c' | 'c-named-with-module' = 'python';
  /** Names that the real class has besides: nothing here follows what they do, so that asking for one gives what is not known. */
  unfollowed: ReadonlySet<string> | undefined = undefined;
  /** What parts of the library keep about this class; see {@link ClassRecord}. */
  records: Map<object, object> | undefined = undefined;
  #mro: readonly PyClass[];
  #cache = new Map<string, PyValue | typeof NOTHING>();
  #cacheEpoch = epoch;
  #plain: boolean | undefined = undefined;
  #attributed: boolean | undefined = undefined;

  constructor(options: {
    name: string;
    module: string;
    qualname?: string;
    bases: readonly PyClass[];
    namespace?: Map<string, PyValue>;
    allocate?: Allocate;
    metaclass?: PyClass;
    native: boolean;
  }) {
    // The metaclass `type` is its own class: it alone passes none and points at itself.
    super(options.metaclass ?? PyClass.prototype);
    if (options.metaclass === undefined) this.cls = this;
    this.name = options.name;
    this.qualname = options.qualname ?? options.name;
    this.module = options.module;
    this.bases = options.bases;
    this.namespace = options.namespace ?? new Map<string, PyValue>();
    this.native = options.native;
    this.allocate = options.allocate ?? solidBase(options.bases)?.allocate ?? ((cls) => new PyObject(cls));
    this.#mro = linearise(this, options.bases);
    if (!options.native) for (const base of options.bases) if (!base.native) base.subclasses.push(this);
  }

  /** As CPython's errors name the class: `torch.Size`. */
  get nameInErrors(): string {
    return this.written === 'c-named-with-module' ? `${this.module}.${this.name}` : this.name;
  }

  /** Whether instances have a `__dict__`. */
  get givesAttributes(): boolean {
    this.#refresh();
    this.#attributed ??= this.#mro.some((cls) => cls.open && cls.slots === undefined);
    return this.#attributed;
  }

  /** Whether no `__getattribute__` of the program's own stands in the way of plain lookup. */
  get plainAttributes(): boolean {
    this.#refresh();
    this.#plain ??= this.definer('__getattribute__')?.native !== false;
    return this.#plain;
  }

  /** Whether this class or a base of it has a name that nothing here follows. */
  leavesOpen(name: string): boolean {
    return this.#mro.some((cls) => cls.unfollowed?.has(name) === true);
  }

  /** The class along the order of resolution that defines a name. */
  definer(name: string): PyClass | undefined {
    return this.#mro.find((cls) => cls.namespace.has(name));
  }

  #refresh(): void {
    if (this.#cacheEpoch === epoch) return;
    this.#cache.clear();
    this.#plain = undefined;
    this.#attributed = undefined;
    this.#cacheEpoch = epoch;
  }

  /** All names in `__slots__` along the order of resolution. */
  get slotNames(): ReadonlySet<string> | undefined {
    const names = new Set<string>();
    for (const cls of this.#mro) for (const name of cls.slots ?? []) names.add(name);
    return names.size > 0 ? names : undefined;
  }

  /** Changes the bases and with them the order of resolution. */
  rebase(bases: readonly PyClass[]): void {
    this.bases = bases;
    this.#mro = linearise(this, bases);
    epoch++;
  }

  get mro(): readonly PyClass[] {
    return this.#mro;
  }

  /** What the class or one of its bases defines under `name`, unbound; `undefined` if none does. */
  lookup(name: string): PyValue | undefined {
    this.#refresh();
    const known = this.#cache.get(name);
    if (known !== undefined) return known === NOTHING ? undefined : known;
    for (const cls of this.#mro) {
      const found = cls.namespace.get(name);
      if (found !== undefined) {
        this.#cache.set(name, found);
        return found;
      }
    }
    this.#cache.set(name, NOTHING);
    return undefined;
  }

  /** Sets (or, with `undefined`, removes) an attribute of the class itself. */
  define(name: string, value: PyValue | undefined): void {
    if (value === undefined) this.namespace.delete(name);
    else this.namespace.set(name, value);
    epoch++;
  }

  /** `type.__getattribute__`: the metaclass's data descriptors, the class and its bases, the metaclass. */
  override findOwn(rt: Runtime, name: string): PyValue | undefined {
    const onMeta = this.cls.lookup(name);
    if (onMeta instanceof PyObject && onMeta.isDataDescriptor) return onMeta.bindTo(rt, this.cls, this);
    const own = this.lookup(name);
    if (own !== undefined) return own instanceof PyObject ? own.bindTo(rt, this, undefined) : own;
    return onMeta instanceof PyObject ? onMeta.bindTo(rt, this.cls, this) : onMeta;
  }

  override get isDataDescriptor(): boolean {
    return false;
  }

  override bindTo(_rt: Runtime, _owner: PyClass, _instance: PyValue | undefined): PyValue {
    return this;
  }

  isSubclassOf(other: PyClass): boolean {
    return this === other || this.#mro.includes(other);
  }

  override call(rt: Runtime, args: readonly PyValue[], keywords?: Keywords): PyValue {
    const meta = this.cls;
    // `type` alone is its own class; a metaclass with a `__call__` of its own decides what calling gives.
    const definer = meta.cls === meta ? meta : meta.definer('__call__');
    if (definer !== undefined && definer.cls !== definer) {
      return rt.call(rt.bind(meta.lookup('__call__') ?? null, this), args, keywords);
    }
    return rt.instantiate(this, args, keywords);
  }
}

/** The base whose native payload an instance must carry: the most derived one that allocates for itself. */
function solidBase(bases: readonly PyClass[]): PyClass | undefined {
  let solid: PyClass | undefined;
  for (const base of bases) {
    if (solid === undefined || (base.allocate !== solid.allocate && extendsLayout(base, solid))) solid = base;
  }
  return solid;
}

function extendsLayout(base: PyClass, other: PyClass): boolean {
  return (
    base.mro.some((cls) => cls !== base && cls.allocate === other.allocate) ||
    !other.mro.some((cls) => cls.allocate === base.allocate)
  );
}

/** Raised while a class is made whose bases cannot be put in one order; the runtime words it as CPython does. */
export class InconsistentBases {
  constructor(readonly bases: readonly PyClass[]) {}
}

function linearise(cls: PyClass, bases: readonly PyClass[]): readonly PyClass[] {
  const result = [cls];
  const sequences = [...bases.map((base) => [...base.mro]), [...bases]].filter((list) => list.length > 0);
  let remaining = sequences;
  while (remaining.length > 0) {
    const candidate = remaining
      .map(([head]) => head)
      .find((head) => head !== undefined && !remaining.some((list) => list.indexOf(head) > 0));
    if (candidate === undefined) throw new InconsistentBases(bases);
    result.push(candidate);
    for (const list of remaining) if (list[0] === candidate) list.shift();
    remaining = remaining.filter((list) => list.length > 0);
  }
  return result;
}

/** One level of the Python call stack, outermost first in {@link Runtime.stack}. */
export interface StackEntry {
  readonly function: string;
  readonly place: Place;
}

/**
 * How a module is imported: `any` gives an unknown where there is none, `known` undefined; `guarded` is `known` for an
 * import that the program is prepared to see fail, so that an error in the module's own code is raised.
 */
export type ImportMode = 'any' | 'known' | 'guarded';

/** Something a person should know about how the program was read. */
export interface Note {
  readonly kind:
    'unknown-branch' | 'unknown-loop' | 'unknown-import' | 'continued-after-error' | 'refused' | 'other';
  readonly message: string;
  readonly place: Place;
}

/** What native code may ask of the interpreter that called it. */
export interface Runtime {
  /** Calls any callable. */
  call(callee: PyValue, args: readonly PyValue[], keywords?: Keywords): PyValue;
  /** `type.__call__`: `__new__`, then `__init__`. */
  instantiate(cls: PyClass, args: readonly PyValue[], keywords?: Keywords): PyValue;
  /** Python's truth of a value; an unknown counts as false, and a note says so. */
  truth(value: PyValue): boolean;
  /** A method found on a class, bound to an instance. */
  bind(attribute: PyValue, instance: PyValue): PyValue;

  /** Sets or (undefined) removes a class's attribute; a change to a native class lasts as long as this interpreter. */
  setClassAttribute(cls: PyClass, name: string, value: PyValue | undefined): void;

  /** The exception being handled, as `sys.exc_info()` knows it. */
  readonly handling: PyObject | null;

  /** Raises a built-in exception by name, or one of the program's classes. */
  raise(type: string | PyClass, message?: string): never;

  /** Something every program finds without importing. */
  builtin(name: string): PyValue;
  importModule(name: string, mode: ImportMode): PyValue | undefined;
  /** `repr(value)` */
  show(value: PyValue): string;

  /** Counts work done; ends the run when the steps budget is used up. */
  step(count?: number): void;
  /** Accounts for memory about to be allocated, in bytes; ends the run when the budget is used up. */
  allocate(bytes: number): void;
  /** The run's budgets, for native code that can tell beforehand how large a result would be. */
  readonly budgets: Budgets;

  /** Where the program stands: the innermost Python expression being evaluated. */
  readonly span: Span | undefined;
  readonly place: Place;
  /** The Python call stack, outermost first. */
  stack(): readonly StackEntry[];

  /** What is done after a decision that hangs on an unknown: the likelier way is taken, or nothing is taken for settled. */
  readonly undecided: 'guess' | 'forget';
  /** A value that cannot be known; its origin (reason, line) is listed once. */
  unknown(reason: string): PyObject;
  /** Leaves a note at the current place; the same note at the same place is kept once. */
  note(kind: Note['kind'], message: string): void;
  /** What the program prints. */
  print(text: string): void;
  /** Per-interpreter state of native code, made on first use; the key is the maker itself. */
  state<T extends object>(make: () => T): T;
  /** Who follows this run more closely than its result asks for; absent in a plain run. */
  readonly watcher?: Watcher | undefined;
}

const asked = new WeakMap<PyObject, PyValue>();
const behind = new WeakMap<PyObject, PyObject>();

/**
 * What is asked in place of an object whose class has a base that is not known, for what the classes of the program do not answer: one
 * unknown for each object, so that a watcher can tell them apart. Where nobody watches, the base itself.
 */
export function asOfBase(rt: Runtime, object: PyObject, base: PyObject): PyValue {
  if (rt.watcher === undefined) return base;
  let known = asked.get(object);
  if (known === undefined) {
    known = rt.watcher.derived(rt, { kind: 'instance', of: base, cls: object.cls });
    asked.set(object, known);
    if (known instanceof PyObject) behind.set(known, object);
  }
  return known;
}

/** The object of a class of the program that is asked in the place of its base that is not known. */
export function behindBase(asOf: PyObject): PyObject | undefined {
  return behind.get(asOf);
}

/** A function written in TypeScript, as who watches its calls sees it. */
export interface NativeCallee extends PyObject {
  readonly name: string;
  readonly body: (rt: Runtime, args: readonly PyValue[], keywords: Keywords | undefined) => PyValue;
  /** The class a method belongs to. */
  readonly owner: PyClass | undefined;
  readonly binds: boolean;
}

/** How an unknown came from other values, where a run is watched. */
export type Derivation =
  | { readonly kind: 'attribute'; readonly of: PyObject; readonly name: string }
  | {
      readonly kind: 'call';
      readonly callee: PyObject;
      readonly args: readonly PyValue[];
      readonly keywords: Keywords | undefined;
    }
  | { readonly kind: 'operator'; readonly symbol: string; readonly operands: readonly PyValue[] }
  | { readonly kind: 'item'; readonly of: PyObject; readonly key: PyValue }
  /** What a loop over it gives on some turn. */
  | { readonly kind: 'element'; readonly of: PyObject }
  /** The target at that position when it is unpacked into several; `count` is undefined with a starred target. */
  | {
      readonly kind: 'unpacked';
      readonly of: PyObject;
      readonly index: number;
      readonly count: number | undefined;
    }
  /** An object of a class of the program, as its base that is not known has it. */
  | { readonly kind: 'instance'; readonly of: PyObject; readonly cls: PyClass }
  /** A value that differs with an unknown condition, or from turn to turn of a loop that is cut short. */
  | { readonly kind: 'varies' };

/**
 * What a watcher says after a turn of a loop: go on, or once more with what changes made unknown, or no more with what has
 * changed made unknown, or no more with all forgotten that the loop changes.
 */
export type LoopVerdict = 'on' | 'last' | 'stop' | 'forget';

/** One loop being run under watch. */
export interface LoopWatch {
  /** Before the body runs for the nth time, from 0. */
  turn(index: number): void;
  /** After it has. */
  after(index: number): LoopVerdict;
  leave(): void;
}

/**
 * Follows a run: native calls, what comes of unknowns, both arms of unknown conditions, loops (which it may cut short)
 * and errors (which it may pass over). A watched run is an abstract one: where a condition is unknown both arms are run
 * one after the other, and what they leave differently is joined.
 */
export interface Watcher {
  /** Runs a native call by the function's body, and gives what is to stand for its result. */
  native(
    rt: Runtime,
    callee: NativeCallee,
    args: readonly PyValue[],
    keywords: Keywords | undefined,
  ): PyValue;
  /** A property of a native class was read. */
  property(rt: Runtime, name: string, instance: PyValue, value: PyValue): PyValue;
  /** A property of a native class is being set. */
  assigned(rt: Runtime, name: string, instance: PyValue, value: PyValue): void;
  /** What stands for something that comes of an unknown. */
  derived(rt: Runtime, from: Derivation): PyValue;
  /** What stands for one of two objects where it hangs on what is not known which; undefined where the first does for both. */
  either(rt: Runtime, one: PyObject, other: PyObject): PyValue | undefined;
  /** A function of the program is being called; a value stands in for the call. */
  enter(rt: Runtime, callee: PyObject, args: readonly PyValue[]): PyValue | undefined;
  /** The call is over; its body was not run where the arguments did not fit. */
  leave(callee: PyObject, isBound: boolean): void;
  /** One arm of an unknown condition is being run; what it returns ends the arm. */
  arm(rt: Runtime, condition: Span, holds: boolean): () => void;
  loop(rt: Runtime, span: Span, items: PyValue | undefined): LoopWatch;
  /** The program raises an exception by a statement of its own. */
  raises(rt: Runtime, exception: PyObject): void;
  /** A `try` that may catch errors is entered (and left by what it returns). */
  guard(): () => void;
  /** Whether the run goes on after the statement that failed. */
  recovers(rt: Runtime, exception: PyObject, type: string, message: string): boolean;
  /** A statement of a module ended in an exception that nothing took, and the run goes on with the next. */
  uncaught(exception: PyObject, type: string, message: string, span: Span | undefined): void;
}
