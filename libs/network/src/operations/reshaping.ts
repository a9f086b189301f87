import { defineOperation, type Home, type OperationDefinition } from '../operation.js';
import { EVERYTHING, POINTWISE, type Reach } from '../reach.js';
import { normalizeDim, normalizeDims, numel, sameAs } from '../shapes.js';
import { formatShape, tensorType, type TensorType } from '../tensor.js';
import { raise, raiseAlike } from '../values/errors.js';
import { int, intOrInts, ints, nullable, tensor } from '../values/kinds.js';
import { optional, required, rest } from '../values/signature.js';

const everywhere: readonly Home[] = ['torch', 'Tensor'];

/** A shape whose open size, if any, is filled in. @throws Raised as `view` and `reshape` */
export function resolveShape(input: TensorType, asked: readonly number[]): readonly number[] {
  const count = numel(input.shape);
  const open = asked.filter((size) => size === -1).length;
  if (open > 1) raise('RuntimeError', 'only one dimension can be inferred');
  const negative = asked.find((size) => size < -1);
  if (negative !== undefined) raise('RuntimeError', `invalid shape dimension ${negative}`);
  const known = asked.reduce((product, size) => (size === -1 ? product : product * size), 1);
  if (open === 1 && known === 0 && count === 0)
    raise(
      'RuntimeError',
      `cannot reshape tensor of 0 elements into shape ${formatShape(asked)} because the unspecified dimension size -1 ` +
        `can be any value and is ambiguous`,
    );
  const fits = open === 1 ? known !== 0 && count % known === 0 : known === count;
  if (!fits)
    raise(
      'RuntimeError',
      `shape '${formatShape(asked)}' is invalid for input of size ${count}`,
      assumed(input, asked),
    );
  return asked.map((size) => (size === -1 ? count / known : size));
}

/** After a view that doesn't fit, the sizes as written, the open one kept small. */
function assumed(input: TensorType, asked: readonly number[]): TensorType {
  const known = asked.reduce((product, size) => (size === -1 ? product : product * size), 1);
  const open = known > 0 ? Math.max(Math.floor(numel(input.shape) / known), 1) : 1;
  return tensorType(
    asked.map((size) => (size === -1 ? open : size)),
    input.dtype,
  );
}

/** Whether places keep their own values: a change of the spatial dimensions mixes them. */
function reshapeReach(input: TensorType, output: readonly number[]): Reach {
  const before = input.shape.slice(2);
  if (before.length === 0) return POINTWISE;
  const kept = output.length >= before.length && output.slice(-before.length).join() === before.join();
  return kept ? POINTWISE : EVERYTHING;
}

const view = defineOperation({
  name: 'view',
  homes: ['Tensor'],
  signature: { input: required(tensor), shape: rest(ints) },
  infer: ({ input, shape }) => tensorType(resolveShape(input, shape), input.dtype),
  reach: ({ input, shape }) => reshapeReach(input, shape),
});

const reshape = defineOperation({
  name: 'reshape',
  homes: everywhere,
  signature: { input: required(tensor), shape: rest(ints) },
  infer: ({ input, shape }) => tensorType(resolveShape(input, shape), input.dtype),
  reach: ({ input, shape }) => reshapeReach(input, shape),
});

function like(name: 'view_as' | 'reshape_as'): OperationDefinition {
  return defineOperation({
    name,
    homes: ['Tensor'],
    signature: { input: required(tensor), other: required(tensor) },
    infer: ({ input, other }) => tensorType(resolveShape(input, other.shape), input.dtype),
    reach: ({ input, other }) => reshapeReach(input, other.shape),
  });
}

function swapped(input: TensorType, first: number, second: number): TensorType {
  const rank = input.shape.length;
  const a = normalizeDim(first, rank);
  const b = normalizeDim(second, rank);
  if (rank === 0) return sameAs(input);
  const { shape } = input;
  return tensorType(shape.with(a, shape[b] ?? 1).with(b, shape[a] ?? 1), input.dtype);
}

const transpose = defineOperation({
  name: 'transpose',
  aliases: ['swapaxes', 'swapdims'],
  homes: everywhere,
  inPlace: true,
  signature: { input: required(tensor), dim0: required(int), dim1: required(int) },
  infer: ({ input, dim0, dim1 }) => swapped(input, dim0, dim1),
});

const t = defineOperation({
  name: 't',
  homes: everywhere,
  inPlace: true,
  signature: { input: required(tensor) },
  infer({ input }) {
    const rank = input.shape.length;
    if (rank > 2) raise('RuntimeError', `t() expects a tensor with <= 2 dimensions, but self is ${rank}D`);
    return rank < 2 ? sameAs(input) : swapped(input, 0, 1);
  },
});

function permuted(input: TensorType, dims: readonly number[]): TensorType {
  const rank = input.shape.length;
  if (dims.length !== rank)
    raise(
      'RuntimeError',
      `permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired ordering ` +
        `of dimensions i.e. input.dim() = ${rank} is not equal to len(dims) = ${dims.length}`,
    );
  const order = dims.map((dim) => normalizeDim(dim, rank));
  if (new Set(order).size !== rank) raise('RuntimeError', 'permute(): duplicate dims are not allowed.');
  return tensorType(
    order.map((axis) => input.shape[axis] ?? 1),
    input.dtype,
  );
}

const permute = defineOperation({
  name: 'permute',
  homes: everywhere,
  signature: { input: required(tensor), dims: rest(ints) },
  infer: ({ input, dims }) => permuted(input, dims),
});

