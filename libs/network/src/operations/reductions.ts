import { eachElement } from '../costs.js';
import { defineOperation, type Home, type OperationDefinition } from '../operation.js';
import { EVERYTHING, POINTWISE, type Reach } from '../reach.js';
import { broadcastShapes, normalizeDim, normalizeDims, resultType, sameAs } from '../shapes.js';
import { DTYPES, isFloatingPoint, isIntegral, tensorType, type DType, type TensorType } from '../tensor.js';
import { isSequence, isTensor } from '../values/argument.js';
import { raise, raiseAlike } from '../values/errors.js';
import { anything, bool, dtype, int, intOrInts, nullable, tensor, tensorOrNumber } from '../values/kinds.js';
import type { Result } from '../values/result.js';
import { keywordOnly, optional, required } from '../values/signature.js';

const everywhere: readonly Home[] = ['torch', 'Tensor'];

/** A shape without some dimensions, or with ones in their place; all of them where null or none are named. */
export function reduceShape(
  { shape }: TensorType,
  dims: readonly number[] | null,
  keepdim: boolean,
): readonly number[] {
  const gone =
    dims === null || dims.length === 0 ? shape.map((_, axis) => axis) : normalizeDims(dims, shape.length);
  return keepdim
    ? shape.map((size, axis) => (gone.includes(axis) ? 1 : size))
    : shape.filter((_, axis) => !gone.includes(axis));
}

/** Over channels alone each place stands for itself; over places it sees them all. */
function reachOf({ shape }: TensorType, dims: readonly number[] | null): Reach {
  if (shape.length <= 2) return EVERYTHING;
  const axes = dims?.map((dim) => (dim < 0 ? dim + shape.length : dim)) ?? [shape.length - 1];
  return axes.every((axis) => axis === 1) ? POINTWISE : EVERYTHING;
}

type Gives = 'accumulated' | 'floating' | 'same' | 'bool' | 'index';

function typeOf(name: string, input: TensorType, gives: Gives, asked: DType | null): DType {
  if (asked) return asked;
  switch (gives) {
    case 'accumulated':
      return isIntegral(input.dtype) ? 'int64' : input.dtype;
    case 'floating':
      if (isFloatingPoint(input.dtype) || input.dtype.startsWith('complex')) return input.dtype;
      return refuseIntegers(name, input);
    case 'bool':
      return 'bool';
    case 'index':
      return 'int64';
    case 'same':
      return input.dtype;
  }
}

function refuseIntegers(name: string, input: TensorType): never {
  const { scalarName } = DTYPES[input.dtype];
  const assume = tensorType([], 'float32');
  if (name === 'mean')
    return raise(
      'RuntimeError',
      `mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: ${scalarName}`,
      assume,
    );
  return raise('RuntimeError', `${name} only support floating point and complex dtypes`, assume);
}

/** Reductions over any number of dimensions: `sum(dim=None, keepdim=False)`. */
function reduction(name: string, gives: Gives, aliases: readonly string[] = []): OperationDefinition {
  return defineOperation({
    name,
    homes: everywhere,
    aliases,
    signature: {
      input: required(tensor),
      dim: optional(nullable(intOrInts), null),
      keepdim: optional(bool, false),
      dtype: keywordOnly(nullable(dtype), null),
    },
    infer({ input, dim, keepdim, dtype }) {
      const type = typeOf(name, input, gives, dtype);
      if (gives === 'same') refuseEmpty(name, input, dim, 'RuntimeError');
      return tensorType(reduceShape(input, dim, keepdim), type);
    },
    costs: ({ input }) => eachElement('reduction', input),
    reach: ({ input, dim }) => reachOf(input, dim),
  });
}

/** Nothing is the largest of nothing. @throws Raised */
function refuseEmpty(
  name: string,
  { shape }: TensorType,
  dim: readonly number[] | null,
  type: 'RuntimeError' | 'IndexError',
): void {
  if (!shape.includes(0)) return;
  if (dim === null || dim.length === 0)
    raise(
      type,
      `${name}(): Expected reduction dim to be specified for input.numel() == 0.` +
        (type === 'RuntimeError' ? " Specify the reduction dim with the 'dim' argument." : ''),
    );
  for (const axis of normalizeDims(dim, shape.length))
    if (shape[axis] === 0)
      raise('IndexError', `${name}(): Expected reduction dim ${axis} to have non-zero size.`);
}

/** The product along one dimension, or of all. */
const prod = defineOperation({
  name: 'prod',
  homes: everywhere,
  signature: {
    input: required(tensor),
    dim: optional(nullable(int), null),
    keepdim: optional(bool, false),
    dtype: keywordOnly(nullable(dtype), null),
  },
  infer: ({ input, dim, keepdim, dtype }) =>
    tensorType(
      reduceShape(input, dim === null ? null : [dim], keepdim),
      typeOf('prod', input, 'accumulated', dtype),
    ),
  costs: ({ input }) => eachElement('reduction', input),
  reach: ({ input, dim }) => reachOf(input, dim === null ? null : [dim]),
});

