export type BudgetName =
  'steps' | 'depth' | 'memory' | 'integer-size' | 'string-size' | 'collection-size' | 'regular-expression';

/** What a run may use; a run that needs more ends with the outcome `budget`. */
export interface Budgets {
  /** Loop turns, calls and items handled by native code. */
  readonly steps: number;
  /** Nested calls after which the program gets a RecursionError, which it may catch. */
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

/** Thrown through everything, `except:` and `finally` included, when a budget is used up. */
export class BudgetError {
  constructor(
    readonly budget: BudgetName,
    readonly message: string,
  ) {}
}
