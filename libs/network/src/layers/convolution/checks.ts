import { DTYPES, formatShape, type DType, type TensorType } from '../../tensor.js';
import { raise, raiseAlike } from '../../values/errors.js';
import type { Result } from '../../values/result.js';
import type { SpatialRank } from './arithmetic.js';

/** The constructor's checks that all convolutions share, in PyTorch's order. @throws Raised */
export function validateConvolution(config: {
  readonly in_channels: number;
  readonly out_channels: number;
  readonly groups: number;
}): void {
  const { in_channels, out_channels, groups } = config;
  if (groups <= 0) raise('ValueError', 'groups must be a positive integer');
  if (in_channels % groups !== 0) raise('ValueError', 'in_channels must be divisible by groups');
  if (out_channels % groups !== 0) raise('ValueError', 'out_channels must be divisible by groups');
}

/** `torch.empty` refuses a negative size. @throws Raised */
export function checkSizes(shape: readonly number[]): void {
  const negative = shape.find((size) => size < 0);
  if (negative !== undefined)
    raise(
      'RuntimeError',
      `Trying to create tensor with negative dimension ${negative}: ${formatShape(shape)}`,
    );
}

/** A convolution takes its dimensions with and without a batch. @throws Raised */
export function checkRank(input: TensorType, name: string, rank: SpatialRank): void {
  const dims = input.shape.length;
  if (dims === rank + 1 || dims === rank + 2) return;
  raise(
    'RuntimeError',
    `Expected ${rank + 1}D (unbatched) or ${rank + 2}D (batched) input to ${name}, ` +
      `but got input of size: ${formatShape(input.shape)}`,
  );
}

/** @throws Raised where a list is not of one value or of one a dimension. */
export function checkLength(name: string, values: readonly number[], dims: number): void {
  if (values.length === 1 || values.length === dims) return;
  raise(
    'RuntimeError',
    `expected ${name} to be a single integer value or a list of ${dims} values to match the convolution dimensions, ` +
      `but got ${name}=${formatShape(values)}`,
  );
}

/** Input, weight and bias must be of one type. @throws Raised */
export function checkTypes(
  input: DType,
  weight: DType,
  bias: boolean,
  assume: Result | undefined,
  refuse: typeof raise = raise,
): void {
  if (input === weight) return;
  if (bias)
    refuse(
      'RuntimeError',
      `Input type (${DTYPES[input].cppName}) and bias type (${DTYPES[weight].cppName}) should be the same`,
      assume,
    );
  const say = input === 'float64' || input === 'int64' ? raise : raiseAlike;
  say(
    'RuntimeError',
    `expected scalar type ${DTYPES[input].scalarName} but found ${DTYPES[weight].scalarName}`,
    assume,
  );
}

/** The value of an axis, where a list of one value stands for all. */
export function along(values: readonly number[], axis: number): number {
  return (values.length === 1 ? values[0] : values[axis]) ?? 0;
}
