import type { BudgetName } from '../objects/budgets.js';
import type { PyException } from '../objects/exceptions.js';
import type { PyModule } from '../objects/module.js';
import type { PyValue, StackEntry } from '../objects/object.js';
import type { Place } from '../source/text.js';

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
  /** Whether it settled anything: which way a branch or loop went, or what native code made or was given. */
  readonly weighed: boolean;
  /** Whether it arose while a module was imported, before the importer made anything of it. */
  readonly imported: boolean;
}
