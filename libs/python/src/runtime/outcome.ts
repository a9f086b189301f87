import type { PyException } from '../objects/exceptions.js';
import type { PyModule } from '../objects/module.js';
import type { PyValue, StackEntry } from '../objects/object.js';
import type { Place } from '../source/text.js';

export type BudgetName = 'steps' | 'depth' | 'memory' | 'integer-size' | 'string-size' | 'regular-expression';

/** What a run may use; a run that needs more ends with the outcome `budget`. */
export interface Budgets {
  /** Loop turns, calls and items handled by native code. */
  readonly steps: number;
  /** Nested calls; beyond `recursionLimit` the program itself gets a RecursionError it may catch. */
  readonly recursionLimit: number;
  /** Bytes allocated in all by containers and strings. */
  readonly memory: number;
  /** Bits of an integer. */
  readonly integerBits: number;
  /** Characters of a string, bytes of a bytes object. */
  readonly stringLength: number;
  /** Items of a list, tuple, dict or set. */
  readonly collectionLength: number;
}

/** An uncaught Python exception. */
export interface PythonError {
  readonly type: string;
  readonly message: string;
  /** Where it was raised: the innermost Python expression. */
  readonly place: Place;
  /** Outermost first. */
  readonly traceback: readonly StackEntry[];
  readonly exception: PyException;
}

export interface BudgetSpent {
  readonly kind: 'budget';
  readonly budget: BudgetName;
  readonly message: string;
  readonly place: Place;
}

export type Outcome<T> =
  | { readonly kind: 'finished'; readonly value: T }
  | { readonly kind: 'raised'; readonly error: PythonError }
  | BudgetSpent;

/** The outcome of running a module; what it defined before it stopped is in `module` either way. */
export type ModuleOutcome = Outcome<null> & { readonly module: PyModule };

/** The outcome of one call or expression. */
export type ValueOutcome = Outcome<PyValue>;

/** Where an unknown value first came from; each origin is listed once. */
export interface UnknownOrigin {
  readonly reason: string;
  readonly place: Place;
}