/** Where the largest or smallest is: along one dimension, or among all. */
function place(name: 'argmax' | 'argmin'): OperationDefinition {
  return defineOperation({
    name,
    homes: everywhere,
    signature: {
      input: required(tensor),
      dim: optional(nullable(int), null),
      keepdim: optional(bool, false),
    },
    infer({ input, dim, keepdim }) {
      const dims = dim === null ? null : [dim];
      refuseEmpty(name, input, dims, 'IndexError');
      const output = tensorType(reduceShape(input, dims, keepdim), 'int64');
      if (input.dtype === 'bool') unimplemented(`${name}_cpu`, input, output);
      return output;
    },
    costs: ({ input }) => eachElement('reduction', input),
    reach: ({ input, dim }) => reachOf(input, dim === null ? null : [dim]),
  });
}

function unimplemented(kernel: string, { dtype }: TensorType, assume: Result): never {
  return raise('RuntimeError', `"${kernel}" not implemented for '${DTYPES[dtype].scalarName}'`, assume);
}

/** The logarithm of a sum of exponentials; whole numbers become floats. */
const logsumexp = defineOperation({
  name: 'logsumexp',
  homes: everywhere,
  signature: { input: required(tensor), dim: required(intOrInts), keepdim: optional(bool, false) },
  infer: ({ input, dim, keepdim }) =>
    tensorType(reduceShape(input, dim, keepdim), isIntegral(input.dtype) ? 'float32' : input.dtype),
  costs: ({ input }) => eachElement('reduction', input),
  reach: ({ input, dim }) => reachOf(input, dim),
});

const countNonzero = defineOperation({
  name: 'count_nonzero',
  homes: everywhere,
  signature: { input: required(tensor), dim: optional(nullable(intOrInts), null) },
  infer: ({ input, dim }) => tensorType(reduceShape(input, dim, false), 'int64'),
  costs: ({ input }) => eachElement('reduction', input),
  reach: ({ input, dim }) => reachOf(input, dim),
});

/** Spread about the mean: one pass for it, and a subtraction, a square and a sum to each element. */
function spread(name: string): OperationDefinition {
  return defineOperation({
    name,
    homes: everywhere,
    signature: {
      input: required(tensor),
      dim: optional(nullable(intOrIntsOrBool), null),
      unbiased: optional(bool, true),
      keepdim: optional(bool, false),
      correction: keywordOnly(nullable(int), null),
    },
    infer({ input, dim, keepdim }) {
      if (isIntegral(input.dtype))
        raise(
          'RuntimeError',
          'std and var only support floating point and complex dtypes',
          tensorType(reduceShape(input, validDims(dim, input), keepdim), 'float32'),
        );
      return tensorType(reduceShape(input, dim, keepdim), input.dtype);
    },
    costs: ({ input }) => eachElement('reduction', input, 4),
    reach: ({ input, dim }) => reachOf(input, dim),
  });
}

/** Those of the dimensions that there are, each once, for what is taken to come of a call that is refused anyway. */
function validDims(dims: readonly number[] | null, { shape }: TensorType): readonly number[] | null {
  const rank = shape.length;
  const valid = dims?.filter((dim) => dim >= -rank && dim < rank).map((dim) => (dim < 0 ? dim + rank : dim));
  return valid === undefined ? null : [...new Set(valid)];
}

/** `x.var(False)` gives `unbiased` first: then all dimensions are meant. */
const intOrIntsOrBool = {
  ...intOrInts,
  read: (value: Parameters<typeof intOrInts.read>[0], name: string) =>
    typeof value === 'boolean' ? [] : intOrInts.read(value, name),
};

/** `max` and `min`: of all, along a dimension with the places, or of two tensors. */
function extremum(name: 'max' | 'min'): OperationDefinition {
  return defineOperation({
    name,
    homes: everywhere,
    signature: {
      input: required(tensor),
      dim: optional(nullable(tensorOrNumber), null),
      keepdim: optional(bool, false),
    },
    infer({ input, dim, keepdim }): Result {
      if (isTensor(dim)) return elementwiseExtremum(input, dim);
      refuseEmpty(name, input, dim === null ? null : [Number(dim)], 'RuntimeError');
      if (dim === null) return tensorType([], input.dtype);
      const shape = reduceShape(input, [normalizeDim(Number(dim), input.shape.length)], keepdim);
      return [tensorType(shape, input.dtype), tensorType(shape, 'int64')];
    },
    costs: ({ input }) => eachElement('reduction', input),
    reach: ({ input, dim }) =>
      isTensor(dim) ? POINTWISE : reachOf(input, dim === null ? null : [Number(dim)]),
  });
}

