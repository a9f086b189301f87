import type { Formula } from '@tensormark/network';

/** One value that counts as right, and the convention under which it does. */
export interface ExpectedReading {
  readonly convention: ConventionName;
  readonly value: bigint;
  /** How it comes about: evaluates to `value`. */
  readonly formula: Formula;
}

/** How biases are counted. `as-given` is the network as the question states it. */
export type ConventionName = 'as-given' | 'without-bias' | 'with-bias';

export const CONVENTION_WORDS: Readonly<Record<ConventionName, string>> = {
  'as-given': 'as the question gives the network',
  'without-bias': 'without biases',
  'with-bias': 'with a bias for each output',
};

/** One quantity that a question asks for. */
export interface AskedQuantity {
  readonly id: string;
  readonly says: string;
  /** What it is of: a block's or layer's name; undefined for the whole network. */
  readonly of: string | undefined;
  /** Every value the scheme accepts, the network's own first; all asked quantities list the same conventions. */
  readonly readings: readonly [ExpectedReading, ...ExpectedReading[]];
}
