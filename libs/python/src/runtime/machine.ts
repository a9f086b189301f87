import { Frame } from '../compile/frame.js';
import type { Machine } from '../compile/frame.js';
import { BudgetError } from '../objects/budgets.js';
import type { BudgetName, Budgets } from '../objects/budgets.js';
import { NativeFunction, typeNameInErrors } from '../objects/callables.js';
import { typeOf } from '../objects/classes.js';
import { exceptionClass, PyException, PyRaise, raise } from '../objects/exceptions.js';
import { UnknownNeeded } from '../objects/iterators.js';
import { PyModule } from '../objects/module.js';
import { PyClass, PyObject } from '../objects/object.js';
import type { ImportMode, Keywords, Note, PyValue, StackEntry, Watcher } from '../objects/object.js';
import { PyUnknown } from '../objects/unknown.js';
import { truth } from '../operations/conversion.js';
import { repr } from '../operations/text.js';
import type { Place, Span } from '../source/text.js';
import { Patches } from './patches.js';
import type { UnknownOrigin } from './outcome.js';
import { PySuper } from '../types/super.js';
import { makeClassFrom, prepareNamespace } from '../types/type.js';

/** Where a run stands that has entered nothing. */
const NOWHERE = { place: { file: '', line: 0, column: 0, endLine: 0, endColumn: 0 } };
const MAX_NOTES = 1000;

/** How a module's name becomes its object; given by the interpreter. */
export interface ModuleSource {
  importAs(machine: PythonMachine, name: string, mode: ImportMode): PyValue | undefined;
  /** Whether there is a module of that name, and of what kind, without importing it. */
  finds(name: string): 'native' | 'source' | undefined;
}

/** The state of a run, and everything compiled and native code asks of it. */
export class PythonMachine implements Machine {
  frame: Frame | undefined = undefined;
  handling: PyException | null = null;
  readonly notes: Note[] = [];
  readonly unknowns: UnknownOrigin[] = [];
  readonly modules = new Map<string, PyValue>();
  readonly patches = new Patches();
  output = '';
  /** Steps that one loop may take before what it changes is forgotten and the run goes on behind it. */
  patience = Infinity;
  #fuel: number;
  #memory: number;
  #depth = 0;
  #failedAt: Span | undefined = undefined;
  readonly #seen = new Set<string>();
  readonly #origins = new Map<string, PyUnknown>();
  readonly #states = new Map<() => object, object>();

  constructor(
    readonly budgets: Budgets,
    readonly builtins: ReadonlyMap<string, PyValue>,
    readonly modulesFrom: ModuleSource,
    readonly watcher?: Watcher | undefined,
    readonly undecided: 'guess' | 'forget' = 'guess',
  ) {
    this.#fuel = budgets.steps;
    this.#memory = budgets.memory;
  }

  /** Steps left. */
  get fuel(): number {
    return this.#fuel;
  }

  /** Fills the budgets again, for the next entry from outside. */
  refuel(steps = this.budgets.steps): void {
    this.#fuel = Math.min(steps, this.budgets.steps);
    this.#memory = this.budgets.memory;
  }

  /** How many modules are being imported, one for the sake of another. */
  importing = 0;

