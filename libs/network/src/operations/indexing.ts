import { defineOperation, type Home, type OperationDefinition } from '../operation.js';
import { EVERYTHING, POINTWISE } from '../reach.js';
import { broadcastShapes, normalizeDim, sameAs } from '../shapes.js';
import { formatShape, isIntegral, tensorType, type TensorType } from '../tensor.js';
import { isSequence, isSlice, isTensor, typeName, type Argument, type Slice } from '../values/argument.js';
import { raise, undetermined } from '../values/errors.js';
import { anything, int, tensor, tensorOrNumber } from '../values/kinds.js';
import { required } from '../values/signature.js';

const everywhere: readonly Home[] = ['torch', 'Tensor'];

/** One item of an index, with how many dimensions of the input it takes and what it is. */
type Item =
  | { readonly kind: 'integer'; readonly value: bigint }
  | { readonly kind: 'slice'; readonly slice: Slice['slice'] }
  | { readonly kind: 'new-axis' }
  | { readonly kind: 'ellipsis' }
  | { readonly kind: 'advanced'; readonly shape: readonly number[]; readonly mask: boolean };

function itemsOf(index: Argument): readonly Item[] {
  // A list indexes with its items as one tensor would; a tuple is several indices. Lists come as tensors' shapes here.
  const parts = isSequence(index) ? index : [index];
  return parts.map(itemOf);
}

function itemOf(part: Argument): Item {
  if (part === null) return { kind: 'new-axis' };
  if (typeof part === 'bigint') return { kind: 'integer', value: part };
  if (typeof part === 'boolean') return { kind: 'advanced', shape: [], mask: true };
  if (isSlice(part)) return { kind: 'slice', slice: part.slice };
  if (isTensor(part)) return tensorItem(part);
  if (isSequence(part)) return { kind: 'advanced', shape: listShape(part), mask: false };
  if (typeof part === 'object' && 'opaque' in part && part.opaque === 'Ellipsis') return { kind: 'ellipsis' };
  return raise(
    'IndexError',
    `only integers, slices (\`:\`), ellipsis (\`...\`), None and long or byte Variables are valid indices (got ${typeName(part)})`,
  );
}

function tensorItem({ shape, dtype }: TensorType): Item {
  if (dtype === 'bool' || dtype === 'uint8') return { kind: 'advanced', shape, mask: true };
  if (!isIntegral(dtype))
    raise('IndexError', 'tensors used as indices must be long, int, byte or bool tensors');
  return { kind: 'advanced', shape, mask: false };
}

function listShape(list: readonly Argument[]): readonly number[] {
  const [first] = list;
  return [list.length, ...(first !== undefined && isSequence(first) ? listShape(first) : [])];
}

function taken(item: Item): number {
  switch (item.kind) {
    case 'integer':
    case 'slice':
      return 1;
    case 'advanced':
      return item.mask ? item.shape.length : 1;
    default:
      return 0;
  }
}

/** How many places a slice takes of a dimension. @throws Raised for a step that is not positive */
function sliceLength([start, stop, step]: Slice['slice'], size: number): number {
  const stride = Number(step ?? 1n);
  if (stride <= 0) raise('ValueError', 'step must be greater than zero');
  const bound = (value: bigint): number => {
    const at = Number(value);
    return Math.min(Math.max(at < 0 ? at + size : at, 0), size);
  };
  const from = start === null ? 0 : bound(start);
  const to = stop === null ? size : bound(stop);
  return Math.max(Math.ceil((to - from) / stride), 0);
}

/** @throws Raised as `tensor[index]` */
function getItem(input: TensorType, index: Argument): TensorType {
  const items = itemsOf(index);
  const { shape, dtype } = input;
  const used = items.reduce((count, item) => count + taken(item), 0);
  if (shape.length === 0 && !isSequence(index)) refuseScalarIndex(index);
  if (used > shape.length) raise('IndexError', `too many indices for tensor of dimension ${shape.length}`);
  const result: number[] = [];
  const advanced: { at: number; shape: readonly number[] }[] = [];
  let apart = false;
  let axis = 0;
  let open = false;
  for (const item of items) {
    const size = shape[axis] ?? 1;
    switch (item.kind) {
      case 'new-axis':
        result.push(1);
        break;
      case 'ellipsis': {
        const skipped = shape.length - used;
        result.push(...shape.slice(axis, axis + skipped));
        axis += skipped;
        break;
      }
      case 'integer':
        checkIndex(item.value, axis, size);
        axis += 1;
        break;
      case 'slice':
        result.push(sliceLength(item.slice, size));
        axis += 1;
        break;
      case 'advanced':
        if (item.mask) refuseMask(input);
        apart ||= open && result.length !== advanced.at(-1)?.at;
        advanced.push({ at: result.length, shape: item.shape });
        open = true;
        axis += 1;
        break;
    }
  }
  result.push(...shape.slice(axis));
  const [first] = advanced;
  if (!first) return tensorType(result, dtype);
  const gathered = advanced.map((item) => item.shape).reduce(indexShapes, []);
  // Indices that stand apart put what they gather in front.
  return tensorType(result.toSpliced(apart ? 0 : first.at, 0, ...gathered), dtype);
}

