import { raise } from '../objects/exceptions.js';
import type { Runtime } from '../objects/object.js';
import { countWork } from '../objects/work.js';
import { bitLength, checkBits, nearestQuotient } from '../operations/numbers.js';
import { quote } from './quote.js';

const INTEGER_SHAPES = new Map([
  [2, /^[01]+(?:_[01]+)*$/],
  [8, /^[0-7]+(?:_[0-7]+)*$/],
  [10, /^\d+(?:_\d+)*$/],
  [16, /^[\da-f]+(?:_[\da-f]+)*$/],
]);
const PREFIXES = new Map([
  ['0b', 2],
  ['0o', 8],
  ['0x', 16],
]);
/** CPython 3.11 refuses longer decimal literals, whose conversion takes quadratic time. */
const MAX_DIGITS = 4300;

/** `int(text, base)`; raises ValueError. */
export function parseInteger(rt: Runtime, text: string, base: number): bigint {
  countWork(rt, text.length * 4);
  const fail = (): never =>
    raise('ValueError', `invalid literal for int() with base ${base}: ${quote(text)}`);
  const trimmed = asciiDigits(text.trim());
  const negative = trimmed.startsWith('-');
  let digits = (negative || trimmed.startsWith('+') ? trimmed.slice(1) : trimmed).toLowerCase();
  const prefixBase = PREFIXES.get(digits.slice(0, 2));
  let radix = base;
  if (prefixBase !== undefined && (base === 0 || base === prefixBase)) {
    radix = prefixBase;
    digits = digits.slice(2).replace(/^_/, '');
  } else if (base === 0) {
    radix = 10;
    if (/^0[\d_]*[1-9]/.test(digits)) return fail();
  }
  if (digits.length > MAX_DIGITS) checkBits(rt, digits.length * Math.log2(radix));
  const value = readDigits(digits, radix);
  if (value === undefined) return fail();
  return negative ? -value : value;
}

function readDigits(digits: string, radix: number): bigint | undefined {
  const shape = INTEGER_SHAPES.get(radix);
  if (shape !== undefined && !shape.test(digits)) return undefined;
  if (digits.includes('__') || digits.endsWith('_')) return undefined;
  const plain = digits.replaceAll('_', '');
  if (plain.length > MAX_DIGITS && !Number.isInteger(Math.log2(radix))) {
    return raise(
      'ValueError',
      `Exceeds the limit (${MAX_DIGITS} digits) for integer string conversion: value has ${plain.length} digits; use sys.set_int_max_str_digits() to increase the limit`,
    );
  }
  if (radix === 10) return BigInt(plain);
  if (radix === 2 || radix === 8 || radix === 16)
    return BigInt(`0${radix === 2 ? 'b' : radix === 8 ? 'o' : 'x'}${plain}`);
  if (plain === '') return undefined;
  let value = 0n;
  for (const char of plain) {
    const digit = /^[\da-z]$/.test(char) ? Number.parseInt(char, 36) : 99;
    if (digit >= radix) return undefined;
    value = value * BigInt(radix) + BigInt(digit);
  }
  return value;
}

/** Digits of other scripts count as digits too. */
function asciiDigits(text: string): string {
  return text.replaceAll(/\p{Nd}/gu, (char) => {
    if (char <= '9') return char;
    const code = char.codePointAt(0) ?? 0;
    for (let zero = code; zero > code - 10; zero--)
      if (!/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) return String(code - zero);
    return char;
  });
}

/** `float(text)`; raises ValueError. */
export function parseFloatText(text: string): number {
  const trimmed = asciiDigits(text.trim()).toLowerCase();
  if (/^[-+]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[-+]?\d+(?:_\d+)*)?$/.test(trimmed)) {
    return Number(trimmed.replaceAll('_', ''));
  }
  const special = /^([-+]?)(inf|infinity|nan)$/.exec(trimmed);
  if (special === null) return raise('ValueError', `could not convert string to float: ${quote(text)}`);
  if (special[2] === 'nan') return Number.NaN;
  return special[1] === '-' ? -Infinity : Infinity;
}

const HEX_FLOAT = /^([-+]?)(?:0x)?(?=[\da-f.]*[\da-f])([\da-f]*)(?:\.([\da-f]*))?(?:p([-+]?\d+))?$/;

/** `float.fromhex(text)`; raises ValueError and OverflowError. */
export function parseHexFloat(text: string): number {
  const trimmed = text.trim().toLowerCase();
  const special = /^([-+]?)(inf|infinity|nan)$/.exec(trimmed);
  if (special !== null) return parseFloatText(trimmed);
  const found = HEX_FLOAT.exec(trimmed);
  if (found === null) return raise('ValueError', 'invalid hexadecimal floating-point string');
  const [, sign, whole = '', fraction = '', power = '0'] = found;
  const digits = BigInt(`0x${whole}${fraction}`);
  const exponent = Number(power) - 4 * fraction.length;
  const magnitude = digits === 0n ? 0 : scaledFloat(digits, exponent);
  if (!Number.isFinite(magnitude))
    return raise('OverflowError', 'hexadecimal value too large to represent as a float');
  return sign === '-' ? -magnitude : magnitude;
}

/** `digits * 2**exponent`, rounded once. */
function scaledFloat(digits: bigint, exponent: number): number {
  if (exponent > 4096) return Infinity;
  if (exponent < -4096 - bitLength(digits)) return 0;
  return exponent >= 0
    ? Number(digits << BigInt(exponent))
    : nearestQuotient(digits, 1n << BigInt(-exponent));
}
