import { product, quantity, type Formula } from '../../formula/formula.js';
import { defineLayer } from '../../layer.js';
import { defineOperation } from '../../operation.js';
import { EVERYTHING, POINTWISE, type Reach } from '../../reach.js';
import { checkHasAxes, normalizeDim } from '../../shapes.js';
import { formatShape, tensorType, type TensorType } from '../../tensor.js';
import { isSequence, tupleRepr, typeName, type Argument } from '../../values/argument.js';
import { raise, raiseAlike } from '../../values/errors.js';
import { int, ints, tensor, type Kind } from '../../values/kinds.js';
import { optional, required } from '../../values/signature.js';

/** @throws Raised as `torch.flatten` */
function flatten(input: TensorType, start: number, end: number): TensorType {
  const { first, last } = range(input, start, end);
  const { shape } = input;
  if (shape.length === 0) return tensorType([1], input.dtype);
  const merged = shape.slice(first, last + 1).reduce((count, size) => count * size, 1);
  return tensorType([...shape.slice(0, first), merged, ...shape.slice(last + 1)], input.dtype);
}

function range({ shape }: TensorType, start: number, end: number): { first: number; last: number } {
  const first = normalizeDim(start, shape.length);
  const last = normalizeDim(end, shape.length);
  if (first > last) raise('RuntimeError', 'flatten() has invalid args: start_dim cannot come after end_dim');
  return { first, last };
}

/** The merged dimension as the product that one writes: `512 · 7 · 7`. */
function flattenedShape(input: TensorType, start: number, end: number): readonly Formula[] {
  const { first, last } = range(input, start, end);
  const named = input.shape.map((size, axis) =>
    quantity(axis === 0 ? 'batch_size' : axis === 1 ? 'channels' : 'positions', size),
  );
  return [...named.slice(0, first), product(...named.slice(first, last + 1)), ...named.slice(last + 1)];
}

/** Flattening places into features ends being local. */
function reach(input: TensorType, start: number, end: number): Reach {
  const { first, last } = range(input, start, end);
  return input.shape.length > 2 && first <= 1 && last >= 2 ? EVERYTHING : POINTWISE;
}

const Flatten = defineLayer({
  type: 'Flatten',
  signature: { start_dim: optional(int, 1n), end_dim: optional(int, -1n) },
  forward: { input: required(tensor) },
  infer: ({ start_dim, end_dim }, { input }) => flatten(input, start_dim, end_dim),
  outputShape: ({ start_dim, end_dim }, { input }) => flattenedShape(input, start_dim, end_dim),
  reach: ({ start_dim, end_dim }, { input }) => reach(input, start_dim, end_dim),
});

const unflattenedSize: Kind<readonly number[]> = {
  expects: 'tuple of ints',
  read(value: Argument, name) {
    if (!isSequence(value))
      raise('TypeError', `unflattened_size must be a tuple of ints, but found type ${typeName(value)}`);
    for (const [at, item] of value.entries())
      if (typeof item !== 'bigint')
        raise(
          'TypeError',
          `unflattened_size must be tuple of ints, but found element of type ${typeName(item)} at pos ${at}`,
        );
    return ints.read(value, name);
  },
  attribute: (value) => value.map(BigInt),
};

/** @throws Raised as `torch.unflatten` */
function unflatten(input: TensorType, dim: number, sizes: readonly number[]): TensorType {
  const axis = normalizeDim(dim, input.shape.length);
  if (sizes.length === 0) raise('RuntimeError', 'unflatten: sizes must be non-empty');
  checkHasAxes(dim, input.shape.length);
  const size = input.shape[axis] ?? 1;
  const known = sizes.filter((each) => each !== -1).reduce((count, each) => count * each, 1);
  const open = sizes.filter((each) => each === -1).length;
  if (open > 1)
    raiseAlike('RuntimeError', 'unflatten got an unexpected error:\nonly one dimension can be inferred');
  const fits = open === 0 ? known === size : known > 0 && size % known === 0;
  if (!fits)
    raise(
      'RuntimeError',
      `unflatten: Provided sizes ${formatShape(sizes)} don't multiply up to the size of dim ${axis} (${size}) in the input tensor`,
    );
  const resolved = sizes.map((each) => (each === -1 ? size / known : each));
  return tensorType(
    [...input.shape.slice(0, axis), ...resolved, ...input.shape.slice(axis + 1)],
    input.dtype,
  );
}

const Unflatten = defineLayer({
  type: 'Unflatten',
  signature: { dim: required(int), unflattened_size: required(unflattenedSize) },
  forward: { input: required(tensor) },
  infer: ({ dim, unflattened_size }, { input }) => unflatten(input, dim, unflattened_size),
  extraRepr: ({ dim, unflattened_size }) => `dim=${dim}, unflattened_size=${tupleRepr(unflattened_size)}`,
});

export const FLATTENINGS = { Flatten, Unflatten };

export const FLATTENING_OPERATIONS = [
  defineOperation({
    name: 'flatten',
    homes: ['torch', 'Tensor'],
    signature: { input: required(tensor), start_dim: optional(int, 0n), end_dim: optional(int, -1n) },
    infer: ({ input, start_dim, end_dim }) => flatten(input, start_dim, end_dim),
    outputShape: ({ input, start_dim, end_dim }) => flattenedShape(input, start_dim, end_dim),
    reach: ({ input, start_dim, end_dim }) => reach(input, start_dim, end_dim),
  }),
  defineOperation({
    name: 'unflatten',
    homes: ['torch', 'Tensor'],
    signature: { input: required(tensor), dim: required(int), sizes: required(ints) },
    infer: ({ input, dim, sizes }) => unflatten(input, dim, sizes),
  }),
];
