import type { PyException, PyRaise } from '../objects/exceptions.js';
import { builtinClass } from '../objects/classes.js';
import type { PyModule } from '../objects/module.js';
import { PyObject } from '../objects/object.js';
import type { PyClass, PyValue, Runtime } from '../objects/object.js';
import type { PyUnknown } from '../objects/unknown.js';
import type { Span } from '../source/text.js';
import type { LazyAnnotation } from './annotations.js';

const cellClass = builtinClass('cell');

/** A variable that inner functions share. */
export class Cell {
  value: PyValue | undefined = undefined;
}

/** A cell as a value: how a class body hands its `__class__` cell to whoever makes the class. */
export class PyCell extends PyObject {
  constructor(readonly cell: Cell) {
    super(cellClass);
  }
}

/** What the compiled code asks of the interpreter beyond what native code may. */
export interface Machine extends Runtime {
  /** The innermost frame. */
  frame: Frame | undefined;
  /** The exception being handled, for a bare `raise` and for `__context__`. */
  handling: PyException | null;
  readonly builtins: ReadonlyMap<string, PyValue>;
  /** Steps left of the budget. */
  readonly fuel: number;
  /** Steps that one loop may take before what it changes is forgotten and the run goes on behind it. */
  readonly patience: number;
  /** Enters a call: counts its depth and a step; raises RecursionError. */
  enter(frame: Frame): void;

  leave(frame: Frame): void;
  /**
   * The Python exception that something thrown stands for (an exhausted host stack is a RecursionError);
   * undefined if it is none, as a spent budget.
   */
  caught(thrown: unknown): PyRaise | undefined;
  /** Whether there is a module of that name, and of what kind, without importing it. */
  findsModule(name: string): 'native' | 'source' | undefined;
  /** `__prepare__` of the metaclass, where it has one: fills the namespace before the body runs. */
  prepareClass(
    bases: readonly PyValue[],
    keywords: Map<string, PyValue>,
    name: string,
    namespace: Map<string, PyValue>,
  ): void;
  /** `type(name, bases, namespace)` with all its hooks. */
  makeClass(
    name: string,
    bases: readonly PyValue[],
    namespace: Map<string, PyValue>,
    keywords: Map<string, PyValue>,
  ): PyValue;
  /** `super` with no arguments, inside a method. */
  makeSuper(cls: PyClass, self: PyValue): PyValue;
}

/** One activation of a function, class body or module. */
export class Frame {
  readonly locals: (PyValue | undefined)[];
  readonly cells: Cell[];
  /** What is being evaluated. */
  span: Span;
  /** What `return` gave. */
  result: PyValue = null;
  /** Why nobody knows what it returns, or (in a generator) all that it yields. */
  unsettled: PyUnknown | undefined = undefined;
  /** A guess made here at a decision, so that an exception the program raises further on may be the guess's. */
  guessed: PyUnknown | undefined = undefined;
  /** Why nobody knows whether the innermost loop has been left. */
  leavingLoop: PyUnknown | undefined = undefined;
  /** How often it may have returned already, as far as nobody knows. */
  mayHaveReturned = 0;
  /** What it has given where a condition held that nobody knows, while the run went on as if it did not. */
  mayHaveGiven: PyValue[] | undefined = undefined;
  parent: Frame | undefined = undefined;
  /** What the class body or module being run has defined; undefined in functions. */
  namespace: Map<string, PyValue> | undefined = undefined;

  /** Annotations met in a class body or module, evaluated when someone asks for them. */
  lazyAnnotations: Map<string, LazyAnnotation> | undefined = undefined;

  /** The names behind slots and cells, in functions. */
  names: { readonly slotNames: readonly string[]; readonly cellNames: readonly string[] } | undefined =
    undefined;

  constructor(
    readonly rt: Machine,
    readonly name: string,
    readonly globals: PyModule,
    span: Span,
    locals: (PyValue | undefined)[],
    cells: Cell[],
  ) {
    this.span = span;
    this.locals = locals;
    this.cells = cells;
  }

  /** The local variables that have a value, by name. */
  localNames(): Map<string, PyValue> {
    const result = new Map<string, PyValue>();
    const add = (name: string, value: PyValue | undefined): void => {
      if (value !== undefined && /^[^\0@.]+$/.test(name)) result.set(name, value);
    };
    for (const [index, name] of (this.names?.slotNames ?? []).entries()) add(name, this.locals[index]);
    for (const [index, name] of (this.names?.cellNames ?? []).entries()) add(name, this.cells[index]?.value);
    return result;
  }
}

/** A compiled expression. */
export type Evaluate = (frame: Frame) => PyValue;
/** How a statement ended. */
export type Completion = 0 | 1 | 2 | 3;
export const NORMAL = 0;
export const BREAK = 1;
export const CONTINUE = 2;
export const RETURN = 3;
/** A compiled statement or block. */
export type Execute = (frame: Frame) => Completion;
/** A compiled assignment to a target. */
export type Store = (frame: Frame, value: PyValue) => void;
/** A compiled statement that may suspend: yields what Python's `yield` gives out, receives what is sent. */
export type Suspendable<T> = (frame: Frame) => Generator<PyValue, T, PyValue>;
