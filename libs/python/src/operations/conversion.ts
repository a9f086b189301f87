import { typeNameInErrors } from '../objects/callables.js';
import { PyBoxed, typeOf, unbox } from '../objects/classes.js';
import { PyDict, PyTuple } from '../objects/containers.js';
import { raise } from '../objects/exceptions.js';
import { PyClass } from '../objects/object.js';
import type { PyValue, Runtime } from '../objects/object.js';
import { UnknownNeeded } from '../objects/iterators.js';
import { PyUnknown } from '../objects/unknown.js';
import { specialMethod, unknownBase } from './attributes.js';
import { toFloat } from './numbers.js';

/** An int of any kind (bool, subclass) without asking the program; undefined for anything else. */
export function plainInteger(value: PyValue): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  return value instanceof PyBoxed && typeof value.primitive === 'bigint' ? value.primitive : undefined;
}

/** The integer a value stands for, through `__index__`; raises TypeError for floats and the like. */
export function asInteger(rt: Runtime, value: PyValue): bigint {
  const plain = plainInteger(value);
  if (plain !== undefined) return plain;
  if (value instanceof PyUnknown) throw new UnknownNeeded(value);
  const index = specialMethod(rt, value, '__index__');
  const given = index === undefined ? undefined : rt.call(index, []);
  if (given instanceof PyUnknown) throw new UnknownNeeded(given);
  const result = given === undefined ? undefined : plainInteger(given);
  return result ?? raise('TypeError', `'${typeOf(value).name}' object cannot be interpreted as an integer`);
}

/** A float or int (or what has `__float__` or `__index__`) as a JavaScript number. */
export function asNumber(rt: Runtime, value: PyValue): number {
  const plain = unbox(value);
  if (typeof plain === 'number') return plain;
  const integer = plainInteger(plain);
  if (integer !== undefined) return toFloat(integer);
  if (value instanceof PyUnknown) throw new UnknownNeeded(value);
  const method = specialMethod(rt, value, '__float__');
  const result = method === undefined ? undefined : unbox(rt.call(method, []));
  if (typeof result === 'number') return result;
  if (result instanceof PyUnknown) throw new UnknownNeeded(result);
  const index = specialMethod(rt, value, '__index__');
  if (index !== undefined) return toFloat(asInteger(rt, value));
  return raise('TypeError', `must be real number, not ${typeOf(value).name}`);
}

/** A str; raises TypeError for anything else. */
export function asString(value: PyValue): string {
  const plain = unbox(value);
  if (plain instanceof PyUnknown) throw new UnknownNeeded(plain);
  return typeof plain === 'string' ? plain : raise('TypeError', `expected str, got ${typeOf(value).name}`);
}

/** The items of a `*args` parameter. */
export function rest(value: PyValue): readonly PyValue[] {
  // What `*unknown` gives is not known.
  if (value instanceof PyUnknown) throw new UnknownNeeded(value);
  return value instanceof PyTuple ? value.items : raise('TypeError', 'expected a tuple');
}

/** The entries of a `**kwargs` parameter. */
export function keywords(value: PyValue): Map<string, PyValue> {
  // What `**unknown` gives is not known.
  if (value instanceof PyUnknown) throw new UnknownNeeded(value);
  return value instanceof PyDict ? value.keywords() : raise('TypeError', 'expected a dict');
}

/** `isinstance(value, cls)` for a native class: no `__instancecheck__` is asked. */
export function isInstance(value: PyValue, cls: PyClass): boolean {
  return typeOf(value).isSubclassOf(cls);
}

/** Python's truth of a value; an unknown counts as false, and a note says so. */
export function truth(rt: Runtime, value: PyValue): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'bigint':
      return value !== 0n;
    case 'number':
      return value !== 0;
    case 'string':
      return value !== '';
    default:
      return value !== null && objectTruth(rt, value);
  }
}

function objectTruth(rt: Runtime, value: PyValue): boolean {
  const holds = truthOfObject(rt, value);
  if (typeof holds === 'boolean') return holds;
  holds.weighed = true;
  rt.note('unknown-branch', `taken as false, because it is unknown: ${holds.reason}`);
  return false;
}

/** Python's truth of a value, or the unknown that it hangs on. */
export function truthOrUnknown(rt: Runtime, value: PyValue): boolean | PyUnknown {
  return value !== null && typeof value === 'object' ? truthOfObject(rt, value) : truth(rt, value);
}

function truthOfObject(rt: Runtime, value: PyValue): boolean | PyUnknown {
  if (value instanceof PyUnknown) return value;
  const bool = specialMethod(rt, value, '__bool__');
  if (bool !== undefined) {
    const result = rt.call(bool, []);
    if (typeof result === 'boolean') return result;
    if (result instanceof PyUnknown) return result;
    return raise('TypeError', `__bool__ should return bool, returned ${typeOf(result).name}`);
  }
  const size = specialMethod(rt, value, '__len__');
  if (size === undefined) return true;
  const result = rt.call(size, []);
  return result instanceof PyUnknown ? result : lengthResult(rt, result) !== 0n;
}

/** Checks what a `__len__` gave. */
export function lengthResult(rt: Runtime, value: PyValue): bigint {
  const result = asInteger(rt, value);
  return result < 0n ? raise('ValueError', '__len__() should return >= 0') : result;
}

/** `len(value)` */
export function length(rt: Runtime, value: PyValue): number {
  const method = specialMethod(rt, value, '__len__');
  const base = method === undefined ? unknownBase(rt, value) : undefined;
  if (base !== undefined) return Number(lengthResult(rt, base));
  if (method === undefined)
    return raise('TypeError', `object of type '${typeNameInErrors(value)}' has no len()`);
  return Number(lengthResult(rt, rt.call(method, [])));
}
