import { defineOperation, type Home, type OperationDefinition } from '../operation.js';
import { EVERYTHING } from '../reach.js';
import { checkHasAxes, normalizeDim, normalizeDims, numel, sameAs } from '../shapes.js';
import { tensorType, type TensorType } from '../tensor.js';
import { isTensor } from '../values/argument.js';
import { raise, raiseAlike, undetermined } from '../values/errors.js';
import { anything, int, intOrInts, ints, nullable, tensor, tensorOrNumber } from '../values/kinds.js';
import { optional, required, rest, restOfKeywords } from '../values/signature.js';

const everywhere: readonly Home[] = ['torch', 'Tensor'];

/** Operations that give a tensor of the same type: copies and views of the whole. */
function same(name: string, homes: readonly Home[] = ['Tensor']): OperationDefinition {
  return defineOperation({
    name,
    homes,
    signature: { input: required(tensor), args: rest(anything), options: restOfKeywords(anything) },
    infer: ({ input }) => sameAs(input),
  });
}

function triangle(name: 'tril' | 'triu'): OperationDefinition {
  return defineOperation({
    name,
    homes: everywhere,
    inPlace: true,
    signature: { input: required(tensor), diagonal: optional(int, 0n) },
    infer({ input }) {
      if (input.shape.length === 0)
        raise('IndexError', 'Dimension specified as -2 but tensor has no dimensions', sameAs(input));
      normalizeDim(-2, input.shape.length);
      return sameAs(input);
    },
  });
}

/** @throws Raised as `torch.diagonal` */
function diagonal(input: TensorType, offset: number, dim1: number, dim2: number): TensorType {
  const { shape } = input;
  const a = normalizeDim(dim1, shape.length);
  const b = normalizeDim(dim2, shape.length);
  if (a === b) raise('RuntimeError', `diagonal dimensions cannot be identical ${dim1}, ${dim2}`);
  const rows = (shape[a] ?? 1) + Math.min(offset, 0);
  const columns = (shape[b] ?? 1) - Math.max(offset, 0);
  const others = shape.filter((_, axis) => axis !== a && axis !== b);
  return tensorType([...others, Math.max(Math.min(rows, columns), 0)], input.dtype);
}

/** Windows along a dimension, in a new last one. @throws Raised as `Tensor.unfold` */
function windows(input: TensorType, dim: number, size: number, step: number): TensorType {
  const axis = normalizeDim(dim, input.shape.length);
  const length = input.shape[axis] ?? 1;
  if (size > length)
    raise('RuntimeError', `maximum size for tensor at dimension ${axis} is ${length} but size is ${size}`);
  if (step <= 0) raise('RuntimeError', `step is ${step} but must be > 0`);
  if (input.shape.length === 0) return tensorType([size], input.dtype);
  return tensorType([...input.shape.with(axis, Math.floor((length - size) / step) + 1), size], input.dtype);
}

/** @throws Raised as `torch.repeat_interleave` with a tensor of repeats, one for each place */
function checkRepeats(input: TensorType, repeats: TensorType, dim: number | null): void {
  const [count = 1] = repeats.shape;
  if (repeats.shape.length > 1) raise('RuntimeError', 'repeat_interleave only accept 1D vector as repeat');
  if (repeats.dtype !== 'int64' && repeats.dtype !== 'int32')
    raise('RuntimeError', 'repeats has to be Long or Int tensor');
  const size = dim === null ? numel(input.shape) : input.shape[normalizeDim(dim, input.shape.length)];
  if (count !== 1 && count !== size)
    raise(
      'RuntimeError',
      `repeats must have the same size as input along dim, but got repeats.size(0) = ${count} and input.size(${dim ?? 0}) = ${size}`,
    );
}

