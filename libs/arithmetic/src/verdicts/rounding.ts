import type { Convention } from '../conventions.js';
import { numeralValue } from '../evaluation/evaluate.js';
import type { Expression, Numeral } from '../expression.js';
import { Rational } from '../rational.js';
import { isScientific } from '../form/structure.js';

export type RoundingMode = 'nearest' | 'half-even' | 'down' | 'up';

export interface Rounding {
  /** Every way of rounding that gives the number shown. */
  readonly modes: readonly RoundingMode[];
  /** The worth of one unit in the last digit shown: 1/10 for `61.5`, 100 for `75.3k`. */
  readonly step: Rational;
  /** Significant figures shown. */
  readonly significant: number;
  /** Decimals shown, before any suffix. */
  readonly decimals: number;
}

interface Shown {
  readonly value: Rational;
  readonly step: Rational;
  readonly numeral: Numeral;
  readonly sign: 1 | -1;
}

/** The digits an expression shows when it is one number: `75.3k`, `-0.5`, `7.5 × 10^4`. Else null. */
export function shownNumber(expression: Expression, conventions: readonly Convention[] = []): Shown | null {
  if (expression.kind === 'negative') {
    const inner = shownNumber(expression.of, conventions);
    return inner && { ...inner, value: inner.value.negated(), sign: inner.sign === 1 ? -1 : 1 };
  }
  if (expression.kind === 'number') return shown(expression.numeral, conventions, Rational.ONE);
  if (!isScientific(expression) || expression.kind !== 'product') return null;
  const [mantissa, power] = expression.factors;
  if (mantissa?.expression.kind !== 'number' || power?.expression.kind !== 'power') return null;
  const { exponent } = power.expression;
  const written = exponent.kind === 'negative' ? exponent.of : exponent;
  if (written.kind !== 'number') return null;
  const size = written.numeral.mantissa;
  if (!size.isInteger || size.compare(Rational.of(300)) > 0) return null;
  const scale = Rational.ONE.timesPowerOfTen(
    Number(size.numerator) * (exponent.kind === 'negative' ? -1 : 1),
  );
  return shown(mantissa.expression.numeral, conventions, scale);
}

function shown(numeral: Numeral, conventions: readonly Convention[], scale: Rational): Shown {
  const other = numeral.otherMantissa;
  const decimals = other && conventions.includes(other.convention) ? other.decimals : numeral.decimals;
  const value = numeralValue(numeral, conventions).times(scale);
  const mantissa = other && conventions.includes(other.convention) ? other.value : numeral.mantissa;
  const multiplier = mantissa.isZero ? numeral.multiplier.times(scale) : value.dividedBy(mantissa);
  return { value, step: multiplier.times(Rational.ONE.timesPowerOfTen(-decimals)), numeral, sign: 1 };
}

/**
 * How `value` rounds to the number shown, or null where it does not.
 * Decimals and suffixes show where a number was rounded. A plain whole number does so when the value is no whole
 * number, or, its zeros at the end being taken for rounding, when it says `≈` or is long and close.
 */
export function roundsTo(value: Rational, shownAs: Shown, marked: boolean): Rounding | null {
  const { numeral } = shownAs;
  const plain = roundsAt(
    value,
    shownAs,
    shownAs.step,
    marked || (numeral.decimals === 0 && numeral.suffix === null),
  );
  if (
    plain &&
    (marked ||
      numeral.decimals > 0 ||
      numeral.suffix !== null ||
      !value.isInteger ||
      shownAs.step.compare(Rational.ONE) < 0)
  ) {
    return plain;
  }
  if (numeral.trailingZeros === 0) return null;
  for (let zeros = 1; zeros <= numeral.trailingZeros; zeros++) {
    const step = shownAs.step.timesPowerOfTen(zeros);
    if (!marked && (zeros < 3 || numeral.significant - zeros < 2)) continue;
    const rounding = roundsAt(value, shownAs, step, false);
    if (!rounding) continue;
    if (!marked && (zeros < numeral.trailingZeros || !isClose(value, shownAs.value))) continue;
    return { ...rounding, significant: Math.max(1, numeral.significant - zeros) };
  }
  return null;
}

function isClose(value: Rational, shown: Rational): boolean {
  return value.minus(shown).absolute().times(Rational.of(100)).compare(value.absolute()) < 0;
}

function roundsAt(value: Rational, shownAs: Shown, step: Rational, upAllowed: boolean): Rounding | null {
  const { numeral } = shownAs;
  if (step.isZero) return null;
  const steps = value.dividedBy(step).absolute();
  const target = shownAs.value.dividedBy(step).absolute();
  if (!target.isInteger) return null;
  if (value.sign !== 0 && !target.isZero && value.sign !== shownAs.value.sign) return null;
  const down = steps.floor();
  const up = steps.ceiling();
  const modes: RoundingMode[] = [];
  if (steps.rounded().equals(target)) modes.push('nearest');
  if (halfEven(steps).equals(target)) modes.push('half-even');
  if (down.equals(target)) modes.push('down');
  if (upAllowed && up.equals(target)) modes.push('up');
  // Nothing is left of a number rounded to nought, and rounding up or down by a whole unit hides errors.
  if (target.isZero && numeral.decimals === 0 && !value.isZero && modes[0] !== 'down') return null;
  return modes.length === 0
    ? null
    : { modes, step, significant: numeral.significant, decimals: numeral.decimals };
}

function halfEven(value: Rational): Rational {
  const down = value.floor();
  const comparison = value.minus(down).compare(Rational.of(1, 2));
  const takesUpper = comparison > 0 || (comparison === 0 && down.numerator % 2n !== 0n);
  return takesUpper ? down.plus(Rational.ONE) : down;
}
