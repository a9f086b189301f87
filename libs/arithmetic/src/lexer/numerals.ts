import type { Convention } from '../conventions.js';
import type { Numeral } from '../expression.js';
import { Rational } from '../rational.js';
import { endsInNumberedWord } from '../vocabulary.js';
import { isDigit, isGroupingSpace, isLetter } from './characters.js';
import { VULGAR_FRACTIONS } from './signs.js';

/** More digits than this are no number anybody works with by hand. */
const MAX_DIGITS = 400;
const MAX_EXPONENT = 400;

const BRACED_COMMA = '{,}';
const DATE = /^-\d\d-\d\d(?!\d)/;

export interface ScannedNumeral {
  readonly end: number;
  /** Null where digits stand but no usable number: `1.2.3`, ten thousand digits. */
  readonly numeral: Numeral | null;
}

/** Reads the numeral that begins at `start`, where a digit, a point before a digit or a fraction sign stands. */
export function scanNumeral(text: string, start: number, math: boolean): ScannedNumeral {
  const vulgar = VULGAR_FRACTIONS.get(text.charAt(start));
  if (vulgar) return { end: start + 1, numeral: vulgarNumeral(text.charAt(start), vulgar, '0') };

  const first = digitsEnd(text, start);
  const lead = text.slice(start, first);
  const mixed = VULGAR_FRACTIONS.get(text.charAt(first));
  if (mixed && lead.length > 0 && lead.length < 20) {
    return { end: first + 1, numeral: vulgarNumeral(text.slice(start, first + 1), mixed, lead) };
  }
  const date = lead.length === 4 ? DATE.exec(text.slice(first, first + 6)) : null;
  if (date) return { end: first + date[0].length, numeral: null };
  const groups = scanGroups(text, start, first, lead, math);
  let end = groups.end;
  let digits = groups.digits;
  let decimals = 0;
  let other: { digits: string; decimals: number; convention: Convention } | null = null;

  const point = text.charAt(end);
  if ((point === '.' && groups.separator !== '.') || (point === ',' && groups.separator === '.')) {
    const fractionEnd = digitsEnd(text, end + 1);
    if (fractionEnd > end + 1) {
      const fraction = text.slice(end + 1, fractionEnd);
      if (point === '.' && text.charAt(fractionEnd) === '.' && isDigit(text.charCodeAt(fractionEnd + 1))) {
        return { end: versionEnd(text, fractionEnd), numeral: null };
      }
      if (groups.separator === null && fraction.length === 3 && /^[1-9]\d{0,2}$/.test(lead)) {
        other = { digits: digits + fraction, decimals: 0, convention: 'point-groups-thousands' };
      }
      digits += fraction;
      decimals = fraction.length;
      end = fractionEnd;
    }
  } else if (text.startsWith(BRACED_COMMA, end) && (groups.separator === null || groups.separator === '.')) {
    // In LaTeX no list has its commas in braces.
    const fraction = end + BRACED_COMMA.length;
    const fractionEnd = digitsEnd(text, fraction);
    if (fractionEnd > fraction) {
      decimals = fractionEnd - fraction;
      digits += text.slice(fraction, fractionEnd);
      end = fractionEnd;
    }
  } else if (point === ',' && groups.separator === null) {
    const fractionEnd = decimalCommaEnd(text, start, end, lead);
    if (fractionEnd !== null) {
      decimals = fractionEnd - end - 1;
      digits += text.slice(end + 1, fractionEnd);
      end = fractionEnd;
    }
  }
  if (groups.separator === ',' && groups.count === 1 && decimals === 0) {
    other = { digits, decimals: 3, convention: 'comma-is-decimal' };
  }
  if (digits.length > MAX_DIGITS) return { end, numeral: null };
  const written = text.slice(start, end);
  const exponent = scanExponent(text, end) ?? scanPowerOfTen(text, start, end);
  if (exponent && Math.abs(exponent.value) > MAX_EXPONENT) return { end: exponent.end, numeral: null };
  const numeral: Numeral = {
    written,
    mantissa: Rational.fromDigits(digits === '' ? '0' : digits, decimals),
    decimals,
    significant: significantFigures(digits),
    trailingZeros: decimals === 0 ? trailingZeros(digits) : 0,
    otherMantissa:
      other === null
        ? null
        : {
            value: Rational.fromDigits(other.digits, other.decimals),
            decimals: other.decimals,
            convention: other.convention,
          },
    multiplier: exponent ? Rational.ONE.timesPowerOfTen(exponent.value) : Rational.ONE,
    otherMultipliers: [],
    suffix: exponent ? `e${exponent.value}` : null,
    unit: null,
  };
  return { end: exponent ? exponent.end : end, numeral };
}

