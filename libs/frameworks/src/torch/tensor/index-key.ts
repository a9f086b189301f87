import {
  asInteger,
  ELLIPSIS,
  NdArray,
  PyBoxed,
  PyList,
  PyRange,
  PySlice,
  PyTuple,
  PyUnknown,
  plainInteger,
  sliceBounds,
  typeOf,
} from '@tensormark/python';
import type { PyValue, Runtime } from '@tensormark/python';
import { Elements } from '../values/elements.js';
import { nonzeroIndices } from '../values/indexing.js';
import { fromArray } from './arrays.js';
import { elementsFromNested } from './nested.js';
import { itemOf } from './numbers.js';
import { TensorObject } from './tensor.js';

/** One part of what stands in the brackets of `tensor[...]`, for one axis or for a new one. */
export type IndexStep =
  | { readonly kind: 'select'; readonly index: number }
  | { readonly kind: 'slice'; readonly start: number; readonly step: number; readonly length: number }
  | { readonly kind: 'new' }
  | { readonly kind: 'pick'; readonly shape: readonly number[]; readonly elements: Elements | undefined };

/** What indexing comes to: steps in order, or that the result's shape depends on values nobody knows. */
export type IndexPlan = readonly IndexStep[] | 'data-dependent';

/** Reads an index: integers, slices, None, an ellipsis, tensors and lists of integers or booleans. */
export function readIndex(rt: Runtime, self: TensorObject, key: PyValue): IndexPlan {
  const parts = (key instanceof PyTuple ? key.items : [key]).map(ofTorch);
  const { shape } = self;
  if (parts.some(isUnknownPart)) return 'data-dependent';
  const consumed = parts.reduce<number>((total, part) => total + axesTaken(part), 0);
  if (shape.length === 0 && !(key instanceof PyTuple)) refuseScalarIndex(rt, key);
  if (consumed > shape.length)
    rt.raise('IndexError', `too many indices for tensor of dimension ${shape.length}`);
  const steps: IndexStep[] = [];
  let axis = 0;
  let seenEllipsis = false;
  const keep = (count: number): void => {
    for (let at = 0; at < count; at++)
      steps.push({ kind: 'slice', start: 0, step: 1, length: shape[axis++] ?? 1 });
  };
  for (const part of parts) {
    if (part === ELLIPSIS) {
      if (!seenEllipsis) keep(shape.length - consumed);
      seenEllipsis = true;
    } else if (part === null) {
      steps.push({ kind: 'new' });
    } else if (part instanceof PySlice) {
      steps.push(readSlice(rt, part, shape[axis++] ?? 1));
    } else {
      const step = readPick(rt, part, shape, axis);
      if (step === 'data-dependent') return step;
      steps.push(...step);
      axis += axesTaken(part);
    }
  }
  keep(shape.length - axis);
  return steps;
}

/** NumPy's arrays pick as tensors do, and its truth values as Python's. */
function ofTorch(part: PyValue): PyValue {
  if (part instanceof NdArray) return fromArray(part);
  return part instanceof PyBoxed && typeof part.primitive === 'boolean' ? part.primitive : part;
}

function isUnknownPart(part: PyValue): boolean {
  if (part instanceof PySlice) return [part.start, part.stop, part.step].some(isUnknownPart);
  return part instanceof PyUnknown;
}

/** A tensor without dimensions has nothing to index. */
function refuseScalarIndex(rt: Runtime, key: PyValue): void {
  if (key instanceof PySlice) rt.raise('IndexError', 'slice() cannot be applied to a 0-dim tensor.');
  const index = typeof key === 'boolean' ? undefined : plainInteger(key);
  if (index === undefined) return;
  rt.raise(
    'IndexError',
    index === 0n
      ? 'invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in C++ to convert a 0-dim tensor to a number'
      : `index ${index} is out of bounds for dimension 0 with size 0`,
  );
}

/** How many axes of the tensor a part of the index speaks of: a mask of several axes, that many. */
function axesTaken(part: PyValue): number {
  if (part === null || part === ELLIPSIS || typeof part === 'boolean') return 0;
  if (part instanceof TensorObject && (part.dtype === 'bool' || part.dtype === 'uint8'))
    return part.shape.length;
  return 1;
}

