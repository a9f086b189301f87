import type { AgreedBy } from '../exam/marking-policy.js';
import type { Marks } from '../marks.js';

/** What two markers gave the same answer, and what was ordered for it. */
export interface TwoMarks {
  readonly first: Marks;
  readonly second: Marks;
  readonly tolerance: Marks;
  readonly agreed: AgreedBy;
  readonly step: Marks;
  /** What the part gives at most. */
  readonly maximum: Marks;
}

/**
 * The marks that stand where two differ by at most the tolerance; null where they differ by more, and somebody else has to
 * decide. A mean is taken to the nearest step, a half to the even one, so that neither side gains over many answers.
 */
export function agreedMarks({ first, second, tolerance, agreed, step, maximum }: TwoMarks): Marks | null {
  const apart = first < second ? second - first : first - second;
  if (apart > tolerance) return null;
  if (agreed === 'first' || apart === 0n) return first;
  const mean = halfToEven(first + second, 2n * step) * step;
  return mean > maximum ? maximum : mean;
}

/** Numerator over denominator to the nearest whole number, a half to the even one. Both are not negative. */
function halfToEven(numerator: bigint, denominator: bigint): bigint {
  const whole = numerator / denominator;
  const twice = 2n * (numerator % denominator);
  const up = twice > denominator || (twice === denominator && whole % 2n === 1n);
  return up ? whole + 1n : whole;
}
