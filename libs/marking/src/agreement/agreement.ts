import type { Marks } from '../marks.js';

/** Marks that two have given the same answer, each without the other's. */
export interface MarkPair {
  readonly one: Marks;
  readonly other: Marks;
}

/** From how many pairs on figures are told: below, one answer more or less changes them too much. */
export const ENOUGH_PAIRS = 30;

export interface Agreement {
  readonly pairs: number;
  /** Share of the pairs with the same marks. */
  readonly exact: number;
  /** Share of the pairs that differ by at most one step. */
  readonly withinOneStep: number;
  /** Mean of one less other, in marks: above zero, `one` is the more generous. */
  readonly meanDifference: number;
  /** Quadratic weighted kappa; null where both gave every answer the same marks, which says nothing of agreement. */
  readonly kappa: number | null;
}

/**
 * How far two agree; null without pairs.
 *
 * Quadratic weighted kappa after Cohen, "Weighted kappa: Nominal scale agreement with provision for scaled disagreement or
 * partial credit", Psychological Bulletin 70 (1968), 213-220: 1 - Σ w·observed / Σ w·expected with w = (i - j)². Over
 * marks themselves that is 1 - mean((one - other)²) / (var one + var other + (mean one - mean other)²), with variances over
 * n (Fleiss and Cohen, Educational and Psychological Measurement 33 (1973), 613-619), whatever the steps marks are given in.
 */
export function agreementOf(pairs: readonly MarkPair[], step: Marks): Agreement | null {
  const count = pairs.length;
  if (count === 0) return null;
  const differences = pairs.map(({ one, other }) => one - other);
  const share = (holds: (difference: Marks) => boolean) => differences.filter(holds).length / count;
  return {
    pairs: count,
    exact: share((difference) => difference === 0n),
    withinOneStep: share((difference) => (difference < 0n ? -difference : difference) <= step),
    meanDifference: inMarks(sum(differences)) / count,
    kappa: kappaOf(pairs),
  };
}

/** In exact integers until the last division, so that it does not depend on the order of the answers. */
function kappaOf(pairs: readonly MarkPair[]): number | null {
  const count = BigInt(pairs.length);
  const one = pairs.map((pair) => pair.one);
  const other = pairs.map((pair) => pair.other);
  const observed = count * sum(pairs.map((pair) => (pair.one - pair.other) ** 2n));
  // n² times (var one + var other + (mean one - mean other)²).
  const expected = count * sum(one.map(square)) + count * sum(other.map(square)) - 2n * sum(one) * sum(other);
  return expected === 0n ? null : 1 - Number(observed) / Number(expected);
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n);
}

function square(value: bigint): bigint {
  return value * value;
}

function inMarks(marks: Marks): number {
  return Number(marks) / 1000;
}
