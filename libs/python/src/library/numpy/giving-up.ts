import type { NativeImplementation } from '../../native/functions.js';
import type { MethodDefinition } from '../../native/classes.js';
import type { PyObject, PyValue, Runtime } from '../../objects/object.js';
import { GiveUp, NdArray } from './array.js';
import { InexactInteger } from './dtypes.js';
import { PyList, PyTuple } from '../../objects/containers.js';
import { PyUnknown } from '../../objects/unknown.js';

/** What could not be computed exactly, or is too large to bother, is unknown. */
export function orUnknown(rt: Runtime, action: () => PyValue): PyValue {
  try {
    return action();
  } catch (thrown) {
    if (thrown instanceof InexactInteger)
      return rt.unknown(`the integer ${thrown.value} is too large for exact arrays`);
    if (!(thrown instanceof GiveUp)) throw thrown;
    return thrown.reason instanceof PyUnknown ? thrown.reason : rt.unknown(thrown.reason);
  }
}

/** Methods that look at one element, or count what they go over themselves. */
const FREE = new Set(['__getitem__', '__setitem__', '__len__', '__getattr__']);

/** Going over the elements of arrays is work: a step for each, which is gone over more than once. */
function countElements(rt: Runtime, values: readonly PyValue[]): void {
  for (const value of values) if (value instanceof NdArray) rt.step(value.size);
}

/** What has as many elements as the values say. */
const SIZED_BY_VALUES =
  /^(nonzero|flatnonzero|argwhere|unique|where|intersect1d|union1d|setdiff1d|bincount|arange|tolist)\b/;
/** What asks for the shape alone, or sees to unknown elements itself. */
const OF_SHAPE = /^(__len__|__iter__|shape|size|ndim)\b/;

/** What comes of arrays whose elements are not known: an array of its shape, as little known as they are. */
function clouded(rt: Runtime, name: string, args: readonly PyValue[], result: PyValue): PyValue {
  if (!args.some((arg) => isUnknownArray(arg)) || OF_SHAPE.test(name)) return result;
  if (result instanceof NdArray && !SIZED_BY_VALUES.test(name)) return result.forget();
  if (result === null) {
    const [self] = args;
    if (self instanceof NdArray) self.forget();
    return result;
  }
  return rt.unknown('what comes of an array whose elements are not known');
}

function isUnknownArray(value: PyValue, depth = 0): boolean {
  if (value instanceof NdArray) return !value.isKnown;
  if (depth > 1 || !(value instanceof PyList || value instanceof PyTuple)) return false;
  return value.items.some((item) => isUnknownArray(item, depth + 1));
}

/** A table of functions, each of which may give up. */
export function guardedFunctions(
  table: Readonly<Record<string, NativeImplementation>>,
): Record<string, NativeImplementation> {
  return Object.fromEntries(
    Object.entries(table).map(([signature, body]): [string, NativeImplementation] => [
      signature,
      (rt, ...args) => {
        countElements(rt, args);
        return orUnknown(rt, () => clouded(rt, signature, args, body(rt, ...args)));
      },
    ]),
  );
}

/** The same for methods. */
export function guardedMethods<Self extends PyObject>(
  table: Readonly<Record<string, MethodDefinition<Self>>>,
): Record<string, MethodDefinition<Self>> {
  return Object.fromEntries(
    Object.entries(table).map(([signature, body]): [string, MethodDefinition<Self>] => [
      signature,
      (rt, self, ...args) => {
        if (!FREE.has(signature.slice(0, signature.indexOf('(')))) {
          countElements(rt, [self]);
          countElements(rt, args);
        }
        return orUnknown(rt, () => clouded(rt, signature, [self, ...args], body(rt, self, ...args)));
      },
    ]),
  );
}
