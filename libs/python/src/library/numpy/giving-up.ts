import type { NativeImplementation } from '../../native/functions.js';
import type { MethodDefinition } from '../../native/classes.js';
import type { PyObject, PyValue, Runtime } from '../../objects/object.js';
import { GiveUp, NdArray } from './array.js';
import { InexactInteger } from './dtypes.js';
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

/** A table of functions, each of which may give up. */
export function guardedFunctions(
  table: Readonly<Record<string, NativeImplementation>>,
): Record<string, NativeImplementation> {
  return Object.fromEntries(
    Object.entries(table).map(([signature, body]): [string, NativeImplementation] => [
      signature,
      (rt, ...args) => {
        countElements(rt, args);
        return orUnknown(rt, () => body(rt, ...args));
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
        return orUnknown(rt, () => body(rt, self, ...args));
      },
    ]),
  );
}