/** A tensor without dimensions has nothing to index. @throws Raised */
function refuseScalarIndex(index: Argument): void {
  if (isSlice(index)) raise('IndexError', 'slice() cannot be applied to a 0-dim tensor.');
  if (typeof index !== 'bigint') return;
  raise(
    'IndexError',
    index === 0n
      ? 'invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in C++ to convert a 0-dim tensor to a number'
      : `index ${index} is out of bounds for dimension 0 with size 0`,
  );
}

function checkIndex(value: bigint, axis: number, size: number): void {
  if (value < -size || value >= size)
    raise('IndexError', `index ${value} is out of bounds for dimension ${axis} with size ${size}`);
}

/** How many places a mask takes is in its values, which are not known here. */
function refuseMask({ shape }: TensorType): never {
  return undetermined(`how much a mask takes of ${formatShape(shape)} depends on its values`);
}

function indexShapes(a: readonly number[], b: readonly number[]): readonly number[] {
  try {
    return broadcastShapes(a, b);
  } catch {
    return raise(
      'IndexError',
      `shape mismatch: indexing tensors could not be broadcast together with shapes ${formatShape(a)}, ${formatShape(b)}`,
    );
  }
}

function checkIndexTensor(index: TensorType, name: string): void {
  if (index.dtype !== 'int64') raise('RuntimeError', `${name}(): Expected dtype int64 for index`);
}

/** @throws Raised as `torch.gather` */
function gather(input: TensorType, dim: number, index: TensorType): TensorType {
  const axis = normalizeDim(dim, input.shape.length);
  checkIndexTensor(index, 'gather');
  if (Math.max(index.shape.length, 1) !== Math.max(input.shape.length, 1))
    raise('RuntimeError', 'Index tensor must have the same number of dimensions as input tensor');
  for (const [at, size] of index.shape.entries()) {
    if (at !== axis && size > (input.shape[at] ?? 0))
      raise(
        'RuntimeError',
        `Size does not match at dimension ${at} expected index ${formatShape(index.shape)} to be smaller than self ` +
          `${formatShape(input.shape)} apart from dimension ${axis}`,
        tensorType(index.shape, input.dtype),
      );
  }
  return tensorType(index.shape, input.dtype);
}

/** @throws Raised as `torch.scatter` with an index of whatever shape */
function checkScattered(
  name: string,
  input: TensorType,
  axis: number,
  index: TensorType,
  src: TensorType | undefined,
): void {
  if (src && src.dtype !== input.dtype)
    raise('RuntimeError', `${name}(): Expected self.dtype to be equal to src.dtype`, sameAs(input));
  if (index.shape.includes(0)) return;
  const rank = (shape: readonly number[]): number => Math.max(shape.length, 1);
  for (const [what, tensor] of [['self', input] as const, ['src', src] as const])
    if (tensor && rank(tensor.shape) !== rank(index.shape))
      raise(
        'RuntimeError',
        `Index tensor must have the same number of dimensions as ${what} tensor`,
        sameAs(input),
      );
  const fits = index.shape.every(
    (size, at) => (at === axis || size <= (input.shape[at] ?? 1)) && (!src || size <= (src.shape[at] ?? 1)),
  );
  if (fits) return;
  const least = src ? ` and to be smaller size than src ${formatShape(src.shape)}` : '';
  raise(
    'RuntimeError',
    `Expected index ${formatShape(index.shape)} to be smaller than self ${formatShape(input.shape)} apart from dimension ${axis}${least}`,
    sameAs(input),
  );
}

function scattering(name: string): OperationDefinition {
  return defineOperation({
    name,
    homes: everywhere,
    inPlace: true,
    signature: {
      input: required(tensor),
      dim: required(int),
      index: required(tensor),
      src: required(tensorOrNumber),
    },
    infer({ input, dim, index, src }) {
      const axis = normalizeDim(dim, input.shape.length);
      checkIndexTensor(index, 'scatter');
      checkScattered(name, input, axis, index, isTensor(src) ? src : undefined);
      return sameAs(input);
    },
    reach: () => EVERYTHING,
  });
}

export const INDEXING_OPERATIONS: readonly OperationDefinition[] = [
  defineOperation({
    name: 'getitem',
    homes: [],
    signature: { input: required(tensor), index: required(anything) },
    infer: ({ input, index }) => getItem(input, index),
    // Whole leading dimensions chosen leave places alone; anything else is not followed further.
    reach: ({ input, index }) =>
      input.shape.length > 2 && itemsOf(index).length <= 2 ? POINTWISE : EVERYTHING,
  }),
  defineOperation({
    name: 'gather',
    homes: everywhere,
    signature: { input: required(tensor), dim: required(int), index: required(tensor) },
    infer: ({ input, dim, index }) => gather(input, dim, index),
    reach: () => EVERYTHING,
  }),
  scattering('scatter'),
  scattering('scatter_add'),
  defineOperation({
    name: 'index_select',
    homes: everywhere,
    signature: { input: required(tensor), dim: required(int), index: required(tensor) },
    infer({ input, dim, index }) {
      const axis = normalizeDim(dim, input.shape.length);
      if (index.dtype !== 'int64' && index.dtype !== 'int32' && index.shape.length <= 1)
        raise('RuntimeError', 'index_select(): Expected dtype int32 or int64 for index');
      if (index.shape.length > 1) raise('IndexError', 'index_select(): Index is supposed to be a vector');
      if (input.shape.length === 0) return sameAs(input);
      return tensorType(input.shape.with(axis, index.shape[0] ?? 1), input.dtype);
    },
    reach: () => EVERYTHING,
  }),
];