  enter(frame: Frame): void {
    this.step();
    if (this.#depth >= this.budgets.recursionLimit)
      raise('RecursionError', 'maximum recursion depth exceeded');
    this.#depth++;
    frame.parent = this.frame;
    this.frame = frame;
  }

  leave(frame: Frame): void {
    // `enter` may have failed before it changed anything.
    if (this.frame !== frame) return;
    this.#depth--;
    this.frame = frame.parent;
  }

  /** Where the run stood when it failed: frames are left on the way out, so it is kept at the moment of failure. */
  get lastPlace(): Place {
    return this.#failedAt?.place ?? this.place;
  }

  /** Forgets what belongs to one entry from outside. */
  reset(): void {
    this.#depth = 0;
    this.handling = null;
    this.#failedAt = undefined;
  }

  step(count = 1): void {
    this.#fuel -= count;
    if (this.#fuel < 0) this.#spent('steps', `the run takes more than ${this.budgets.steps} steps`);
  }

  allocate(bytes: number): void {
    this.#memory -= bytes;
    if (this.#memory < 0) this.#spent('memory', `the run allocates more than ${this.budgets.memory} bytes`);
  }

  #spent(budget: BudgetName, message: string): never {
    this.#failedAt ??= this.span;
    throw new BudgetError(budget, message);
  }

  /** Keeps the place of a budget spent elsewhere, before the frames are left. */
  spentAt(thrown: unknown): void {
    if (thrown instanceof BudgetError) this.#failedAt ??= this.span;
  }

  call(callee: PyValue, args: readonly PyValue[], keywords?: Keywords): PyValue {
    if (callee instanceof PyObject) return callee.call(this, args, keywords);
    return raise('TypeError', `'${typeNameInErrors(callee)}' object is not callable`);
  }

  instantiate(cls: PyClass, args: readonly PyValue[], keywords?: Keywords): PyValue {
    try {
      return this.#instantiate(cls, args, keywords);
    } catch (thrown) {
      if (thrown instanceof UnknownNeeded) return thrown.unknown;
      throw thrown;
    }
  }

  #instantiate(cls: PyClass, args: readonly PyValue[], keywords?: Keywords): PyValue {
    const make = cls.lookup('__new__');
    let instance: PyValue;
    if (make === undefined) instance = cls.allocate(cls);
    else {
      const callee = make instanceof PyObject ? make.bindTo(this, cls, undefined) : make;
      instance = this.call(callee, [cls, ...args], keywords);
    }
    if (!(instance instanceof PyObject) || !instance.cls.isSubclassOf(cls)) return instance;
    const init = instance.cls.lookup('__init__');
    if (init !== undefined && init !== null) {
      const result =
        init instanceof NativeFunction
          ? init.call(this, [instance, ...args], keywords)
          : this.call(this.bind(init, instance), args, keywords);
      if (result !== null && !(result instanceof PyUnknown)) {
        return raise('TypeError', `__init__() should return None, not '${typeOf(result).name}'`);
      }
    }
    return instance;
  }

  bind(attribute: PyValue, instance: PyValue): PyValue {
    return attribute instanceof PyObject ? attribute.bindTo(this, typeOf(instance), instance) : attribute;
  }

  truth(value: PyValue): boolean {
    return truth(this, value);
  }

  builtin(name: string): PyValue {
    return this.builtins.get(name) ?? null;
  }

  show(value: PyValue): string {
    return repr(this, value);
  }

  setClassAttribute(cls: PyClass, name: string, value: PyValue | undefined): void {
    if (cls.native) {
      if (!cls.open) raise('TypeError', `cannot set '${name}' attribute of immutable type '${cls.name}'`);
      this.patches.remember(cls, name);
    }
    cls.define(name, value);
  }

  raise(type: string | PyClass, message?: string): never {
    return raise(type, message);
  }

  caught(thrown: unknown): PyRaise | undefined {
    if (thrown instanceof PyRaise) return thrown;
    this.spentAt(thrown);
    if (!(thrown instanceof RangeError)) return undefined;
    if (!thrown.message.includes('call stack')) throw new BudgetError('memory', thrown.message);
    return new PyRaise(
      new PyException(exceptionClass('RecursionError'), ['maximum recursion depth exceeded']),
    );
  }

  get span(): Span | undefined {
    return this.frame?.span;
  }

  get place(): Place {
    return (this.span ?? NOWHERE).place;
  }

  stack(): readonly StackEntry[] {
    const entries: StackEntry[] = [];
    for (let frame = this.frame; frame !== undefined; frame = frame.parent) {
      entries.unshift({ function: frame.name, place: frame.span.place });
    }
    return entries;
  }

  unknown(reason: string): PyUnknown {
    const { span } = this;
    const key = `${span?.source.file ?? ''}:${span?.line ?? 0}:${reason}`;
    const known = this.#origins.get(key);
    if (known !== undefined) return known;
    const value = new PyUnknown(reason, span ?? NOWHERE);
    value.imported = this.importing > 0;
    this.#origins.set(key, value);
    if (this.unknowns.length < MAX_NOTES) this.unknowns.push(value);
    return value;
  }

  note(kind: Note['kind'], message: string): void {
    const { span } = this;
    const key = `${kind}:${span?.source.file ?? ''}:${span?.start ?? 0}:${message}`;
    if (this.#seen.has(key) || this.notes.length >= MAX_NOTES) return;
    this.#seen.add(key);
    this.notes.push({ kind, message, place: this.place });
  }

  print(text: string): void {
    this.allocate(text.length);
    this.output += text;
  }

  state<T extends object>(make: () => T): T {
    const known = this.#states.get(make);
    // The maker is the key: what it made is what is kept under it.
    if (known !== undefined) return known as T;
    const made = make();
    this.#states.set(make, made);
    return made;
  }

  findsModule(name: string): 'native' | 'source' | undefined {
    return this.modulesFrom.finds(name);
  }

  importModule(name: string, mode: ImportMode): PyValue | undefined {
    return this.modulesFrom.importAs(this, name, mode);
  }

  prepareClass(
    bases: readonly PyValue[],
    keywords: Map<string, PyValue>,
    name: string,
    namespace: Map<string, PyValue>,
  ): void {
    prepareNamespace(this, bases, keywords, name, namespace);
  }

  makeClass(
    name: string,
    bases: readonly PyValue[],
    namespace: Map<string, PyValue>,
    keywords: Map<string, PyValue>,
  ): PyValue {
    return makeClassFrom(this, name, bases, namespace, keywords);
  }

  makeSuper(cls: PyClass, self: PyValue): PyValue {
    return new PySuper(cls, self);
  }

  /** A frame for a module's statements. */
  moduleFrame(module: PyModule, span: Span): Frame {
    const frame = new Frame(this, '<module>', module, span, [], []);
    frame.namespace = module.namespace;
    return frame;
  }
}
