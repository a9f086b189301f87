import { floatClass, intClass, NOT_IMPLEMENTED, objectClass, PyBoxed, strClass } from './classes.js';
import { PyObject } from './object.js';
import type { PyValue, Runtime } from './object.js';
import { countWork } from './work.js';

/** Texts whose comparison is worth counting. */
export const LONG_TEXT = 4096;

/**
 * `left == right` where the answer is a plain yes or no (keys, `in`, `list.index`): identity first, then
 * `__eq__` both ways. The truth of an odd `__eq__` result is asked through `rt`.
 */
export function equals(rt: Runtime, left: PyValue, right: PyValue): boolean {
  if (typeof left === 'string' && left.length > LONG_TEXT) countWork(rt, left.length / 8);
  if (left === right) return true;
  if (!(left instanceof PyObject) && !(right instanceof PyObject)) return primitivesEqual(left, right);
  const result = richEquals(rt, left, right);
  return typeof result === 'boolean' ? result : rt.truth(result);
}

/** `left == right` as the operator gives it: any value at all. */
export function richEquals(rt: Runtime, left: PyValue, right: PyValue): PyValue {
  if (!(left instanceof PyObject) && !(right instanceof PyObject)) return primitivesEqual(left, right);
  const swap =
    left instanceof PyObject &&
    right instanceof PyObject &&
    left.cls !== right.cls &&
    right.cls.isSubclassOf(left.cls);
  const [first, second] = swap ? [right, left] : [left, right];
  const direct = ask(rt, first, second);
  if (direct !== NOT_IMPLEMENTED) return direct;
  const reflected = ask(rt, second, first);
  return reflected === NOT_IMPLEMENTED ? left === right : reflected;
}

function ask(rt: Runtime, value: PyValue, other: PyValue): PyValue {
  if (!(value instanceof PyObject)) return NOT_IMPLEMENTED;
  if (value instanceof PyBoxed && !(other instanceof PyObject) && !definesEquality(value))
    return primitivesEqual(value.primitive, other);
  const method = value.cls.lookup('__eq__');
  if (method === undefined || method === null || method === objectClass.namespace.get('__eq__'))
    return NOT_IMPLEMENTED;
  return rt.call(rt.bind(method, value), [other]);
}

function definesEquality(value: PyBoxed): boolean {
  const definer = value.cls.definer('__eq__');
  return definer !== intClass && definer !== floatClass && definer !== strClass;
}

/** Equality of None, bool, int, float and str: numbers compare by value across types. */
export function primitivesEqual(left: PyValue, right: PyValue): boolean {
  if (left === right) return true;
  const a = typeof left === 'boolean' ? BigInt(left) : left;
  const b = typeof right === 'boolean' ? BigInt(right) : right;
  const numeric =
    (typeof a === 'bigint' || typeof a === 'number') && (typeof b === 'bigint' || typeof b === 'number');
  // JavaScript compares a bigint with a number by mathematical value, which is what Python does.
  // oxlint-disable-next-line eqeqeq
  return numeric && a == b;
}
