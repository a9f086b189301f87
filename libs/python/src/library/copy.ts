import { PyFunction } from '../compile/function.js';
import { defineModule } from '../native/modules.js';
import { PyBytes } from '../objects/bytes.js';
import { PyMethod } from '../objects/callables.js';
import { PyBoxed } from '../objects/classes.js';
import { PyDict, PyList, PySet, PyTuple } from '../objects/containers.js';
import { PyException } from '../objects/exceptions.js';
import { PyModule } from '../objects/module.js';
import { PyClass, PyObject } from '../objects/object.js';
import type { PyValue, Runtime } from '../objects/object.js';
import { PyUnknown } from '../objects/unknown.js';
import { specialMethod } from '../operations/attributes.js';
import { NativeFunction } from '../objects/callables.js';

/** Whether a blank instance can be given what this one holds; other native objects are shared rather than emptied. */
function isCopied(value: PyObject): boolean {
  return (
    (value.constructor === PyObject && !value.cls.native) ||
    value.copyPayload !== PyObject.prototype.copyPayload ||
    value instanceof PyTuple ||
    value instanceof PyBytes ||
    value instanceof PyList ||
    value instanceof PyDict ||
    value instanceof PySet ||
    value instanceof PyException ||
    value instanceof PyMethod
  );
}

/** Values a copy shares with the original. */
function isAtomic(value: PyValue): boolean {
  if (!(value instanceof PyObject)) return true;
  return (
    value instanceof PyClass ||
    value instanceof PyFunction ||
    value instanceof NativeFunction ||
    value instanceof PyModule ||
    value instanceof PyUnknown ||
    value instanceof PyBoxed
  );
}

/** An empty instance of the same class, with whatever native payload its class allocates. */
function blank(value: PyObject): PyObject {
  return value.cls.allocate(value.cls);
}

function shallow(rt: Runtime, value: PyValue): PyValue {
  if (isAtomic(value) || !(value instanceof PyObject)) return value;
  const own = specialMethod(rt, value, '__copy__');
  if (own !== undefined) return rt.call(own, []);
  if (value instanceof PyTuple || !isCopied(value)) return value;
  const result = fill(rt, value, (item) => item);
  if (value.attributes !== undefined) result.attributes = new Map(value.attributes);
  return result;
}

/** The contents of a container copied into a fresh one, each item through `each`. */
function fill(
  rt: Runtime,
  value: PyObject,
  each: (item: PyValue) => PyValue,
  made?: (result: PyObject) => void,
): PyObject {
  if (value instanceof PyTuple) return new PyTuple(value.items.map(each), value.cls);
  if (value instanceof PyBytes) return new PyBytes(value.data.slice(), value.cls);
  const result = blank(value);
  made?.(result);
  if (value instanceof PyList && result instanceof PyList) {
    for (const item of value.items) result.items.push(each(item));
    result.grownByUnknown = value.grownByUnknown;
  }
  if (value instanceof PyDict && result instanceof PyDict) {
    for (const entry of value.entries()) result.set(rt, each(entry.key), each(entry.value));
    result.unknownEntries = value.unknownEntries;
  }
  if (value instanceof PySet && result instanceof PySet) {
    for (const item of value.values()) result.add(rt, each(item));
    result.unknownEntries = value.unknownEntries;
  }
  if (value instanceof PyException && result instanceof PyException) result.args = value.args.map(each);
  result.copyPayload(value, each);
  return result;
}

/** `copy.deepcopy`: what is reached twice is copied once. */
export function deepCopy(
  rt: Runtime,
  value: PyValue,
  memo: Map<PyObject, PyValue>,
  memoDict: PyDict,
): PyValue {
  if (isAtomic(value) || !(value instanceof PyObject)) return value;
  const known = memo.get(value);
  if (known !== undefined) return known;
  rt.step();
  const own = specialMethod(rt, value, '__deepcopy__');
  if (own !== undefined) {
    const result = rt.call(own, [memoDict]);
    memo.set(value, result);
    return result;
  }
  if (!isCopied(value)) return value;
  if (value instanceof PyMethod) return new PyMethod(deepCopy(rt, value.self, memo, memoDict), value.callee);
  const result = fill(
    rt,
    value,
    (item) => deepCopy(rt, item, memo, memoDict),
    (made) => memo.set(value, made),
  );
  memo.set(value, result);
  if (value.attributes !== undefined) {
    const attributes = new Map<string, PyValue>();
    result.attributes = attributes;
    for (const [name, item] of value.attributes) attributes.set(name, deepCopy(rt, item, memo, memoDict));
  }
  return result;
}

/** Copies in progress, so that a `__deepcopy__` that calls `deepcopy` again shares what is copied already. */
class Memo {
  readonly copies = new WeakMap<PyDict, Map<PyObject, PyValue>>();
}
const makeMemo = (): Memo => new Memo();

export const copy = defineModule({
  name: 'copy',
  unknowns: 'accept',
  functions: {
    'copy(x)': (rt, value) => shallow(rt, value),
    'deepcopy(x, memo=None)': (rt, value, given) => {
      const dict = given instanceof PyDict ? given : new PyDict();
      const { copies } = rt.state(makeMemo);
      const memo = copies.get(dict) ?? new Map<PyObject, PyValue>();
      copies.set(dict, memo);
      return deepCopy(rt, value, memo, dict);
    },
  },
});