/** One dimension, with the places it was found at. */
function withPlaces(name: string, whole: boolean): OperationDefinition {
  return defineOperation({
    name,
    homes: everywhere,
    signature: {
      input: required(tensor),
      dim: optional(nullable(int), whole ? null : -1n),
      keepdim: optional(bool, false),
    },
    infer({ input, dim, keepdim }): Result {
      const outputs = (shape: readonly number[]): Result => [
        tensorType(shape, input.dtype),
        tensorType(shape, 'int64'),
      ];
      const output = dim === null ? tensorType([], input.dtype) : outputs(reduceShape(input, [dim], keepdim));
      if (input.dtype === 'bool' && name !== 'mode') unimplemented('median_out', input, output);
      return output;
    },
    costs: ({ input }) => eachElement('reduction', input),
    reach: ({ input, dim }) => reachOf(input, dim === null ? null : [dim]),
  });
}

function running(name: string): OperationDefinition {
  return defineOperation({
    name,
    homes: everywhere,
    inPlace: true,
    signature: { input: required(tensor), dim: required(int), dtype: keywordOnly(nullable(dtype), null) },
    infer({ input, dim, dtype }) {
      normalizeDim(dim, input.shape.length);
      const type = dtype ?? (isIntegral(input.dtype) ? 'int64' : input.dtype);
      if (name === 'logcumsumexp' && isIntegral(dtype ?? input.dtype))
        unimplemented('logcumsumexp_out_cpu', input, tensorType(input.shape, 'float32'));
      return tensorType(input.shape, type);
    },
    costs: ({ input }) => eachElement('reduction', input),
    reach: ({ input, dim }) => reachOf(input, [dim]),
  });
}

function sorting(name: 'sort' | 'argsort'): OperationDefinition {
  return defineOperation({
    name,
    homes: everywhere,
    signature: {
      input: required(tensor),
      dim: optional(int, -1n),
      descending: optional(bool, false),
      stable: keywordOnly(bool, false),
    },
    infer({ input, dim }): Result {
      normalizeDim(dim, input.shape.length);
      const places = tensorType(input.shape, 'int64');
      return name === 'sort' ? [sameAs(input), places] : places;
    },
    reach: ({ input, dim }) => reachOf(input, [dim]),
  });
}

const topk = defineOperation({
  name: 'topk',
  homes: everywhere,
  signature: {
    input: required(tensor),
    k: required(int),
    dim: optional(int, -1n),
    largest: optional(bool, true),
    sorted: optional(bool, true),
  },
  infer({ input, k, dim }) {
    const axis = normalizeDim(dim, input.shape.length);
    const size = input.shape[axis] ?? 1;
    const shape = input.shape.length === 0 ? [] : input.shape.with(axis, k);
    const outputs = [tensorType(shape, input.dtype), tensorType(shape, 'int64')];
    if (k < 0 || k > size) raise('RuntimeError', 'selected index k out of range', outputs);
    return outputs;
  },
  reach: ({ input, dim }) => reachOf(input, [dim]),
});

const norm = defineOperation({
  name: 'norm',
  homes: everywhere,
  signature: {
    input: required(tensor),
    p: optional(anything, 'fro'),
    dim: optional(nullable(intOrInts), null),
    keepdim: optional(bool, false),
    dtype: optional(nullable(dtype), null),
  },
  infer: ({ input, p, dim, keepdim, dtype }) => {
    const shape = reduceShape(input, dim, keepdim);
    if (isSequence(p))
      raiseAlike('TypeError', "linalg_vector_norm(): argument 'ord' (position 2) must be Number, not tuple");
    if (isIntegral(input.dtype) && !dtype)
      raise(
        'RuntimeError',
        `linalg.vector_norm: Expected a floating point or complex tensor as input. Got ${DTYPES[input.dtype].scalarName}`,
        tensorType(shape, 'float32'),
      );
    return tensorType(shape, dtype ?? input.dtype);
  },
  costs: ({ input }) => eachElement('reduction', input, 2),
  reach: ({ input, dim }) => reachOf(input, dim),
});

function elementwiseExtremum(input: TensorType, other: TensorType): TensorType {
  return tensorType(broadcastShapes(input.shape, other.shape), resultType([input, other]));
}

export const REDUCTION_OPERATIONS: readonly OperationDefinition[] = [
  reduction('sum', 'accumulated'),
  reduction('nansum', 'accumulated'),
  prod,
  reduction('mean', 'floating'),
  reduction('nanmean', 'floating'),
  reduction('amax', 'same'),
  reduction('amin', 'same'),
  place('argmax'),
  place('argmin'),
  reduction('all', 'bool'),
  reduction('any', 'bool'),
  countNonzero,
  logsumexp,
  spread('var'),
  spread('std'),
  extremum('max'),
  extremum('min'),
  withPlaces('median', true),
  withPlaces('nanmedian', true),
  withPlaces('mode', false),
  running('cumsum'),
  running('cumprod'),
  running('logcumsumexp'),
  sorting('sort'),
  sorting('argsort'),
  topk,
  norm,
];
