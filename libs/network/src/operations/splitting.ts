import { defineOperation, type Home, type OperationDefinition } from '../operation.js';
import { normalizeDim } from '../shapes.js';
import { formatShape, formatSize, tensorType, type TensorType } from '../tensor.js';
import { raise, raiseAlike } from '../values/errors.js';
import { int, intOrTuple, tensor } from '../values/kinds.js';
import { optional, required } from '../values/signature.js';

const everywhere: readonly Home[] = ['torch', 'Tensor'];

/** How many pieces one call may give: past any network, and short of filling the memory. */
const MOST_PIECES = 100_000;

function budgeted(count: number, { shape }: TensorType): number {
  if (count > MOST_PIECES)
    raiseAlike(
      'RuntimeError',
      `${count} pieces of ${formatSize(shape)} are more than the ${MOST_PIECES} that are read`,
    );
  return count;
}

function pieces(input: TensorType, axis: number, sizes: readonly number[]): readonly TensorType[] {
  return sizes.map((size) => tensorType(input.shape.with(axis, size), input.dtype));
}

/** A dimension that can be cut: a scalar has none. */
function axisOf(input: TensorType, dim: number, name: string): number {
  if (input.shape.length === 0) raise('RuntimeError', `${name} expects at least a 1-dimensional tensor`);
  return normalizeDim(dim, input.shape.length);
}

/** @throws Raised as `torch.split` */
function split(input: TensorType, size: number | readonly number[], dim: number): readonly TensorType[] {
  const axis = axisOf(input, dim, typeof size === 'number' ? 'split' : 'split_with_sizes');
  const length = input.shape[axis] ?? 0;
  if (typeof size !== 'number') {
    const negative = size.find((each) => each < 0);
    if (negative !== undefined)
      raise(
        'RuntimeError',
        `split_with_sizes expects split_sizes have only non-negative entries, but got split_sizes=${formatShape(size)}`,
      );
    if (size.reduce((total, each) => total + each, 0) !== length)
      raise(
        'RuntimeError',
        `split_with_sizes expects split_sizes to sum exactly to ${length} (input tensor's size at dimension ${dim}), ` +
          `but got split_sizes=${formatShape(size)}`,
        pieces(input, axis, size),
      );
    return pieces(input, axis, size);
  }
  if (size < 0) raise('RuntimeError', `split expects split_size be non-negative, but got split_size=${size}`);
  if (size === 0 && length !== 0)
    raise(
      'RuntimeError',
      `split_size can only be 0 if dimension size is 0, but got dimension size of ${length}`,
    );
  const count = size === 0 ? 1 : Math.max(Math.ceil(length / size), 1);
  return pieces(
    input,
    axis,
    Array.from({ length: budgeted(count, input) }, (_, index) => Math.min(size, length - index * size)),
  );
}

/** @throws Raised as `torch.chunk`, which may give fewer than asked */
function chunk(input: TensorType, count: number, dim: number): readonly TensorType[] {
  if (input.shape.length === 0) raise('RuntimeError', 'chunk expects at least a 1-dimensional tensor');
  if (count <= 0) raise('RuntimeError', `chunk expects \`chunks\` to be greater than 0, got: ${count}`);
  const length = input.shape[normalizeDim(dim, input.shape.length)] ?? 0;
  const size = Math.ceil(length / count);
  if (size === 0)
    return pieces(
      input,
      normalizeDim(dim, input.shape.length),
      Array.from({ length: budgeted(count, input) }, () => 0),
    );
  return split(input, size, dim);
}

