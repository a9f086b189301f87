import type { Rational } from '@tensormark/network';

/** A number as it stands in a working. */
export interface Stated {
  readonly value: Rational;
  /** The unit of its last place where it was rounded: 1/10 million of "23.5 M"; undefined where it is exact. */
  readonly roundedTo?: Rational | undefined;
}

/** Whether a number, rounded as the stated one was, is that. */
export function isStated({ value, roundedTo }: Stated, number: Rational): boolean {
  if (roundedTo === undefined || roundedTo.numerator <= 0n)
    return value.numerator * number.denominator === number.numerator * value.denominator;
  // |value − number| ≤ unit / 2: a tie may have been rounded either way.
  const difference = value.numerator * number.denominator - number.numerator * value.denominator;
  const size = difference < 0n ? -difference : difference;
  return 2n * size * roundedTo.denominator <= roundedTo.numerator * value.denominator * number.denominator;
}
