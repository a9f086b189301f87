import { arrayOfNumbers, NdArray, numericType } from '@tensormark/python';
import type { PyValue } from '@tensormark/python';
import type { DType } from '@tensormark/network';
import { elementsOf, MOST_ELEMENTS } from '../values/elements.js';
import { TensorObject } from './tensor.js';

/** Types that NumPy and PyTorch share, by the name that both give them. */
const SHARED: ReadonlySet<string> = new Set<DType>([
  'bool',
  'uint8',
  'int8',
  'int16',
  'int32',
  'int64',
  'float32',
  'float64',
]);

function isShared(name: string): name is DType {
  return SHARED.has(name);
}

/** PyTorch's type for an array's or a single element's; undefined for what is neither. */
export function typeOfArray(value: PyValue): DType | undefined {
  const name = value instanceof NdArray ? value.dtype.name : numericType(value);
  return name !== undefined && isShared(name) ? name : undefined;
}

/** An array of NumPy as a tensor. */
export function fromArray(array: NdArray): TensorObject {
  const dtype = typeOfArray(array) ?? 'float64';
  const { shape, size } = array;
  const elements =
    size > MOST_ELEMENTS || !array.isKnown
      ? undefined
      : elementsOf(shape, Float64Array.from(array.values()), dtype);
  return TensorObject.holding(elements, { shape, dtype });
}

/** A tensor as an array; undefined where its elements are not known. */
export function toNumpy(tensor: TensorObject): NdArray | undefined {
  const { known, dtype } = tensor;
  return known && isShared(dtype) ? arrayOfNumbers([...known.toArray()], tensor.shape, dtype) : undefined;
}
