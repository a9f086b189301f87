import { PyFunction } from '../compile/function.js';
import { ABSENT, noneClass, typeClass, typeOf } from '../objects/classes.js';
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
  mayHaveAny,
  setAttribute,
  specialMethod,
} from '../operations/attributes.js';
import { asString, length } from '../operations/conversion.js';
import { hashThroughMethod } from '../operations/hash.js';
import { toArray } from '../operations/iteration.js';
import { isOpen, varying } from '../operations/open-lists.js';
import { PyUnion } from '../types/generic.js';
import { UNKNOWN_BASE } from '../objects/unknown.js';
import { sortValues } from '../types/sorting.js';

/** `isinstance(value, type)`, with tuples, unions and `__instancecheck__`; unknown where it hangs on an unknown. */
export function isInstanceOf(rt: Runtime, value: PyValue, type: PyValue): PyValue {
  if (value instanceof PyUnknown) return value;
  return checkAny(rt, type, 'isinstance', '__instancecheck__', value, (cls) => {
    const own = typeOf(value);
    return own.isSubclassOf(cls) ? true : (own.lookup(UNKNOWN_BASE) ?? false);
  });
}

/** `issubclass(cls, type)` */
function isSubclassOf(rt: Runtime, cls: PyValue, type: PyValue): PyValue {
  if (cls instanceof PyUnknown) return cls;
  if (!(cls instanceof PyClass)) return raise('TypeError', 'issubclass() arg 1 must be a class');
  return checkAny(rt, type, 'issubclass', '__subclasscheck__', cls, (other) =>
    cls.isSubclassOf(other) ? true : (cls.lookup(UNKNOWN_BASE) ?? false),
  );
}

function checkAny(
  rt: Runtime,
  type: PyValue,
  name: 'isinstance' | 'issubclass',
  hookName: string,
  subject: PyValue,
  plainly: (cls: PyClass) => PyValue,
): PyValue {
  if (type instanceof PyUnknown) return type;
  if (type instanceof PyTuple || type instanceof PyUnion) {
    let result: PyValue = false;
    for (const item of type instanceof PyTuple ? type.items : type.args) {
      const one = checkAny(rt, item ?? noneClass, name, hookName, subject, plainly);
      if (one instanceof PyUnknown) result = one;
      else if (rt.truth(one)) return true;
    }
    return result;
  }
  if (type instanceof PyClass) {
    const plain = plainly(type);
    if (plain === true || type.cls === typeClass) return plain;
    const answer = rt.call(rt.bind(type.cls.lookup(hookName) ?? null, type), [subject]);
    return answer instanceof PyUnknown || rt.truth(answer) ? answer : plain;
  }
  const hook = type instanceof PyObject ? specialMethod(rt, type, hookName) : undefined;
  if (hook !== undefined) return rt.call(hook, [subject]);
  return raise(
    'TypeError',
    name === 'isinstance'
      ? 'isinstance() arg 2 must be a type, a tuple of types, or a union'
      : 'issubclass() arg 2 must be a class, a tuple of classes, or a union',
  );
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
  'isinstance(obj, class_or_tuple, /)': (rt, value, type) => isInstanceOf(rt, value, type),
  'issubclass(cls, class_or_tuple, /)': (rt, cls, type) => isSubclassOf(rt, cls, type),
  'getattr(object, name, default?, /)': (rt, value, name, fallback) => {
    if (name instanceof PyUnknown) return name;
    if (typeof name !== 'string')
      return raise('TypeError', "attribute name must be string, not '" + typeOf(name).name + "'");
    if (fallback === ABSENT || fallback === undefined) return getAttribute(rt, value, name);
    const found = findAttribute(rt, value, name);
    return found === undefined ? fallback : found;
  },
  'hasattr(object, name, /)': (rt, value, name) =>
    value instanceof PyUnknown
      ? value
      : name instanceof PyUnknown
        ? name
        : findAttribute(rt, value, asString(name)) !== undefined,
  'setattr(object, name, value, /)': (rt, object, name, value) => {
    if (name instanceof PyUnknown) {
      rt.note('other', `an attribute is set whose name is unknown: ${name.reason}`);
      if (object instanceof PyObject && !(object instanceof PyClass)) mayHaveAny(object, name);
    } else setAttribute(rt, object, asString(name), value);
    return null;
  },
  'delattr(object, name, /)': (rt, object, name) => {
    if (!(name instanceof PyUnknown)) deleteAttribute(rt, object, asString(name));
    return null;
  },
  'callable(object, /)': (_rt, value) => (value instanceof PyUnknown ? value : isCallable(value)),
  'id(object, /)': (_rt, value) =>
    BigInt(value instanceof PyObject ? identityOf(value) * 16 + 0x7f0000000000 : 0x7e0000000000),
  'hash(object, /)': (rt, value) => (value instanceof PyUnknown ? value : hashThroughMethod(rt, value)),
  'len(obj, /)': (rt, value) => (value instanceof PyUnknown ? value : lengthOf(rt, value)),
};

function lengthOf(rt: Runtime, value: PyValue): PyValue {
  if (isOpen(value)) return varying(rt, 'the length of a list of which nobody knows how long it is');
  const method = specialMethod(rt, value, '__len__');
  const result = method === undefined ? undefined : rt.call(method, []);
  if (result instanceof PyUnknown) return result;
  return typeof result === 'bigint' && result >= 0n ? result : BigInt(length(rt, value));
}

/** A namespace as a dict that writes through. */
export function namespaceDict(namespace: Map<string, PyValue>): PyDict {
  return new PyDict(dictClass, new NamespaceTable(namespace));
}
