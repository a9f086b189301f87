import type { Rational } from '@tensormark/network';
import type { Stated } from './stated.js';

/**
 * How likely a wrong number is one of some values by chance: the share that those values are of the numbers that might
 * have been written instead, be it the numbers of its size (from half to twice of it) or those as far from the right one
 * (from half to twice as far), whichever is larger. Rounded numbers are fewer, and more likely to be hit.
 */
export function chanceOf(values: readonly Rational[], { value, roundedTo }: Stated, right: Rational): number {
  const unit = roundedTo === undefined ? 1 : Math.max(toNumber(roundedTo), Number.MIN_VALUE);
  const given = toNumber(value);
  const centre = toNumber(right);
  const off = Math.abs(given - centre);
  const numbers = values.map(toNumber);
  const cells = (inside: (number: number) => boolean): number =>
    new Set(numbers.filter(inside).map((each) => Math.round(each / unit))).size;
  const alike = cells((each) => each >= given / 2 && each <= given * 2);
  const asFar = cells((each) => Math.abs(each - centre) >= off / 2 && Math.abs(each - centre) <= off * 2);
  return Math.max(alike / Math.max(1, (1.5 * given) / unit), asFar / Math.max(1, (3 * off) / unit));
}

function toNumber({ numerator, denominator }: Rational): number {
  const quotient = Number(numerator) / Number(denominator);
  return Number.isFinite(quotient) ? quotient : Number.MAX_VALUE;
}
