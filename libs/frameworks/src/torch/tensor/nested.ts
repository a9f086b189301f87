import { NdArray, PyList, PyRange, PyTuple, PyUnknown, toArray, typeOf, unbox } from '@tensormark/python';
import type { PyValue, Runtime } from '@tensormark/python';
import { elementCount, promoteTypes } from '@tensormark/network';
import type { DType } from '@tensormark/network';
import { Elements, MOST_ELEMENTS } from '../values/elements.js';
import { fromArray, typeOfArray } from './arrays.js';
import { TensorObject } from './tensor.js';

/** Numbers in nested lists as `torch.tensor` reads them; undefined where one is not known. */
export interface Nested {
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly elements: Elements | undefined;
}

const DEEPEST = 32;

export function elementsFromNested(rt: Runtime, value: PyValue): Nested | undefined {
  const shape: number[] = [];
  const values: number[] = [];
  const found: { dtype: DType | undefined; known: boolean } = { dtype: undefined, known: true };
  const note = (dtype: DType): void => {
    found.dtype = found.dtype === undefined ? dtype : promoteTypes(found.dtype, dtype);
  };
  const visit = (item: PyValue, depth: number): boolean => {
    rt.step();
    if (depth > DEEPEST) return rt.raise('ValueError', `too many dimensions '${typeOf(item).name}'`);
    if (item instanceof NdArray) return visitTensor(fromArray(item), depth);
    const items = sequence(rt, item);
    if (items !== undefined) {
      if (shape.length === depth) shape.push(items.length);
      else if (shape[depth] !== items.length)
        rt.raise(
          'ValueError',
          `expected sequence of length ${shape[depth] ?? 0} at dim ${depth} (got ${items.length})`,
        );
      return items.every((part) => visit(part, depth + 1));
    }
    if (item instanceof PyUnknown) return false;
    if (item instanceof TensorObject) return depth > 0 ? visitScalar(item) : visitTensor(item, depth);
    const plain = unbox(item);
    const numeric = typeOfArray(item);
    if (numeric !== undefined) note(numeric);
    else if (typeof plain === 'boolean') note('bool');
    else if (typeof plain === 'bigint') note('int64');
    else if (typeof plain === 'number') note('float32');
    else if (typeof plain === 'string')
      return rt.raise('TypeError', `new(): invalid data type '${typeOf(item).name}'`);
    else return rt.raise('RuntimeError', `Could not infer dtype of ${typeOf(item).name}`);
    values.push(Number(plain));
    if (values.length > MOST_ELEMENTS) found.known = false;
    return true;
  };
  // A tensor within a list is taken for the number it holds, whatever its dimensions.
  const visitScalar = (tensor: TensorObject): boolean => {
    if (elementCount(tensor.shape) !== 1n)
      return rt.raise('ValueError', 'only one element tensors can be converted to Python scalars');
    note(tensor.dtype);
    if (tensor.known === undefined) found.known = false;
    values.push(tensor.known?.toArray()[0] ?? 0);
    return true;
  };
  const visitTensor = (tensor: TensorObject, depth: number): boolean => {
    for (const [at, size] of tensor.shape.entries()) if (shape.length === depth + at) shape.push(size);
    note(tensor.dtype);
    if (tensor.known === undefined) found.known = false;
    else {
      rt.step(tensor.known.count / 4);
      for (const value of tensor.known.toArray()) values.push(value);
      if (values.length > MOST_ELEMENTS) found.known = false;
    }
    return true;
  };
  if (!visit(value, 0)) return undefined;
  const elements = found.known ? Elements.of(shape, Float64Array.from(values)) : undefined;
  return { shape, dtype: found.dtype ?? 'float32', elements };
}

function sequence(rt: Runtime, item: PyValue): readonly PyValue[] | undefined {
  if (item instanceof PyList || item instanceof PyTuple) return item.items;
  return item instanceof PyRange || typeOf(item).name === 'deque' ? toArray(rt, item) : undefined;
}
