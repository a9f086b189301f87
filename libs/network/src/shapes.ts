import {
  CATEGORIES,
  DTYPES,
  formatShape,
  promoteTypes,
  tensorType,
  type DType,
  type TensorType,
} from './tensor.js';
import { isTensor } from './values/argument.js';
import { raise, raiseAlike } from './values/errors.js';
import type { Result } from './values/result.js';

/** The same type, and no more: handles of a graph carry more than their type. */
export function sameAs({ shape, dtype }: TensorType): TensorType {
  return { shape, dtype };
}

/** A dimension counted from the front. @throws Raised with PyTorch's IndexError */
export function normalizeDim(dim: number, rank: number): number {
  const most = Math.max(rank, 1);
  if (dim < -most || dim >= most)
    raise(
      'IndexError',
      `Dimension out of range (expected to be in range of [${-most}, ${most - 1}], but got ${dim})`,
    );
  return dim < 0 ? dim + most : dim;
}

/** For what asks for the size along an axis, which a number has none of. @throws Raised */
export function checkHasAxes(dim: number, rank: number): void {
  if (rank === 0) raise('IndexError', `Dimension specified as ${dim} but tensor has no dimensions`);
}

/** Several dimensions, each once. @throws Raised */
export function normalizeDims(dims: readonly number[], rank: number): readonly number[] {
  const normal = dims.map((dim) => normalizeDim(dim, rank));
  for (const [index, dim] of normal.entries())
    if (normal.indexOf(dim) !== index)
      raise('RuntimeError', `dim ${dim} appears multiple times in the list of dims`);
  return normal;
}

/** The shape that two broadcast to. @throws Raised in the words of binary operations */
export function broadcastShapes(a: readonly number[], b: readonly number[]): readonly number[] {
  const rank = Math.max(a.length, b.length);
  const shape: number[] = Array.from({ length: rank }, () => 1);
  // From the last dimension on, as the one that does not fit is looked for.
  for (let axis = rank - 1; axis >= 0; axis--) {
    const first = a[a.length - rank + axis] ?? 1;
    const second = b[b.length - rank + axis] ?? 1;
    if (first !== second && first !== 1 && second !== 1) {
      const longer = a.length >= b.length ? a : b;
      raise(
        'RuntimeError',
        `The size of tensor a (${first}) must match the size of tensor b (${second}) at non-singleton dimension ${axis}`,
        tensorType(longer),
      );
    }
    shape[axis] = first === 1 ? second : first;
  }
  return shape;
}

/** Whether one shape broadcasts to another. */
export function broadcastsTo(shape: readonly number[], target: readonly number[]): boolean {
  if (shape.length > target.length) return false;
  const lead = target.length - shape.length;
  return shape.every((size, axis) => size === 1 || size === target[lead + axis]);
}

/**
 * The type of an operation over tensors: a tensor with dimensions outranks one without, which only its category can
 * lift (`torch.zeros(2, dtype=int) + torch.tensor(1.5)` is float).
 */
export function resultType(types: readonly TensorType[]): DType {
  const withDims = types.filter(({ shape }) => shape.length > 0);
  const among = withDims.length > 0 ? withDims : types;
  const dimmed = among.map(({ dtype }) => dtype).reduce(promoteTypes);
  const scalars = types.filter(({ shape }) => shape.length === 0);
  if (withDims.length === 0 || scalars.length === 0) return dimmed;
  const lifted = scalars.map(({ dtype }) => dtype).reduce(promoteTypes);
  return categoryRank(lifted) > categoryRank(dimmed) ? lifted : dimmed;
}

function categoryRank(dtype: DType): number {
  return CATEGORIES.indexOf(DTYPES[dtype].category);
}

/** The number of elements, exact up to 2^53. @throws Raised past that, where no tensor fits anyway */
export function numel(shape: readonly number[]): number {
  let count = 1;
  for (const size of shape) count *= size;
  if (!Number.isSafeInteger(count))
    raiseAlike('RuntimeError', `Storage size calculation overflowed with sizes=${formatShape(shape)}`);
  return count;
}

/**
 * The last word on what a rule gives: sizes are whole, not negative and small enough to count with.
 * @throws Raised where one is not, which no rule should leave to this
 */
export function sound(result: Result): Result {
  if (result === null) return result;
  if (!isTensor(result)) {
    for (const item of result) sound(item);
    return result;
  }
  const { shape } = result;
  for (const size of shape) {
    if (size < 0)
      raiseAlike(
        'RuntimeError',
        `Trying to create tensor with negative dimension ${size}: ${formatShape(shape)}`,
      );
    if (!Number.isSafeInteger(size))
      raiseAlike('RuntimeError', `Storage size calculation overflowed with sizes=${formatShape(shape)}`);
  }
  return result;
}
