import { Rational } from '@tensormark/arithmetic';

/** A fraction of the network room as the arithmetic room has it. */
export function exact(value: { readonly numerator: bigint; readonly denominator: bigint }): Rational {
  return Rational.of(value.numerator, value.denominator);
}