const movedim = defineOperation({
  name: 'movedim',
  aliases: ['moveaxis'],
  homes: everywhere,
  signature: { input: required(tensor), source: required(intOrInts), destination: required(intOrInts) },
  infer({ input, source, destination }) {
    const rank = input.shape.length;
    if (source.length !== destination.length)
      raise(
        'RuntimeError',
        `movedim: Invalid source or destination dims: source (${formatShape(source)} dims) should contain the same number of ` +
          `dims as destination (${formatShape(destination)} dims)`,
      );
    const from = normalizeDims(source, rank);
    const to = normalizeDims(destination, rank);
    if (rank === 0) return sameAs(input);
    const order: number[] = Array.from({ length: rank }, () => -1);
    for (const [index, axis] of from.entries()) order[to[index] ?? 0] = axis;
    const others = input.shape.map((_, axis) => axis).filter((axis) => !from.includes(axis));
    return permuted(
      input,
      order.map((axis) => (axis === -1 ? (others.shift() ?? 0) : axis)),
    );
  },
});

const squeeze = defineOperation({
  name: 'squeeze',
  homes: everywhere,
  inPlace: true,
  signature: { input: required(tensor), dim: optional(nullable(intOrInts), null) },
  infer({ input, dim }) {
    const { shape } = input;
    const axes = dim === null ? null : normalizeDims(dim, shape.length);
    return tensorType(
      shape.filter((size, axis) => size !== 1 || (axes !== null && !axes.includes(axis))),
      input.dtype,
    );
  },
});

const unsqueeze = defineOperation({
  name: 'unsqueeze',
  homes: everywhere,
  inPlace: true,
  signature: { input: required(tensor), dim: required(int) },
  infer: ({ input, dim }) =>
    tensorType(input.shape.toSpliced(normalizeDim(dim, input.shape.length + 1), 0, 1), input.dtype),
});

/** @throws Raised as `Tensor.expand` */
function expand(input: TensorType, asked: readonly number[]): TensorType {
  const { shape, dtype } = input;
  const lead = asked.length - shape.length;
  if (lead < 0)
    raiseAlike(
      'RuntimeError',
      `expand(${formatShape(shape)}, size=${formatShape(asked)}): the number of sizes provided (${asked.length}) must be ` +
        `greater or equal to the number of dimensions in the tensor (${shape.length})`,
    );
  const open = asked.findLastIndex((size, axis) => size === -1 && axis < lead);
  if (open >= 0)
    raise(
      'RuntimeError',
      `The expanded size of the tensor (-1) isn't allowed in a leading, non-existing dimension ${open}`,
    );
  const sizes = asked.map((size, axis) => (size === -1 ? (shape[axis - lead] ?? 1) : size));
  const output = tensorType(sizes, dtype);
  // The last dimension that does not fit is told of.
  for (const [axis, size] of [...sizes.entries()].toReversed()) {
    const own = axis < lead ? 1 : (shape[axis - lead] ?? 1);
    if (own !== size && own !== 1)
      raise(
        'RuntimeError',
        `The expanded size of the tensor (${size}) must match the existing size (${own}) at non-singleton dimension ${axis}.  ` +
          `Target sizes: ${formatShape(asked)}.  Tensor sizes: ${formatShape(shape)}`,
        output,
      );
  }
  return output;
}

/** @throws Raised as `Tensor.repeat` */
function repeat(input: TensorType, times: readonly number[]): TensorType {
  const lead = times.length - input.shape.length;
  if (lead < 0)
    raise(
      'RuntimeError',
      'Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor',
    );
  const shape = times.map((count, axis) => count * (axis < lead ? 1 : (input.shape[axis - lead] ?? 1)));
  const negative = shape.find((size) => size < 0);
  if (negative !== undefined)
    raise(
      'RuntimeError',
      `Trying to create tensor with negative dimension ${negative}: ${formatShape(shape)}`,
    );
  return tensorType(shape, input.dtype);
}

export const RESHAPING_OPERATIONS: readonly OperationDefinition[] = [
  view,
  reshape,
  like('view_as'),
  like('reshape_as'),
  transpose,
  t,
  permute,
  movedim,
  squeeze,
  unsqueeze,
  defineOperation({
    name: 'expand',
    homes: ['Tensor'],
    signature: { input: required(tensor), size: rest(ints) },
    infer: ({ input, size }) => expand(input, size),
  }),
  defineOperation({
    name: 'broadcast_to',
    homes: everywhere,
    signature: { input: required(tensor), size: rest(ints) },
    infer: ({ input, size }) => expand(input, size),
  }),
  defineOperation({
    name: 'expand_as',
    homes: ['Tensor'],
    signature: { input: required(tensor), other: required(tensor) },
    infer: ({ input, other }) => expand(input, other.shape),
  }),
  defineOperation({
    name: 'repeat',
    homes: ['Tensor'],
    signature: { input: required(tensor), repeats: rest(ints) },
    infer: ({ input, repeats }) => repeat(input, repeats),
  }),
  defineOperation({
    name: 'tile',
    homes: everywhere,
    signature: { input: required(tensor), dims: rest(ints) },
    infer: ({ input, dims }) => {
      const missing = Math.max(input.shape.length - dims.length, 0);
      return repeat(input, [...Array.from({ length: missing }, () => 1), ...dims]);
    },
  }),
];
