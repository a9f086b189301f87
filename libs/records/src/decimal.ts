/** A decimal number as text, without exponent or needless zeros: `0`, `2.5`, `12.125`. Never a float. */
export type Decimal = string;

const PLACES = 3;
const PATTERN = /^(\d{1,5})(?:\.(\d{1,3}))?$/;

/** Thousandths of a mark written as a decimal with at most three places, or null when the text is none. */
export function thousandths(text: string): bigint | null {
  const match = PATTERN.exec(text);
  if (!match) return null;
  return BigInt(match[1] + (match[2] ?? '').padEnd(PLACES, '0'));
}

/** The canonical decimal of a number of thousandths, which must not be negative. */
export function fromThousandths(value: bigint): Decimal {
  const digits = value.toString().padStart(PLACES + 1, '0');
  const fraction = digits.slice(-PLACES).replace(/0+$/, '');
  const whole = digits.slice(0, -PLACES);
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

/** Exact sum of decimals. Throws RangeError for what is no decimal. */
export function sumOfDecimals(decimals: Iterable<Decimal>): Decimal {
  let sum = 0n;
  for (const decimal of decimals) {
    const value = thousandths(decimal);
    if (value === null)
      throw new RangeError(`${JSON.stringify(decimal)} is no decimal with at most three places.`);
    sum += value;
  }
  return fromThousandths(sum);
}