/** A whole number as a numeral, for digits read by other means (superscripts, `\frac12`). */
export function wholeNumeral(digits: string): Numeral {
  return {
    written: digits,
    mantissa: Rational.fromDigits(digits),
    decimals: 0,
    significant: significantFigures(digits),
    trailingZeros: trailingZeros(digits),
    otherMantissa: null,
    multiplier: Rational.ONE,
    otherMultipliers: [],
    suffix: null,
    unit: null,
  };
}

function vulgarNumeral(
  written: string,
  [numerator, denominator]: readonly [number, number],
  whole: string,
): Numeral {
  return {
    ...wholeNumeral('1'),
    written,
    mantissa: Rational.of(numerator, denominator).plus(Rational.fromDigits(whole)),
  };
}

function digitsEnd(text: string, start: number): number {
  let at = start;
  while (isDigit(text.charCodeAt(at))) at++;
  return at;
}

function versionEnd(text: string, start: number): number {
  let at = start;
  while (isDigit(text.charCodeAt(at)) || (text.charAt(at) === '.' && isDigit(text.charCodeAt(at + 1)))) at++;
  return at;
}

interface Groups {
  readonly end: number;
  readonly digits: string;
  readonly separator: string | null;
  readonly count: number;
}

/** `75,264`, `75 264`, `75'264`, `75_264`, `75{,}264`, `75\,264`, `1.234.567`. */
function scanGroups(text: string, start: number, first: number, lead: string, math: boolean): Groups {
  const none: Groups = { end: first, digits: lead, separator: null, count: 0 };
  if (
    lead.length === 0 ||
    lead.length > 3 ||
    lead === '0' ||
    text.charAt(start - 1) === '_' ||
    text.charAt(start - 1) === '^'
  )
    return none;
  let end = first;
  let digits = lead;
  let kind: string | null = null;
  let count = 0;
  let plainSpaces = false;
  for (;;) {
    const separator = separatorAt(text, end, math);
    if (separator === null || (kind !== null && separator.kind !== kind)) break;
    const groupStart = end + separator.length;
    const groupEnd = digitsEnd(text, groupStart);
    if (groupEnd - groupStart !== 3) {
      // `3,64,128` is a list; so is `75 264 12`.
      if (groupEnd > groupStart && (separator.kind === ',' || separator.kind === ' ') && kind !== null)
        return none;
      break;
    }
    kind = separator.kind;
    plainSpaces ||= text.charAt(end) === ' ' && separator.length === 1;
    digits += text.slice(groupStart, groupEnd);
    end = groupEnd;
    count++;
    if (digits.length > MAX_DIGITS + 3) break;
  }
  if (kind === null) return none;
  const european = text.charAt(end) === ',' && isDigit(text.charCodeAt(end + 1));
  if (kind === '.' && count === 1 && !european) return none;
  if (kind === '.' && isDigit(text.charCodeAt(end + 1)) && text.charAt(end) === '.') return none;
  if ((kind === ',' || kind === ' ') && isInsideList(text, start, kind)) return none;
  const groups = [lead, ...(digits.slice(lead.length).match(/\d{3}/g) ?? [])];
  if (plainSpaces && areSizes(groups) && !isOperand(text, start, end)) return none;
  if (plainSpaces && !spacesMayGroup(text, start, end, lead, digits)) return none;
  return { end, digits, separator: kind, count };
}

function separatorAt(text: string, at: number, math: boolean): { kind: string; length: number } | null {
  const code = text.charCodeAt(at);
  switch (text.charAt(at)) {
    case ',':
      return text.startsWith('\\!', at + 1) ? { kind: ',', length: 3 } : { kind: ',', length: 1 };
    case '.':
      return { kind: '.', length: 1 };
    case "'":
    case '’':
      return { kind: "'", length: 1 };
    case '_':
      return { kind: '_', length: 1 };
    case '{':
      return text.startsWith('{,}', at)
        ? { kind: ',', length: 3 }
        : text.startsWith('{ }', at)
          ? { kind: ' ', length: 3 }
          : null;
    case '\\':
      return /[,;: ]/.test(text.charAt(at + 1)) ? { kind: ' ', length: 2 } : null;
    case '~':
      return math ? { kind: ' ', length: 1 } : null;
    default:
      return isGroupingSpace(code) ? { kind: ' ', length: 1 } : null;
  }
}

/** The run began earlier: what stands here is a later member of `3,64,128`. */
function isInsideList(text: string, start: number, kind: string): boolean {
  const before = text.charCodeAt(start - 1);
  if (kind === ',') return text.charAt(start - 1) === ',' && isDigit(text.charCodeAt(start - 2));
  return isGroupingSpace(before) && isDigit(text.charCodeAt(start - 2));
}

function isPowerOfTwo(size: number): boolean {
  return size >= 8 && (size & (size - 1)) === 0;
}

