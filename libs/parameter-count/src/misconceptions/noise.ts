import type { Rational } from '@tensormark/network';
import type { Stated } from './stated.js';

/**
 * How likely a number fits one of some values by chance: of the numbers between half and twice the given one that might
 * have been written instead, the share that are among the values.
 */
export function chanceOf(values: Iterable<Rational>, { value, roundedTo }: Stated): number {
  const unit = roundedTo === undefined ? 1 : toNumber(roundedTo);
  const middle = toNumber(value);
  const [low, high] = [middle / 2, middle * 2];
  const cells = new Set<number>();
  for (const each of values) {
    const size = toNumber(each);
    if (size >= low && size <= high) cells.add(Math.round(size / unit));
  }
  return cells.size / Math.max(1, (high - low) / unit);
}

function toNumber({ numerator, denominator }: Rational): number {
  const exact = Number(numerator) / Number(denominator);
  return Number.isFinite(exact) ? exact : Number.MAX_VALUE;
}
