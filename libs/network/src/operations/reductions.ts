import { eachElement } from '../costs.js';
import { defineOperation, type Home, type OperationDefinition } from '../operation.js';
import { EVERYTHING, POINTWISE, type Reach } from '../reach.js';
import { broadcastShapes, normalizeDim, normalizeDims, resultType, sameAs } from '../shapes.js';
import { DTYPES, isFloatingPoint, isIntegral, tensorType, type DType, type TensorType } from '../tensor.js';
import { isTensor } from '../values/argument.js';
import { raise } from '../values/errors.js';
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
      const shape = reduceShape(input, dim, keepdim);
      return tensorType(shape, typeOf(name, input, gives, dtype));
    },
    costs: ({ input }) => eachElement('reduction', input),
    reach: ({ input, dim }) => reachOf(input, dim),
  });
}

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
      const shape = reduceShape(input, dim, keepdim);
      const assume = tensorType(shape, 'float32');
      if (isIntegral(input.dtype))
        raise('RuntimeError', 'std and var only support floating point and complex dtypes', assume);
      return tensorType(shape, input.dtype);
    },
    costs: ({ input }) => eachElement('reduction', input, 4),
    reach: ({ input, dim }) => reachOf(input, dim),
  });
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
      if (dim === null) return tensorType([], input.dtype);
      if (isTensor(dim)) return elementwiseExtremum(input, dim);
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
      if (dim === null) return tensorType([], input.dtype);
      const shape = reduceShape(input, [dim], keepdim);
      return [tensorType(shape, input.dtype), tensorType(shape, 'int64')];
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
      return tensorType(input.shape, dtype ?? (isIntegral(input.dtype) ? 'int64' : input.dtype));
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
  infer: ({ input, dim, keepdim, dtype }) => {
    const shape = reduceShape(input, dim, keepdim);
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
  reduction('prod', 'accumulated'),
  reduction('mean', 'floating'),
  reduction('nanmean', 'floating'),
  reduction('amax', 'same'),
  reduction('amin', 'same'),
  reduction('argmax', 'index'),
  reduction('argmin', 'index'),
  reduction('all', 'bool'),
  reduction('any', 'bool'),
  reduction('count_nonzero', 'index'),
  reduction('logsumexp', 'floating'),
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