/** `64 128 256` are sizes of layers. */
function areSizes(groups: readonly string[]): boolean {
  return groups.every((group) => isPowerOfTwo(Number(group)));
}

/** `= 8 256`, `8 256 + 650`: a sign before or behind says that one number is meant. */
function isOperand(text: string, start: number, end: number): boolean {
  return (
    /[=≈:+−][ \t]*$/.test(text.slice(Math.max(0, start - 8), start)) ||
    /^[ \t]*[=≈+−]/.test(text.slice(end, end + 8))
  );
}

/** `3 240 + 604 367 = 607 607`: behind a calculation stands one number, be its halves alike as those of a square map are. */
function isResult(text: string, start: number): boolean {
  return /[\d)][ \t]*=[ \t]*$/.test(text.slice(Math.max(0, start - 16), start));
}

/** Plain spaces group digits only where nothing suggests a list of sizes: `3 224 224`, `Block 2 512*30`. */
function spacesMayGroup(text: string, start: number, end: number, lead: string, digits: string): boolean {
  const last = digits.slice(-3);
  // No size begins with a nought: `2 000 000` is a number, `3 224 224` is none.
  const isSize = !last.startsWith('0') && !isResult(text, start);
  if (isSize && digits.length > 6 && digits.slice(-6, -3) === last) return false;
  if (isSize && lead === last) return false;
  if (text.charAt(end) === ' ' && isDigit(text.charCodeAt(end + 1))) return false;
  if (/[xX×]/.test(text.charAt(end)) && isDigit(text.charCodeAt(end + 1))) return false;
  if (lead.length < 3 && endsInNumberedWord(text.slice(Math.max(0, start - 16), start))) return false;
  return true;
}

/** Where the decimals of `25,6` end, if the comma is a decimal comma: not in lists and brackets. */
function decimalCommaEnd(text: string, start: number, comma: number, lead: string): number | null {
  const end = digitsEnd(text, comma + 1);
  const length = end - comma - 1;
  if (length === 0 || (length === 3 && lead !== '0')) return null;
  if (/[([{,]/.test(text.charAt(start - 1)) || /[)\]}]/.test(text.charAt(end))) return null;
  if (/[,.]/.test(text.charAt(end)) && isDigit(text.charCodeAt(end + 1))) return null;
  return end;
}

function scanExponent(text: string, at: number): { end: number; value: number } | null {
  if (text.charAt(at) !== 'e' && text.charAt(at) !== 'E') return null;
  const signed = text.charAt(at + 1) === '+' || text.charAt(at + 1) === '-' || text.charAt(at + 1) === '−';
  const start = at + (signed ? 2 : 1);
  const end = digitsEnd(text, start);
  if (end === start || isLetter(text.charCodeAt(end))) return null;
  const size = end - start > 6 ? Number.MAX_SAFE_INTEGER : Number(text.slice(start, end));
  return { end, value: signed && text.charAt(at + 1) !== '+' ? -size : size };
}

const POWER_OF_TEN =
  /\s{0,2}(?:[·×*∙⋅]|\\cdot|\\times|[xX](?=\s))\s{0,2}10\s?(?:\^\s?(?:\{\s?([-−+]?)(\d{1,6})\s?\}|([-−+]?)(\d{1,6}))|(⁻?)([⁰¹²³⁴-⁹]{1,6}))/y;
/** A smaller power of ten may as well be a factor of a calculation. */
const LEAST_POWER = 4;
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `1.4·10^10`, `2.5 \times 10^{-3}`: one number, unless a power or a division before it takes the digits alone. */
function scanPowerOfTen(text: string, start: number, at: number): { end: number; value: number } | null {
  POWER_OF_TEN.lastIndex = at;
  const found = POWER_OF_TEN.exec(text);
  if (found === null) return null;
  const sign = found[1] ?? found[3] ?? found[5] ?? '';
  const digits = found[2] ?? found[4] ?? [...(found[6] ?? '')].map((each) => RAISED.indexOf(each)).join('');
  const isNegative = sign !== '' && sign !== '+';
  if (!isNegative && Number(digits) < LEAST_POWER) return null;
  let before = start - 1;
  while (before >= 0 && (text.charAt(before) === ' ' || text.charAt(before) === '{')) before--;
  if (before >= 0 && '^/÷'.includes(text.charAt(before))) return null;
  return { end: at + found[0].length, value: isNegative ? -Number(digits) : Number(digits) };
}

function significantFigures(digits: string): number {
  let at = 0;
  while (at < digits.length - 1 && digits.charAt(at) === '0') at++;
  return Math.max(1, digits.length - at);
}

function trailingZeros(digits: string): number {
  let at = digits.length;
  while (at > 1 && digits.charAt(at - 1) === '0') at--;
  return digits.length - at;
}
