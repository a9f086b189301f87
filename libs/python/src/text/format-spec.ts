import { raise } from '../objects/exceptions.js';
import { textLength } from './code-points.js';
import { floatRepr, integerText, positional, scientific, toFixedExact, toPrecisionExact } from './numbers.js';
import type { Decimal } from './numbers.js';

/** A format specification, `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`. */
export interface FormatSpec {
  readonly fill: string;
  readonly align: '' | '<' | '>' | '=' | '^';
  readonly sign: '' | '+' | '-' | ' ';
  readonly alternate: boolean;
  readonly width: number;
  readonly grouping: '' | ',' | '_';
  readonly precision: number | undefined;
  readonly type: string;
  /** For error messages. */
  readonly typeName: string;
}

const SPEC = /^(?:(.)?([<>=^]))?([-+ ])?z?(#)?(0)?(\d*)([,_])?(?:\.(\d+))?(.?)$/su;

/** Reads a specification; raises ValueError for what is none. */
export function readSpec(text: string, typeName: string): FormatSpec {
  // CPython's own default types: those of `str` and `int` count where none is written.
  const implied = typeName === 'str' ? 's' : typeName === 'float' ? '' : 'd';
  const found = SPEC.exec(text);
  if (found === null) {
    return /\.(\D|$)/.test(text)
      ? raise('ValueError', 'Format specifier missing precision')
      : raise('ValueError', `Invalid format specifier '${text}' for object of type '${typeName}'`);
  }
  const [, fill, align = '', sign = '', alternate, zero, width = '', grouping = '', precision, type = ''] =
    found;
  if (type === '.') return raise('ValueError', 'Format specifier missing precision');
  const shown = type === '' ? implied : type;
  const mayGroup = 'deEfFgG%'.includes(shown) || (grouping === '_' && 'boxX'.includes(shown));
  if (grouping !== '' && shown !== '' && !mayGroup)
    return raise('ValueError', `Cannot specify '${grouping}' with '${shown}'.`);
  const digits = Number(width === '' ? 0 : width);
  if (digits > 2_147_483_647) return raise('ValueError', 'Too many decimal digits in format string');
  return {
    fill: fill ?? (zero !== undefined ? '0' : ' '),
    align: isAlign(align) ? align : zero !== undefined ? '=' : '',
    sign: isSign(sign) ? sign : '',
    alternate: alternate !== undefined,
    width: digits,
    grouping: grouping === ',' || grouping === '_' ? grouping : '',
    precision: precision === undefined ? undefined : Number(precision),
    type,
    typeName,
  };
}

function isAlign(text: string): text is FormatSpec['align'] {
  return text === '<' || text === '>' || text === '=' || text === '^';
}

function isSign(text: string): text is FormatSpec['sign'] {
  return text === '+' || text === '-' || text === ' ';
}

function unknownCode(spec: FormatSpec): never {
  return raise('ValueError', `Unknown format code '${spec.type}' for object of type '${spec.typeName}'`);
}

/** Formats a str. */
export function formatText(text: string, spec: FormatSpec): string {
  if (spec.type !== '' && spec.type !== 's') return unknownCode(spec);
  if (spec.sign !== '') {
    const what = spec.sign === ' ' ? 'Space' : 'Sign';
    return raise('ValueError', `${what} not allowed in string format specifier`);
  }
  if (spec.alternate) return raise('ValueError', 'Alternate form (#) not allowed in string format specifier');
  if (spec.align === '=') {
    // `0` before the width means zero fill on the right for strings since 3.10; an explicit `=` is an error.
    if (spec.fill !== '0') return raise('ValueError', "'=' alignment not allowed in string format specifier");
    return pad('', text, { ...spec, align: '<' }, '<');
  }
  if (spec.grouping !== '') return raise('ValueError', `Cannot specify '${spec.grouping}' with 's'.`);
  const shown = spec.precision === undefined ? text : [...text].slice(0, spec.precision).join('');
  return pad('', shown, spec, '<');
}

const BASES = new Map([
  ['b', { radix: 2, prefix: '0b' }],
  ['o', { radix: 8, prefix: '0o' }],
  ['x', { radix: 16, prefix: '0x' }],
  ['X', { radix: 16, prefix: '0X' }],
]);

/** Formats an int; with a float's type, as a float. */
export function formatInteger(value: bigint, spec: FormatSpec): string {
  if ('eEfFgG%'.includes(spec.type) && spec.type !== '') return formatFloat(Number(value), spec);
  if (!'bcdoxXn'.includes(spec.type)) return unknownCode(spec);
  if (spec.precision !== undefined)
    return raise('ValueError', 'Precision not allowed in integer format specifier');
  const magnitude = value < 0n ? -value : value;
  if (spec.type === 'c') {
    if (spec.sign !== '') return raise('ValueError', "Sign not allowed with integer format specifier 'c'");
    if (value < 0n || value > 0x10ffffn) return raise('OverflowError', '%c arg not in range(0x110000)');
    return pad('', String.fromCodePoint(Number(value)), spec, '<');
  }
  const base = BASES.get(spec.type);
  if (base === undefined && spec.type !== '' && spec.type !== 'd' && spec.type !== 'n')
    return unknownCode(spec);
  if (spec.grouping === ',' && base !== undefined)
    return raise('ValueError', `Cannot specify ',' with '${spec.type}'.`);
  let digits = base === undefined ? integerText(magnitude) : magnitude.toString(base.radix);
  if (spec.type === 'X') digits = digits.toUpperCase();
  const prefix = signOf(value < 0n, spec) + (base !== undefined && spec.alternate ? base.prefix : '');
  return padNumber(prefix, digits, '', spec, base === undefined ? 3 : 4);
}

function signOf(negative: boolean, spec: FormatSpec): string {
  return negative ? '-' : spec.sign === '+' || spec.sign === ' ' ? spec.sign : '';
}

/** Formats a float. */
export function formatFloat(value: number, spec: FormatSpec): string {
  const { type } = spec;
  if (type !== '' && !'eEfFgGn%'.includes(type)) return unknownCode(spec);
  const negative = value < 0 || Object.is(value, -0);
  const prefix = signOf(negative, spec);
  if (!Number.isFinite(value)) {
    const name = Number.isNaN(value) ? 'nan' : 'inf';
    const text =
      (type === 'F' || type === 'E' || type === 'G' ? name.toUpperCase() : name) + (type === '%' ? '%' : '');
    return pad(Number.isNaN(value) && value !== value && prefix === '-' ? '' : prefix, text, spec, '>');
  }
  const body = floatBody(Math.abs(value), spec);
  const point = /^(\d+)(.*)$/s.exec(body);
  return padNumber(prefix, point?.[1] ?? body, point?.[2] ?? '', spec, 3);
}

/** The digits of a non-negative float, without sign or padding. */
function floatBody(value: number, spec: FormatSpec): string {
  const precision = spec.precision ?? 6;
  switch (spec.type) {
    case 'f':
    case 'F':
      return withPoint(toFixedExact(value, precision), spec);
    case '%':
      return `${withPoint(percent(value, precision), spec)}%`;
    case 'e':
    case 'E':
      return exponentForm(toPrecisionExact(value, precision + 1), spec.type, spec.alternate);
    case 'g':
    case 'G':
    case 'n':
      return general(toPrecisionExact(value, Math.max(precision, 1)), Math.max(precision, 1), spec, false);
    default:
      if (spec.precision === undefined) return withPoint(floatRepr(value), spec);
      return general(
        toPrecisionExact(value, Math.max(spec.precision, 1)),
        Math.max(spec.precision, 1),
        spec,
        true,
      );
  }
}

function percent(value: number, precision: number): string {
  return toFixedExact(value * 100, precision);
}

function withPoint(text: string, spec: FormatSpec): string {
  return spec.alternate && !text.includes('.') ? `${text}.` : text;
}

function exponentForm(decimal: Decimal, letter: string, alternate: boolean): string {
  const text = scientific(decimal.digits, decimal.exponent, letter);
  return alternate && !text.includes('.') ? text.replace(/^(\d)/, '$1.') : text;
}

function general(decimal: Decimal, precision: number, spec: FormatSpec, keepsPoint: boolean): string {
  const letter = spec.type === 'G' ? 'E' : 'e';
  const { exponent } = decimal;
  const digits = spec.alternate ? decimal.digits : decimal.digits.replace(/0+$/, '') || '0';
  const limit = keepsPoint ? precision - 1 : precision;
  if (exponent < -4 || exponent >= limit) return scientific(digits, exponent, letter);
  const text = positional(digits, exponent, false);
  if (spec.alternate) return text.includes('.') ? text : `${text}.`;
  return keepsPoint && !text.includes('.') ? `${text}.0` : text;
}

function group(digits: string, separator: string, size: number): string {
  if (separator === '') return digits;
  const pieces: string[] = [];
  for (let end = digits.length; end > 0; end -= size)
    pieces.unshift(digits.slice(Math.max(0, end - size), end));
  return pieces.join(separator);
}

function padNumber(
  prefix: string,
  digits: string,
  tail: string,
  spec: FormatSpec,
  groupSize: number,
): string {
  const size = spec.grouping === ',' ? 3 : groupSize;
  if (spec.fill === '0' && spec.align === '=' && spec.grouping !== '') {
    let padded = digits;
    while (prefix.length + group(padded, spec.grouping, size).length + tail.length < spec.width)
      padded = `0${padded}`;
    const shown = group(padded, spec.grouping, size);
    return prefix + shown + tail;
  }
  return pad(prefix, group(digits, spec.grouping, size) + tail, spec, '>');
}

function pad(prefix: string, body: string, spec: FormatSpec, fallback: '<' | '>'): string {
  const missing = spec.width - textLength(prefix) - textLength(body);
  if (missing <= 0) return prefix + body;
  switch (spec.align === '' ? fallback : spec.align) {
    case '<':
      return prefix + body + spec.fill.repeat(missing);
    case '=':
      return prefix + spec.fill.repeat(missing) + body;
    case '^': {
      const left = Math.floor(missing / 2);
      return spec.fill.repeat(left) + prefix + body + spec.fill.repeat(missing - left);
    }
    default:
      return spec.fill.repeat(missing) + prefix + body;
  }
}
