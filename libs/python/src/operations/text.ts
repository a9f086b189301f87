import { typeOf, unbox } from '../objects/classes.js';
import { raise } from '../objects/exceptions.js';
import type { PyObject, PyValue, Runtime } from '../objects/object.js';
import { PyUnknown } from '../objects/unknown.js';
import { floatRepr, integerText } from '../text/numbers.js';
import { quote } from '../text/quote.js';
import { specialMethod } from './attributes.js';
import { checkStringLength } from './iteration.js';

/** `repr(value)` */
export function repr(rt: Runtime, value: PyValue): string {
  switch (typeof value) {
    case 'string':
      if (value.length >= 32) rt.step(value.length / 4);
      return quote(value);
    case 'bigint':
      return integerText(value);
    case 'number':
      return floatRepr(value);
    case 'boolean':
      return value ? 'True' : 'False';
    default:
      return value === null ? 'None' : textFrom(rt, value, '__repr__');
  }
}

/** `str(value)` */
export function str(rt: Runtime, value: PyValue): string {
  if (typeof value === 'string') return value;
  return value !== null && typeof value === 'object' ? textFrom(rt, value, '__str__') : repr(rt, value);
}

function textFrom(rt: Runtime, value: PyObject, name: '__repr__' | '__str__'): string {
  if (value instanceof PyUnknown) return '<unknown>';
  const method = specialMethod(rt, value, name);
  const result = method === undefined ? `<${value.cls.name}>` : unbox(rt.call(method, []));
  if (typeof result === 'string') {
    if (result.length > 1024) checkStringLength(rt, result.length);
    return result;
  }
  if (result instanceof PyUnknown) return '<unknown>';
  return raise('TypeError', `${name} returned non-string (type ${typeOf(result).name})`);
}

/** Containers being shown right now, so that one that holds itself ends in `[...]`. */
class Showing {
  readonly values = new Set<PyObject>();
}

const makeShowing = (): Showing => new Showing();

/** Shows a container's inside with `show`, or `loop` if it is being shown already. */
export function showOnce(rt: Runtime, value: PyObject, loop: string, show: () => string): string {
  const { values } = rt.state(makeShowing);
  if (values.has(value)) return loop;
  values.add(value);
  try {
    return show();
  } finally {
    values.delete(value);
  }
}

/** `repr` of each item, joined by commas; the length is checked as it grows. */
export function joinReprs(rt: Runtime, items: Iterable<PyValue>): string {
  const pieces: string[] = [];
  let total = 0;
  for (const item of items) {
    rt.step();
    const piece = repr(rt, item);
    total += piece.length + 2;
    if (total > 1024) checkStringLength(rt, total);
    pieces.push(piece);
  }
  return pieces.join(', ');
}