export const ARRANGING_OPERATIONS: readonly OperationDefinition[] = [
  same('contiguous'),
  same('clone', everywhere),
  same('detach', everywhere),
  same('cpu'),
  same('cuda'),
  same('requires_grad_'),
  same('zeros_like', ['torch']),
  same('ones_like', ['torch']),
  same('empty_like', ['torch']),
  same('rand_like', ['torch']),
  same('randn_like', ['torch']),
  same('full_like', ['torch']),
  same('bernoulli', everywhere),
  defineOperation({
    name: 'type_as',
    homes: ['Tensor'],
    signature: { input: required(tensor), other: required(tensor) },
    infer: ({ input, other }) => tensorType(input.shape, other.dtype),
  }),
  triangle('tril'),
  triangle('triu'),
  defineOperation({
    name: 'flip',
    homes: everywhere,
    signature: { input: required(tensor), dims: rest(intOrInts) },
    infer({ input, dims }) {
      normalizeDims(dims, input.shape.length);
      return sameAs(input);
    },
    reach: () => EVERYTHING,
  }),
  defineOperation({
    name: 'roll',
    homes: everywhere,
    signature: {
      input: required(tensor),
      shifts: required(intOrInts),
      dims: optional(nullable(intOrInts), null),
    },
    infer({ input, shifts, dims }) {
      const count = dims?.length ?? 0;
      if (count !== shifts.length && !(count === 0 && shifts.length === 1))
        raise(
          'RuntimeError',
          `shifts and dimensions must align. shifts: ${shifts.length}, dims:${count}`,
          sameAs(input),
        );
      for (const dim of dims ?? []) {
        normalizeDim(dim, input.shape.length);
        checkHasAxes(dim, input.shape.length);
      }
      return sameAs(input);
    },
    reach: () => EVERYTHING,
  }),
  defineOperation({
    name: 'rot90',
    homes: everywhere,
    signature: { input: required(tensor), k: optional(int, 1n), dims: optional(ints, [0n, 1n]) },
    infer({ input, k, dims }) {
      if (input.shape.length < 2)
        raise('RuntimeError', `expected total dims >= 2, but got total dims = ${input.shape.length}`);
      const [a = 0, b = 1] = normalizeDims(dims, input.shape.length);
      if (Math.abs(k) % 2 === 0) return sameAs(input);
      const { shape } = input;
      return tensorType(shape.with(a, shape[b] ?? 1).with(b, shape[a] ?? 1), input.dtype);
    },
    reach: () => EVERYTHING,
  }),
  defineOperation({
    name: 'diagonal',
    homes: everywhere,
    signature: {
      input: required(tensor),
      offset: optional(int, 0n),
      dim1: optional(int, 0n),
      dim2: optional(int, 1n),
    },
    infer: ({ input, offset, dim1, dim2 }) => diagonal(input, offset, dim1, dim2),
    reach: () => EVERYTHING,
  }),
  defineOperation({
    name: 'diag_embed',
    homes: everywhere,
    signature: { input: required(tensor), offset: optional(int, 0n) },
    infer({ input, offset }) {
      const size = (input.shape.at(-1) ?? 1) + Math.abs(offset);
      return tensorType([...input.shape.slice(0, -1), size, size], input.dtype);
    },
    reach: () => EVERYTHING,
  }),
  defineOperation({
    name: 'unfold_windows',
    homes: [],
    signature: {
      input: required(tensor),
      dimension: required(int),
      size: required(int),
      step: required(int),
    },
    infer: ({ input, dimension, size, step }) => windows(input, dimension, size, step),
    reach: () => EVERYTHING,
  }),
  defineOperation({
    name: 'repeat_interleave',
    homes: everywhere,
    signature: {
      input: required(tensor),
      repeats: required(tensorOrNumber),
      dim: optional(nullable(int), null),
    },
    infer({ input, repeats, dim }) {
      if (isTensor(repeats)) checkRepeats(input, repeats, dim);
      if (isTensor(repeats)) undetermined('how often a tensor of repeats repeats depends on its values');
      if (typeof repeats !== 'bigint') raiseAlike('TypeError', 'repeats must be an int or a tensor of ints');
      const times = Number(repeats);
      if (times < 0) raise('RuntimeError', 'Repeats must be non-negative');
      if (dim === null) return tensorType([numel(input.shape) * times], input.dtype);
      const axis = normalizeDim(dim, input.shape.length);
      if (input.shape.length === 0) return tensorType([times], input.dtype);
      return tensorType(input.shape.with(axis, (input.shape[axis] ?? 1) * times), input.dtype);
    },
    reach: () => EVERYTHING,
  }),
];
