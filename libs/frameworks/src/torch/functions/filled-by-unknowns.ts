import { nativeFunction, PyUnknown } from '@tensormark/python';
import type { NativeFunction, NativeImplementation, PyValue } from '@tensormark/python';
import { unknownIn } from '../apply.js';
import { TensorObject } from '../tensor/tensor.js';
import { creation } from './creation.js';

/** Beyond every number that is drawn: what stands for a bound that is not known. */
const FAR = 1n << 40n;

/** What stands for the arguments that only the elements hang on; undefined where the type or the shape hangs on them too. */
type StandIn = (args: readonly PyValue[]) => readonly PyValue[] | undefined;

const isUnknown = (value: PyValue | undefined): boolean => value instanceof PyUnknown;
const orElse = (value: PyValue | undefined, instead: PyValue): PyValue =>
  isUnknown(value) ? instead : (value ?? null);

/** Functions that make tensors, and which of their arguments say nothing of a tensor's shape. */
const STAND_INS: Readonly<Record<string, StandIn>> = {
  // `randint(high, size)` or `randint(low, high, size)`.
  randint: ([low, high, size, ...others]) =>
    (size ?? null) === null
      ? [orElse(low, FAR), high ?? null, null, ...others]
      : [(low ?? null) === null ? null : orElse(low, -FAR), orElse(high, FAR), size ?? null, ...others],
  full: ([size, value, dtype, ...others]) =>
    (dtype ?? null) === null ? undefined : [size ?? null, orElse(value, 0), dtype ?? null, ...others],
  full_like: ([input, value, ...others]) => [input ?? null, orElse(value, 0), ...others],
};

/** Arguments by keyword that say where a tensor is, and nothing of what it holds. */
const OF_PLACE = /^(device|generator|layout|memory_format|pin_memory)$/;

function filling(signature: string, make: NativeImplementation, standIn: StandIn): NativeFunction {
  const names = [...signature.matchAll(/[(,]\s*(\w+)(?=[=,)])/g)].map(([, name = '']) => name);
  return nativeFunction(
    signature,
    (rt, ...args) => {
      const placed = args.map((arg, at) => (isUnknown(arg) && OF_PLACE.test(names[at] ?? '') ? null : arg));
      const unknown = unknownIn(placed);
      if (unknown === undefined) return make(rt, ...placed);
      const known = standIn(placed);
      if (known === undefined || unknownIn(known) !== undefined) return unknown;
      const made = make(rt, ...known);
      if (made instanceof TensorObject) made.elements = undefined;
      return made;
    },
    { unknowns: 'accept' },
  );
}

/** `randint`, `full` and their like, which give a tensor its shape where it is only not known what stands in it. */
export function filledByUnknowns(): Record<string, NativeFunction> {
  return Object.fromEntries(
    Object.entries(creation).flatMap(([signature, make]) => {
      const name = signature.slice(0, signature.indexOf('('));
      const standIn = STAND_INS[name];
      return standIn === undefined ? [] : [[name, filling(signature, make, standIn)] as const];
    }),
  );
}
