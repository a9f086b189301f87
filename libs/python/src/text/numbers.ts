import { raise } from '../objects/exceptions.js';

/** Digits and decimal exponent of a finite float: 0.00123 is `{digits: '123', exponent: -3}` (d.ddd form). */
export interface Decimal {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

function decimalOf(exponential: string): Decimal {
  const [mantissa = '0', exponent = '0'] = exponential.split('e');
  const negative = mantissa.startsWith('-');
  return { negative, digits: mantissa.replace('-', '').replace('.', ''), exponent: Number(exponent) };
}

/** The shortest digits that read back as the same float. */
export function shortestDecimal(value: number): Decimal {
  const decimal = decimalOf(Math.abs(value).toExponential());
  return { ...decimal, negative: value < 0 || Object.is(value, -0) };
}

/** `repr` of a float: shortest, with an exponent below 1e-4 and from 1e16. */
export function floatRepr(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const { negative, digits, exponent } = shortestDecimal(value);
  const sign = negative ? '-' : '';
  if (exponent < -4 || exponent >= 16) return sign + scientific(digits, exponent);
  return sign + positional(digits, exponent, true);
}

/** `1.25e+20` from its digits. */
export function scientific(digits: string, exponent: number, letter = 'e'): string {
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
  return `${digits[0] ?? '0'}${fraction}${letter}${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** `12.5` from its digits; whole numbers get `.0` if asked. */
export function positional(digits: string, exponent: number, point: boolean): string {
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const fraction = digits.slice(exponent + 1);
  return fraction === '' ? (point ? `${whole}.0` : whole) : `${whole}.${fraction}`;
}

/** The exact decimal value of a finite float as a numerator over a power of ten. */
export function exactDecimal(value: number): { numerator: bigint; decimals: number } {
  const buffer = new DataView(new ArrayBuffer(8));
  buffer.setFloat64(0, Math.abs(value));
  const bits = buffer.getBigUint64(0);
  const exponentBits = Number(bits >> 52n);
  const fraction = bits & 0xfffffffffffffn;
  const significand = exponentBits === 0 ? fraction : fraction | 0x10000000000000n;
  const exponent = (exponentBits === 0 ? 1 : exponentBits) - 1075;
  if (exponent >= 0) return { numerator: significand << BigInt(exponent), decimals: 0 };
  return { numerator: significand * 5n ** BigInt(-exponent), decimals: -exponent };
}

/** A non-negative float with a fixed number of decimals, rounded half to even on its exact value. */
export function toFixedExact(value: number, decimals: number): string {
  const exact = exactDecimal(value);
  const numerator = roundDecimal(exact.numerator, exact.decimals, decimals);
  const text = numerator.toString().padStart(decimals + 1, '0');
  return decimals === 0 ? text : `${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
}

/** `numerator / 10^from` in units of `10^-to`, halves to the even one; `to` may be negative. */
function roundDecimal(numerator: bigint, from: number, to: number): bigint {
  if (from <= to) return numerator * 10n ** BigInt(to - from);
  const divisor = 10n ** BigInt(from - to);
  const quotient = numerator / divisor;
  const twice = (numerator % divisor) * 2n;
  return twice > divisor || (twice === divisor && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

/** A non-negative float to that many significant digits, rounded half to even on its exact value. */
export function toPrecisionExact(value: number, precision: number): Decimal {
  if (value === 0) return { negative: false, digits: '0'.repeat(precision), exponent: 0 };
  const exact = exactDecimal(value);
  const magnitude = exact.numerator.toString().length - exact.decimals - 1;
  const digits = roundDecimal(exact.numerator, exact.decimals, precision - 1 - magnitude).toString();
  return digits.length > precision
    ? { negative: false, digits: digits.slice(0, precision), exponent: magnitude + 1 }
    : { negative: false, digits, exponent: magnitude };
}

const DIGIT_LIMIT = 4300;

/** An int in decimal; like CPython 3.11, refuses more than 4300 digits. */
export function integerText(value: bigint): string {
  if (BigInt.asIntN(64, value) !== value && value.toString(16).length > 3570) {
    // 10^4300 has 3572 hexadecimal digits: what is longer is refused without the work of writing it out.
    const text = value.toString(16).length > 3573 ? '' : value.toString();
    const digits = text.length - (value < 0n ? 1 : 0);
    if (text === '' || digits > DIGIT_LIMIT) {
      return raise(
        'ValueError',
        'Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit',
      );
    }
    return text;
  }
  return value.toString();
}
