import { PyFunction } from '../compile/function.js';
import { ABSENT, typeOf } from '../objects/classes.js';
import { dictClass, NamespaceTable, PyDict, PyList, PyTuple } from '../objects/containers.js';
import { raise } from '../objects/exceptions.js';
import { identityOf } from '../objects/keys.js';
import { PyClass, PyObject } from '../objects/object.js';
import type { PyValue, Runtime } from '../objects/object.js';
import { PyUnknown } from '../objects/unknown.js';
import type { NativeImplementation } from '../native/functions.js';
import {
  deleteAttribute,
  findAttribute,
  getAttribute,
  setAttribute,
  specialMethod,
} from '../operations/attributes.js';
import { asString, length } from '../operations/conversion.js';
import { hashThroughMethod } from '../operations/hash.js';
import { toArray } from '../operations/iteration.js';
import { PyUnion, PyAlias } from '../types/generic.js';
import { sortValues } from '../types/sorting.js';

/** `isinstance(value, type)`, with tuples, unions and `__instancecheck__`; unknown where it hangs on an unknown. */
export function isInstanceOf(rt: Runtime, value: PyValue, type: PyValue): PyValue {
  if (value instanceof PyUnknown) return value;
  return checkClass(rt, type, 'isinstance', (cls) => {
    if (typeOf(value).isSubclassOf(cls)) return true;
    if (cls.lookup('\0unknown base') instanceof PyUnknown) return false;
    const hook = cls.cls.native ? undefined : cls.cls.lookup('__instancecheck__');
    const native = cls.cls.definer('__instancecheck__')?.native !== false && cls.cls.name === 'type';
    if (native || hook === undefined) return nativeCheck(rt, cls, '__instancecheck__', value);
    return rt.call(rt.bind(hook, cls), [value]);
  });
}

/** Native metaclasses (abc's, enum's) may have their own check. */
function nativeCheck(rt: Runtime, cls: PyClass, name: string, value: PyValue): PyValue {
  if (cls.cls.name === 'type') return false;
  const hook = cls.cls.lookup(name);
  return hook === undefined ? false : rt.call(rt.bind(hook, cls), [value]);
}

function checkClass(rt: Runtime, type: PyValue, name: string, test: (cls: PyClass) => PyValue): PyValue {
  if (type instanceof PyUnknown) return type;
  if (type instanceof PyTuple || type instanceof PyUnion) {
    const items = type instanceof PyTuple ? type.items : type.args;
    let unknown: PyValue = false;
    for (const item of items) {
      const result = checkClass(rt, item ?? typeOf(null), name, test);
      if (result instanceof PyUnknown) unknown = result;
      else if (rt.truth(result)) return true;
    }
    return unknown;
  }
  if (type instanceof PyClass) return test(type);
  if (type instanceof PyAlias && type.label.startsWith('typing.'))
    return checkClass(rt, type.origin, name, test);
  const hook =
    type instanceof PyObject
      ? specialMethod(rt, type, name === 'isinstance' ? '__instancecheck__' : '__subclasscheck__')
      : undefined;
  if (hook !== undefined) return test(typeOf(type));
  return raise('TypeError', `${name}() arg 2 must be a type, a tuple of types, or a union`);
}

/** `dir(value)` */
export function namesOf(rt: Runtime, value: PyValue): PyList {
  const method = specialMethod(rt, value, '__dir__');
  const names = method === undefined ? [] : toArray(rt, rt.call(method, []));
  return new PyList(sortValues(rt, names, null, false));
}

/** Whether a value can be called. */
export function isCallable(value: PyValue): boolean {
  return (
    value instanceof PyObject &&
    (value instanceof PyClass ||
      value instanceof PyFunction ||
      value.cls.lookup('__call__') !== undefined ||
      value.call !== PyObject.prototype.call)
  );
}

/** Built-in functions that look into objects. */
export const inspection: Record<string, NativeImplementation> = {
  'isinstance(obj, class_or_tuple, /)': (rt, value, type) => isInstanceOf(rt, value ?? null, type ?? null),
  'issubclass(cls, class_or_tuple, /)': (rt, cls, type) => {
    if (cls instanceof PyUnknown) return cls;
    if (!(cls instanceof PyClass)) return raise('TypeError', 'issubclass() arg 1 must be a class');
    return checkClass(
      rt,
      type ?? null,
      'issubclass',
      (other) => cls.isSubclassOf(other) || nativeCheck(rt, other, '__subclasscheck__', cls),
    );
  },
  'getattr(object, name, default?, /)': (rt, value, name, fallback) => {
    if (typeof name !== 'string')
      return raise('TypeError', "attribute name must be string, not '" + typeOf(name ?? null).name + "'");
    if (fallback === ABSENT || fallback === undefined) return getAttribute(rt, value ?? null, name);
    const found = findAttribute(rt, value ?? null, name);
    return found === undefined ? fallback : found;
  },
  'hasattr(object, name, /)': (rt, value, name) =>
    value instanceof PyUnknown ? value : findAttribute(rt, value ?? null, asString(name ?? '')) !== undefined,
  'setattr(object, name, value, /)': (rt, object, name, value) => {
    if (name instanceof PyUnknown)
      rt.note('other', `an attribute is set whose name is unknown: ${name.reason}`);
    else setAttribute(rt, object ?? null, asString(name ?? ''), value ?? null);
    return null;
  },
  'delattr(object, name, /)': (rt, object, name) => {
    deleteAttribute(rt, object ?? null, asString(name ?? ''));
    return null;
  },
  'callable(object, /)': (_rt, value) => (value instanceof PyUnknown ? value : isCallable(value ?? null)),
  'id(object, /)': (_rt, value) =>
    BigInt(value instanceof PyObject ? identityOf(value) * 16 + 0x7f0000000000 : 0x7e0000000000),
  'hash(object, /)': (rt, value) =>
    value instanceof PyUnknown ? value : hashThroughMethod(rt, value ?? null),
  'len(obj, /)': (rt, value) => (value instanceof PyUnknown ? value : lengthOf(rt, value ?? null)),
};

function lengthOf(rt: Runtime, value: PyValue): PyValue {
  const method = specialMethod(rt, value, '__len__');
  const result = method === undefined ? undefined : rt.call(method, []);
  if (result instanceof PyUnknown) return result;
  return typeof result === 'bigint' && result >= 0n ? result : BigInt(length(rt, value));
}

/** A namespace as a dict that writes through. */
export function namespaceDict(namespace: Map<string, PyValue>): PyDict {
  return new PyDict(dictClass, new NamespaceTable(namespace));
}
