import type { Datum, Value } from '@tensormark/frameworks';

/** One call of view or reshape. */
export interface Reshape {
  readonly name: string;
  readonly owner: string | undefined;
  readonly input: Value;
  readonly result: Value;
  /** The sizes that were asked for. */
  readonly sizes: readonly Datum[];
  /** Which of the tensor's own dimensions each is the size of, as it is written. */
  readonly written: readonly (number | undefined)[];
  /** How often the same place was called before. */
  readonly before: number;
}

/** What it got wrong, and the tensor that shows it. */
export interface Misread {
  readonly message: string;
  readonly because?: readonly [what: string, tensor: Value];
}