function readSlice(rt: Runtime, slice: PySlice, size: number): IndexStep {
  const bound = (value: PyValue): PyValue => (value instanceof TensorObject ? asInteger(rt, value) : value);
  const plain = new PySlice(bound(slice.start), bound(slice.stop), bound(slice.step));
  const { start, stop, step } = sliceBounds(rt, plain, size);
  if (step <= 0) return rt.raise('ValueError', 'step must be greater than zero');
  return { kind: 'slice', start, step, length: Math.max(0, Math.ceil((stop - start) / step)) };
}

function readPick(
  rt: Runtime,
  part: PyValue,
  shape: readonly number[],
  axis: number,
): readonly IndexStep[] | 'data-dependent' {
  const size = shape[axis] ?? 1;
  if (typeof part === 'boolean') return part ? [{ kind: 'new' }] : 'data-dependent';
  const integer = plainInteger(part);
  if (integer !== undefined) return [select(rt, Number(integer), size, axis)];
  if (part instanceof TensorObject) return readTensorPick(rt, part, shape, axis);
  if (part instanceof PyList || part instanceof PyTuple || part instanceof PyRange) {
    const nested = elementsFromNested(rt, part);
    if (nested === undefined) return 'data-dependent';
    const tensor = TensorObject.holding(nested.elements, { shape: nested.shape, dtype: nested.dtype });
    return readTensorPick(rt, tensor, shape, axis);
  }
  return [select(rt, Number(indexOf(rt, part)), size, axis)];
}

function indexOf(rt: Runtime, part: PyValue): bigint {
  if (typeof part === 'string') return rt.raise('TypeError', "new(): invalid data type 'str'");
  if (typeof part === 'number')
    return rt.raise(
      'IndexError',
      `only integers, slices (\`:\`), ellipsis (\`...\`), None and long or byte Variables are valid indices (got ${typeOf(part).name})`,
    );
  return asInteger(rt, part);
}

function select(rt: Runtime, index: number, size: number, axis: number): IndexStep {
  if (index < -size || index >= size)
    return rt.raise('IndexError', `index ${index} is out of bounds for dimension ${axis} with size ${size}`);
  return { kind: 'select', index: index < 0 ? index + size : index };
}

function readTensorPick(
  rt: Runtime,
  tensor: TensorObject,
  shape: readonly number[],
  axis: number,
): readonly IndexStep[] | 'data-dependent' {
  if (tensor.dtype === 'bool' || tensor.dtype === 'uint8') return readMask(rt, tensor, shape, axis);
  if (tensor.dtype.startsWith('float'))
    return rt.raise('IndexError', 'tensors used as indices must be long, int, byte or bool tensors');
  const { known } = tensor;
  if (tensor.shape.length === 0) {
    if (known === undefined) return [{ kind: 'select', index: 0 }];
    return [select(rt, Number(itemOf(rt, tensor)), shape[axis] ?? 1, axis)];
  }
  if (known !== undefined) checkRange(rt, known, shape[axis] ?? 1, axis);
  return [{ kind: 'pick', shape: tensor.shape, elements: known }];
}

function checkRange(rt: Runtime, elements: Elements, size: number, axis: number): void {
  const bad = elements.toArray().find((value) => value < -size || value >= size);
  if (bad !== undefined)
    rt.raise('IndexError', `index ${bad} is out of bounds for dimension ${axis} with size ${size}`);
}

/** A mask picks where it is true: as index lists, one an axis. */
function readMask(
  rt: Runtime,
  mask: TensorObject,
  shape: readonly number[],
  axis: number,
): readonly IndexStep[] | 'data-dependent' {
  for (const [at, size] of mask.shape.entries())
    if (size !== shape[axis + at])
      return rt.raise(
        'IndexError',
        `The shape of the mask [${mask.shape.join(', ')}] at index ${at} does not match the shape of the indexed tensor [${shape.join(', ')}] at index ${axis + at}`,
      );
  const { known } = mask;
  if (known === undefined) return 'data-dependent';
  const rows = nonzeroIndices(known);
  return mask.shape.map((_, at) => {
    const elements = Elements.of(
      [rows.length],
      Float64Array.from(rows, (row) => row[at] ?? 0),
    );
    return { kind: 'pick', shape: [rows.length], elements };
  });
}
