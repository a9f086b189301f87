import { NOT_IMPLEMENTED, typeOf, unbox } from '../objects/classes.js';
import { exceptionClass, PyException, PyRaise, raise } from '../objects/exceptions.js';
import type { PyValue, Runtime } from '../objects/object.js';
import { PyUnknown } from '../objects/unknown.js';
import type { NativeImplementation } from '../native/functions.js';
import { getAttribute, specialMethod } from '../operations/attributes.js';
import { binary } from '../operations/binary.js';
import { asInteger, asString, rest } from '../operations/conversion.js';
import { formatValue } from '../operations/format.js';
import { repr, str } from '../operations/text.js';
import { toAscii } from '../text/quote.js';
import { textLength } from '../text/code-points.js';
import { powerWithModulus } from '../types/numbers.js';

function based(prefix: string, radix: number): NativeImplementation {
  return (rt, value) => {
    const number = asInteger(rt, value);
    return `${number < 0n ? '-' : ''}${prefix}${(number < 0n ? -number : number).toString(radix)}`;
  };
}

function through(rt: Runtime, value: PyValue, method: string, failure: string): PyValue {
  const bound = specialMethod(rt, value, method);
  return bound === undefined ? raise('TypeError', failure) : rt.call(bound, []);
}

function divmodOf(rt: Runtime, left: PyValue, right: PyValue): PyValue {
  const method = specialMethod(rt, left, '__divmod__');
  const direct = method === undefined ? NOT_IMPLEMENTED : rt.call(method, [right]);
  if (direct !== NOT_IMPLEMENTED) return direct;
  const reflected = specialMethod(rt, right, '__rdivmod__');
  const result = reflected === undefined ? NOT_IMPLEMENTED : rt.call(reflected, [left]);
  if (result !== NOT_IMPLEMENTED) return result;
  return raise(
    'TypeError',
    `unsupported operand type(s) for divmod(): '${typeOf(left).name}' and '${typeOf(right).name}'`,
  );
}

/** Built-in functions on single values; an unknown argument gives that unknown back. */
export const values: Record<string, NativeImplementation> = {
  'abs(x, /)': (rt, x) => through(rt, x, '__abs__', `bad operand type for abs(): '${typeOf(x).name}'`),
  'round(number, ndigits=None)': (rt, number, digits) => {
    const method = specialMethod(rt, number, '__round__');
    if (method === undefined)
      return raise('TypeError', `type ${typeOf(number).name} doesn't define __round__ method`);
    return rt.call(method, digits === null || digits === undefined ? [] : [digits]);
  },
  'divmod(x, y, /)': (rt, x, y) => divmodOf(rt, x, y),
  'pow(base, exp, mod=None)': (rt, base, exponent, modulus) =>
    modulus === null || modulus === undefined
      ? binary(rt, '**', base, exponent)
      : powerWithModulus(rt, base, exponent, modulus),
  'bin(number, /)': based('0b', 2),
  'oct(number, /)': based('0o', 8),
  'hex(number, /)': based('0x', 16),
  'chr(i, /)': (rt, code) => {
    const number = asInteger(rt, code);
    return number < 0n || number > 0x10ffffn
      ? raise('ValueError', 'chr() arg not in range(0x110000)')
      : String.fromCodePoint(Number(number));
  },
  'ord(c, /)': (_rt, char) => {
    const text = unbox(char);
    if (typeof text !== 'string')
      return raise('TypeError', `ord() expected string of length 1, but ${typeOf(char).name} found`);
    if (textLength(text) !== 1)
      return raise('TypeError', `ord() expected a character, but string of length ${textLength(text)} found`);
    return BigInt(text.codePointAt(0) ?? 0);
  },
  "format(value, format_spec='', /)": (rt, value, spec) => formatValue(rt, value, asString(spec)),
};

/** Built-in functions that show values, unknown ones too. */
export const showing: Record<string, NativeImplementation> = {
  'repr(obj, /)': (rt, value) => (value instanceof PyUnknown ? value : repr(rt, value)),
  'ascii(obj, /)': (rt, value) => (value instanceof PyUnknown ? value : toAscii(repr(rt, value))),
  "print(*args, sep=' ', end='\\n', file=None, flush=False)": (rt, args, separator, end, file) => {
    const between = separator === null ? ' ' : asString(separator);
    const text = rest(args)
      .map((value) => str(rt, value))
      .join(between);
    const line = text + (end === null ? '\n' : asString(end));
    if (file === null || file instanceof PyUnknown) rt.print(line);
    else rt.call(getAttribute(rt, file, 'write'), [line]);
    return null;
  },
  "input(prompt='', /)": (rt) => rt.unknown('input() asks a person, who is not there'),
  'open(*args, **kwargs)': (rt) => {
    rt.note('refused', 'files are not opened');
    return rt.unknown('files are not opened when code is read');
  },
  '__import__(name, *args, **kwargs)': (rt, name) =>
    rt.unknown(`__import__(${typeof name === 'string' ? name : '...'}) is not read`),
  'breakpoint(*args, **kwargs)': () => null,
  'exit(code=None, /)': (_rt, code) => leave(code),
  'quit(code=None, /)': (_rt, code) => leave(code),
};

function leave(code: PyValue): never {
  throw new PyRaise(new PyException(exceptionClass('SystemExit'), [code]));
}