/** Parts as even as may be, the first ones larger, or parts between given places. */
function tensorSplit(input: TensorType, at: number | readonly number[], dim: number): readonly TensorType[] {
  const axis = axisOf(input, dim, 'tensor_split');
  const length = input.shape[axis] ?? 0;
  if (typeof at === 'number') {
    if (at <= 0) raise('RuntimeError', `number of sections must be larger than 0, got ${at}`);
    const small = Math.floor(length / at);
    const larger = length % at;
    return pieces(
      input,
      axis,
      Array.from({ length: budgeted(at, input) }, (_, index) => (index < larger ? small + 1 : small)),
    );
  }
  const bounds = at.map((place) => Math.min(Math.max(place < 0 ? place + length : place, 0), length));
  const starts = [0, ...bounds];
  const ends = [...bounds, length];
  return pieces(
    input,
    axis,
    starts.map((start, index) => Math.max((ends[index] ?? length) - start, 0)),
  );
}

/** @throws Raised as `torch.select` */
function select(input: TensorType, dim: number, index: number): TensorType {
  if (input.shape.length === 0) raise('IndexError', 'select() cannot be applied to a 0-dim tensor.');
  const axis = normalizeDim(dim, input.shape.length);
  const size = input.shape[axis] ?? 0;
  const output = tensorType(input.shape.toSpliced(axis, 1), input.dtype);
  if (index < -size || index >= size)
    raise(
      'IndexError',
      `select(): index ${index} out of range for tensor of size ${formatShape(input.shape)} at dimension ${axis}`,
      output,
    );
  return output;
}

/** @throws Raised as `torch.narrow` */
function narrow(input: TensorType, dim: number, start: number, length: number): TensorType {
  if (input.shape.length === 0) raise('RuntimeError', 'narrow() cannot be applied to a 0-dim tensor.');
  const axis = normalizeDim(dim, input.shape.length);
  const size = input.shape[axis] ?? 0;
  const from = start < 0 ? start + size : start;
  if (length < 0) raise('RuntimeError', 'narrow(): length must be non-negative.');
  if (start < -size || start > size)
    raise(
      'IndexError',
      `start out of range (expected to be in range of [${-size}, ${size}], but got ${start})`,
    );
  const output = tensorType(input.shape.with(axis, length), input.dtype);
  if (from < 0 || from + length > size)
    raise('RuntimeError', `start (${from}) + length (${length}) exceeds dimension size (${size}).`, output);
  return output;
}

export const SPLITTING_OPERATIONS: readonly OperationDefinition[] = [
  defineOperation({
    name: 'split',
    aliases: ['split_with_sizes'],
    homes: everywhere,
    signature: { input: required(tensor), split_size: required(intOrTuple), dim: optional(int, 0n) },
    infer: ({ input, split_size, dim }) => split(input, split_size, dim),
  }),
  defineOperation({
    name: 'chunk',
    homes: everywhere,
    signature: { input: required(tensor), chunks: required(int), dim: optional(int, 0n) },
    infer: ({ input, chunks, dim }) => chunk(input, chunks, dim),
  }),
  defineOperation({
    name: 'tensor_split',
    homes: everywhere,
    signature: { input: required(tensor), indices_or_sections: required(intOrTuple), dim: optional(int, 0n) },
    infer: ({ input, indices_or_sections, dim }) => tensorSplit(input, indices_or_sections, dim),
  }),
  defineOperation({
    name: 'unbind',
    homes: everywhere,
    signature: { input: required(tensor), dim: optional(int, 0n) },
    infer({ input, dim }) {
      if (input.shape.length === 0)
        raise('IndexError', 'Dimension specified as 0 but tensor has no dimensions');
      const axis = normalizeDim(dim, input.shape.length);
      const piece = tensorType(input.shape.toSpliced(axis, 1), input.dtype);
      return Array.from({ length: budgeted(input.shape[axis] ?? 0, input) }, () => piece);
    },
  }),
  defineOperation({
    name: 'select',
    homes: everywhere,
    signature: { input: required(tensor), dim: required(int), index: required(int) },
    infer: ({ input, dim, index }) => select(input, dim, index),
  }),
  defineOperation({
    name: 'narrow',
    homes: everywhere,
    signature: { input: required(tensor), dim: required(int), start: required(int), length: required(int) },
    infer: ({ input, dim, start, length }) => narrow(input, dim, start, length),
  }),
];
