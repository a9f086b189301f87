import type { NativeImplementation } from '../../native/functions.js';
import type { MethodDefinition } from '../../native/classes.js';
import type { PyObject, PyValue, Runtime } from '../../objects/object.js';
import { GiveUp, NdArray } from './array.js';
import { InexactInteger, OtherType } from './dtypes.js';
import { PyList, PyTuple } from '../../objects/containers.js';
import { PyUnknown } from '../../objects/unknown.js';
import { keywords } from '../../operations/conversion.js';

/** What could not be computed exactly, or is too large to bother, is unknown. */
export function orUnknown(rt: Runtime, action: () => PyValue): PyValue {
  try {
    return action();
  } catch (thrown) {
    if (thrown instanceof InexactInteger)
      return rt.unknown(`the integer ${thrown.value} is too large for exact arrays`);
    if (thrown instanceof OtherType) return rt.unknown(`an array of elements of the type ${thrown.named}`);
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

/** Methods that change the array itself, so that it is not known any more where they give up. */
const IN_PLACE = new Set(['sort', 'fill', 'resize', 'put', 'partition', 'itemset']);

/** A signature, and how many parameters were added to it that take whatever it does not tell of. */
function widened(signature: string): readonly [signature: string, added: number] {
  const inner = signature.slice(signature.indexOf('(') + 1, -1);
  if (signature.startsWith('__') || inner.includes('**')) return [signature, 0];
  const isOpen = /(^|[ ,])\*/.test(inner);
  const added = isOpen ? ['**others'] : ['*beyond', '**others'];
  return [`${nameOf(signature)}(${[...(inner === '' ? [] : [inner]), ...added].join(', ')})`, added.length];
}

function nameOf(signature: string): string {
  return signature.slice(0, signature.indexOf('('));
}

/** NumPy has more arguments than are told of here: what is called with one of those is not known, and neither is what it writes to. */
function giveUpOnOthers(name: string, self: PyObject | undefined, added: readonly PyValue[]): void {
  const others = added.flatMap((one) => (one instanceof PyTuple ? one.items : [...keywords(one).values()]));
  if (others.length === 0) return;
  for (const one of others) if (one instanceof NdArray) one.forget();
  if (self instanceof NdArray && IN_PLACE.has(name)) self.forget();
  throw new GiveUp(`${name} with these arguments is not computed`);
}

/** A table of functions, each of which may give up. */
export function guardedFunctions(
  table: Readonly<Record<string, NativeImplementation>>,
): Record<string, NativeImplementation> {
  return Object.fromEntries(
    Object.entries(table).map(([signature, body]): [string, NativeImplementation] => {
      const [wide, added] = widened(signature);
      return [
        wide,
        (rt, ...given) => {
          const args = added === 0 ? given : given.slice(0, -added);
          return orUnknown(rt, () => {
            if (added > 0) giveUpOnOthers(nameOf(signature), undefined, given.slice(-added));
            countElements(rt, args);
            return clouded(rt, signature, args, body(rt, ...args));
          });
        },
      ];
    }),
  );
}

/** The same for methods. */
export function guardedMethods<Self extends PyObject>(
  table: Readonly<Record<string, MethodDefinition<Self>>>,
): Record<string, MethodDefinition<Self>> {
  return Object.fromEntries(
    Object.entries(table).map(([signature, body]): [string, MethodDefinition<Self>] => {
      const [wide, added] = widened(signature);
      const name = nameOf(signature);
      return [
        wide,
        (rt, self, ...given) => {
          const args = added === 0 ? given : given.slice(0, -added);
          return orUnknown(rt, () => {
            if (added > 0) giveUpOnOthers(name, self, given.slice(-added));
            if (!FREE.has(name)) {
              countElements(rt, [self]);
              countElements(rt, args);
            }
            return clouded(rt, signature, [self, ...args], body(rt, self, ...args));
          });
        },
      ];
    }),
  );
}
