import { typeOf, unbox } from '../objects/classes.js';
import { PyDict, PyTuple } from '../objects/containers.js';
import { raise } from '../objects/exceptions.js';
import { PyUnknown } from '../objects/unknown.js';
import type { PyValue, Runtime } from '../objects/object.js';
import { formatFloat, formatInteger, formatText } from '../text/format-spec.js';
import type { FormatSpec } from '../text/format-spec.js';
import { textLength } from '../text/code-points.js';
import { toAscii } from '../text/quote.js';
import { asInteger, asNumber, plainInteger } from './conversion.js';
import { countDigits } from './format.js';
import { checkStringLength } from './iteration.js';
import { getItem } from './subscripts.js';
import { repr, str } from './text.js';
import { specialMethod } from './attributes.js';

const FIELD = /%(?:\(([^)]*)\))?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+)?)?[hlL]?(.)?/gsu;

/** `text % values`; unknown where one of the values is. */
export function formatPercent(rt: Runtime, text: string, values: PyValue): PyValue {
  const items = values instanceof PyTuple ? values.items : [values];
  const unknown = items.find((item) => item instanceof PyUnknown);
  if (unknown !== undefined) return unknown;
  let next = 0;
  const take = (): PyValue => {
    if (next >= items.length) return raise('TypeError', 'not enough arguments for format string');
    return items[next++] ?? null;
  };
  let named = false;
  const result = text.replaceAll(
    FIELD,
    (
      field,
      name: string | undefined,
      flags: string,
      width: string | undefined,
      precision: string | undefined,
      type: string | undefined,
      at: number,
    ) => {
      if (type === undefined) return raise('ValueError', 'incomplete format');
      if (field === '%%') return '%';
      if (name !== undefined) named = true;
      const star = (value: string | undefined): number | undefined =>
        value === undefined ? undefined : value === '*' ? Number(asInteger(rt, take())) : Number(value);
      const wide = star(width);
      const fine = field.includes('.') ? (star(precision) ?? 0) : undefined;
      const value = name === undefined ? take() : fromMapping(rt, values, name);
      if (!'sracdiuoxXeEfFgG'.includes(type)) {
        const code = (type.codePointAt(0) ?? 0).toString(16);
        const index = textLength(text.slice(0, at + field.length)) - 1;
        return raise('ValueError', `unsupported format character '${type}' (0x${code}) at index ${index}`);
      }
      if ((wide ?? 0) > 1024) checkStringLength(rt, wide ?? 0);
      if ((fine ?? 0) > 1024) countDigits(rt, fine ?? 0);
      return formatField(rt, value, type, specOf(flags, wide ?? 0, fine, type, value));
    },
  );
  if (
    !named &&
    next < items.length &&
    !(values instanceof PyDict) &&
    !(
      specialMethod(rt, values, '__getitem__') !== undefined &&
      !(values instanceof PyTuple) &&
      typeof unbox(values) !== 'string'
    )
  ) {
    return raise('TypeError', 'not all arguments converted during string formatting');
  }
  checkStringLength(rt, result.length);
  return result;
}

function fromMapping(rt: Runtime, values: PyValue, name: string): PyValue {
  return values instanceof PyTuple
    ? raise('TypeError', 'format requires a mapping')
    : getItem(rt, values, name);
}

function specOf(
  flags: string,
  width: number,
  precision: number | undefined,
  type: string,
  value: PyValue,
): FormatSpec {
  const left = flags.includes('-') || width < 0;
  const numeric = 'diouxXeEfFgG'.includes(type);
  return {
    fill: !left && numeric && flags.includes('0') ? '0' : ' ',
    align: left ? '<' : numeric && flags.includes('0') ? '=' : '>',
    sign: !numeric ? '' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '',
    alternate: flags.includes('#'),
    width: Math.abs(width),
    grouping: '',
    precision,
    type,
    typeName: typeOf(value).name,
  };
}

function formatField(rt: Runtime, value: PyValue, type: string, spec: FormatSpec): string {
  switch (type) {
    case 's':
      return formatText(str(rt, value), { ...spec, alternate: false });
    case 'r':
      return formatText(repr(rt, value), { ...spec, type: 's', alternate: false });
    case 'a':
      return formatText(toAscii(repr(rt, value)), { ...spec, type: 's', alternate: false });
    case 'c':
      return formatText(character(value), { ...spec, type: 's', precision: undefined, alternate: false });
    case 'd':
    case 'i':
    case 'u':
      return formatDigits(integerOf(rt, value, type), { ...spec, type: 'd' });
    case 'o':
    case 'x':
    case 'X':
      return formatDigits(wholeOf(rt, value, type), spec);
    default:
      return formatFloat(floatOf(rt, value), spec);
  }
}

/** A precision on an integer is a least number of digits; the width is filled around them. */
function formatDigits(value: bigint, spec: FormatSpec): string {
  const { precision, width, fill, align } = spec;
  if (precision === undefined) return formatInteger(value, spec);
  const bare: FormatSpec = { ...spec, precision: undefined, width: 0 };
  const plain = formatInteger(value, bare);
  const [, front = '', digits = ''] = /^([-+ ]?(?:0[xXo](?=.))?)(.*)$/s.exec(plain) ?? [];
  const lead = fill === '0' && align === '=' ? Math.max(precision, width - front.length) : precision;
  const shown = front + digits.padStart(lead, '0');
  return align === '<' ? shown.padEnd(width) : shown.padStart(width);
}

function integerOf(rt: Runtime, value: PyValue, type: string): bigint {
  const plain = unbox(value);
  if (typeof plain === 'number') return BigInt(Math.trunc(plain));
  const known = plainInteger(value);
  if (known !== undefined) return known;
  if (
    specialMethod(rt, value, '__index__') === undefined &&
    specialMethod(rt, value, '__int__') === undefined
  ) {
    return raise('TypeError', `%${type} format: a real number is required, not ${typeOf(value).name}`);
  }
  const method = specialMethod(rt, value, '__int__');
  return method === undefined ? asInteger(rt, value) : asInteger(rt, rt.call(method, []));
}

function wholeOf(rt: Runtime, value: PyValue, type: string): bigint {
  const known = plainInteger(value);
  if (known !== undefined) return known;
  if (specialMethod(rt, value, '__index__') === undefined) {
    return raise('TypeError', `%${type} format: an integer is required, not ${typeOf(value).name}`);
  }
  return asInteger(rt, value);
}

function floatOf(rt: Runtime, value: PyValue): number {
  if (typeof unbox(value) === 'string' || value === null)
    return raise('TypeError', `must be real number, not ${typeOf(value).name}`);
  return asNumber(rt, value);
}

function character(value: PyValue): string {
  const plain = unbox(value);
  if (typeof plain === 'string' && [...plain].length === 1) return plain;
  const code = plainInteger(value);
  if (code !== undefined && (code < 0n || code > 0x10ffffn))
    return raise('OverflowError', '%c arg not in range(0x110000)');
  return code === undefined
    ? raise('TypeError', '%c requires int or char')
    : String.fromCodePoint(Number(code));
}
