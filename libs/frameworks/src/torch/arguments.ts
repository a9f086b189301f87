import {
  PyClass,
  PyList,
  PyTuple,
  typeOf,
  asInteger,
  asNumber,
  getAttribute,
  isInstance,
  toArray,
  plainInteger,
} from '@tensormark/python';
import type { PyValue, Runtime } from '@tensormark/python';
import type { DType } from '@tensormark/network';
import { readingOf } from '../trace/reading.js';
import { DTypeObject } from './objects/dtype.js';
import { TensorObject } from './tensor/tensor.js';

/** Reading what a program gave to a native function. */

export function asCount(rt: Runtime, value: PyValue): number {
  if (value instanceof TensorObject) return Number(rt.call(getAttribute(rt, value, '__index__'), []));
  return Number(asInteger(rt, value));
}

export function isSequence(value: PyValue): value is PyList | PyTuple {
  return value instanceof PyList || value instanceof PyTuple;
}

/** Sizes given as `(2, 3)` or `((2, 3),)`. */
export function asSizes(rt: Runtime, values: readonly PyValue[]): number[] {
  const [only] = values;
  const items = values.length === 1 && only !== undefined && isSequence(only) ? only.items : values;
  return items.map((item) => asCount(rt, item));
}

/** One int or several, as dims are given. */
export function asDims(rt: Runtime, value: PyValue): number[] {
  return isSequence(value) ? value.items.map((item) => asCount(rt, item)) : [asCount(rt, value)];
}

/** Python's own types stand for these where a dtype is asked for. */
const PYTHON_TYPES: Readonly<Record<string, DType>> = {
  bool: 'bool',
  int: 'int64',
  float: 'float64',
  complex: 'complex128',
};

/** The dtype that a value is or stands for, if it is one. */
export function dtypeOf(value: PyValue): DType | undefined {
  if (value instanceof DTypeObject) return value.dtype;
  return value instanceof PyClass && value.native ? PYTHON_TYPES[value.name] : undefined;
}

export function asDType(rt: Runtime, value: PyValue, otherwise: DType): DType {
  if (value === null) return otherwise;
  const dtype = dtypeOf(value);
  if (dtype !== undefined) return dtype;
  const message = `dtype must be torch.dtype, not ${typeOf(value).name}`;
  readingOf(rt).wordedHere.add(message);
  return rt.raise('TypeError', message);
}

/** A tensor argument; anything else raises PyTorch's words. */
export function asTensor(
  rt: Runtime,
  value: PyValue,
  callee: string,
  name: string,
  position: number,
): TensorObject {
  if (value instanceof TensorObject) return value;
  return rt.raise(
    'TypeError',
    `${callee}(): argument '${name}' (position ${position}) must be Tensor, not ${typeOf(value).name}`,
  );
}

export { asInteger, asNumber, getAttribute, isInstance, plainInteger, toArray };
