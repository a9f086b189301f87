import type { Claim } from '../matching/claim.js';
import type { Stated } from './stated.js';

/** A number of a working as it stands there: where it says or shows that it is rounded, with the unit of its last place. */
export function statedBy({
  value,
  expression,
  approximate,
}: Pick<Claim, 'value' | 'expression' | 'approximate'>): Stated {
  if (expression.kind !== 'number') return { value };
  const { decimals, trailingZeros, multiplier, suffix } = expression.numeral;
  if (!approximate && suffix === null && decimals === 0) return { value };
  return { value, roundedTo: multiplier.timesPowerOfTen(decimals === 0 ? trailingZeros : -decimals) };
}
