/** What reading one working may cost. Everything past a limit is refused by name, at once. */
export interface Budget {
  /** Longest text that is read at all, in UTF-16 units. */
  readonly characters: number;
  /** Most tokens (numbers, words, signs) looked at. */
  readonly tokens: number;
  /** Deepest nesting of brackets, powers, fractions and roots in one expression. */
  readonly depth: number;
  /** Longest numerator or denominator in bits. */
  readonly bits: number;
  /** Arithmetic operations for the whole text, those inside `\sum` and `\prod` included. */
  readonly operations: number;
}

export type BudgetName = keyof Budget;

export const DEFAULT_BUDGET: Budget = {
  characters: 100_000,
  tokens: 20_000,
  depth: 64,
  bits: 2048,
  operations: 200_000,
};

/** A running account of operations against a budget, shared by all expressions of one text. */
export class Account {
  private spent = 0;

  constructor(readonly budget: Budget = DEFAULT_BUDGET) {}

  /** False once the operations are used up. */
  spend(operations = 1): boolean {
    this.spent += operations;
    return this.spent <= this.budget.operations;
  }
}
