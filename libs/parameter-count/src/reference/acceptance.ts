import { Rational } from '@tensormark/arithmetic';

/** How near a number must come to the expected one. */
export type Acceptance =
  | { readonly kind: 'exact' }
  | { readonly kind: 'absolute'; readonly within: Rational }
  /** Within this share of the expected value: 1/100 is one per cent. */
  | { readonly kind: 'relative'; readonly within: Rational }
  | { readonly kind: 'significant-figures'; readonly count: number }
  | { readonly kind: 'decimals'; readonly count: number }
  /** As another says, of both numbers in a unit of that size: two decimals of a MiB. */
  | { readonly kind: 'in-unit'; readonly size: Rational; readonly as: Acceptance };

export const EXACT: Acceptance = { kind: 'exact' };

/** The values as both rooms have them. */
type Value = { readonly numerator: bigint; readonly denominator: bigint };

/**
 * Whether a number counts as the expected one. With figures or decimals both a number that rounds to the same and one
 * that is off by no more than half a unit of the last place are right, so that neither rounding late nor showing more
 * digits than asked costs a mark.
 */
export function accepts(acceptance: Acceptance, expected: Value, given: Value): boolean {
  const wanted = Rational.of(expected.numerator, expected.denominator);
  const found = Rational.of(given.numerator, given.denominator);
  const off = wanted.minus(found).absolute();
  if (off.isZero) return true;
  switch (acceptance.kind) {
    case 'exact':
      return false;
    case 'absolute':
      return off.compare(acceptance.within) <= 0;
    case 'relative':
      return off.compare(acceptance.within.times(wanted.absolute())) <= 0;
    case 'significant-figures':
      return agrees(wanted, found, magnitude(wanted) - acceptance.count + 1);
    case 'decimals':
      return agrees(wanted, found, -acceptance.count);
    case 'in-unit':
      return accepts(acceptance.as, wanted.dividedBy(acceptance.size), found.dividedBy(acceptance.size));
  }
}

/** Whether two numbers agree in the place `10^exponent`. */
function agrees(a: Rational, b: Rational, exponent: number): boolean {
  const unit = Rational.ONE.timesPowerOfTen(exponent);
  const half = unit.dividedBy(Rational.of(2));
  if (a.minus(b).absolute().compare(half) <= 0) return true;
  return nearest(a, unit).equals(nearest(b, unit));
}

/** In whole units, halves away from zero. */
function nearest(value: Rational, unit: Rational): Rational {
  const units = value.absolute().dividedBy(unit).plus(Rational.of(1, 2)).floor();
  return value.sign < 0 ? units.negated() : units;
}

/** The exponent of the first significant digit: 2 of 731, -1 of 0.731; 0 of zero. */
function magnitude(value: Rational): number {
  if (value.isZero) return 0;
  const size = value.absolute();
  let exponent = size.numerator.toString().length - size.denominator.toString().length;
  if (size.compare(Rational.ONE.timesPowerOfTen(exponent)) < 0) exponent -= 1;
  return exponent;
}
