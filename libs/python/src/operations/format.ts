import { typeOf } from '../objects/classes.js';
import { raise } from '../objects/exceptions.js';
import type { PyValue, Runtime } from '../objects/object.js';
import { PyUnknown } from '../objects/unknown.js';
import { specialMethod } from './attributes.js';
import { checkStringLength } from './iteration.js';
import { str } from './text.js';
import { formatFloat, formatInteger, formatText, readSpec } from '../text/format-spec.js';

/** `format(value, spec)` */
export function formatValue(rt: Runtime, value: PyValue, spec: string): string {
  if (value instanceof PyUnknown) return '<unknown>';
  if (spec === '' && (value === null || typeof value !== 'object')) return str(rt, value);
  if (value !== null && typeof value === 'object') {
    const method = specialMethod(rt, value, '__format__');
    const result = method === undefined ? str(rt, value) : rt.call(method, [spec]);
    if (typeof result === 'string') return result;
    return raise('TypeError', `__format__ must return a str, not ${typeOf(result).name}`);
  }
  return formatPrimitive(rt, value, spec);
}

/** Counts the making of that many digits, which takes time that grows with their square. */
export function countDigits(rt: Runtime, digits: number): void {
  checkStringLength(rt, digits);
  rt.step((digits / 64) ** 2 / 64);
}

/** Formats None, a bool, int, float or str. */
export function formatPrimitive(
  rt: Runtime,
  value: null | boolean | bigint | number | string,
  spec: string,
): string {
  if (spec === '') return str(rt, value);
  if (value === null) return raise('TypeError', 'unsupported format string passed to NoneType.__format__');
  const read = readSpec(spec, typeOf(value).name);
  if (read.width > 1024) checkStringLength(rt, read.width);
  if (read.precision !== undefined && read.precision > 1024) countDigits(rt, read.precision);
  switch (typeof value) {
    case 'string':
      return formatText(value, read);
    case 'number':
      return formatFloat(value, read);
    case 'boolean':
      return formatInteger(value ? 1n : 0n, read);
    default:
      return formatInteger(value, read);
  }
}
