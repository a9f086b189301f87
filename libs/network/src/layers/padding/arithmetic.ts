import { tensorType, type TensorType } from '../../tensor.js';
import { raise } from '../../values/errors.js';

/** How the places outside a tensor are filled. */
export type PaddingMode = 'constant' | 'reflect' | 'replicate' | 'circular';

/**
 * A padded tensor's type. Amounts come last dimension first, before and after: `(left, right, top, bottom)`.
 * @throws Raised as `torch.nn.functional.pad`.
 */
export function padWithMode(input: TensorType, amounts: readonly number[], mode: PaddingMode): TensorType {
  const dims = input.shape.length;
  if (amounts.length % 2 !== 0) raise('RuntimeError', 'Padding length must be divisible by 2');
  if (amounts.length > dims * 2)
    raise(
      'RuntimeError',
      `Padding length should be less than or equal to two times the input dimension but got padding length ` +
        `${amounts.length} and input of dimension ${dims}`,
    );
  const axes = amounts.length / 2;
  if (mode !== 'constant' && dims !== axes + 1 && dims !== axes + 2)
    raise(
      'NotImplementedError',
      'Only 2D, 3D, 4D, 5D padding with non-constant padding are supported for now',
    );
  const shape = [...input.shape];
  for (let axis = 0; axis < axes; axis++) {
    const before = amounts[2 * axis] ?? 0;
    const after = amounts[2 * axis + 1] ?? 0;
    const dim = dims - 1 - axis;
    const size = input.shape[dim] ?? 0;
    checkAmount(mode, { size, before, after, dim, axis, dims });
    shape[dim] = size + before + after;
  }
  checkNotNegative(input, amounts, shape);
  return tensorType(shape, input.dtype);
}

interface Amount {
  readonly size: number;
  readonly before: number;
  readonly after: number;
  readonly dim: number;
  readonly axis: number;
  readonly dims: number;
}

function checkAmount(mode: PaddingMode, { size, before, after, dim, axis, dims }: Amount): void {
  if (mode === 'reflect' && (before >= size || after >= size))
    raise(
      'RuntimeError',
      `Argument #${4 + 2 * axis}: Padding size should be less than the corresponding input dimension, ` +
        `but got: padding (${before}, ${after}) at dimension ${dim} of input ${dims}`,
    );
  if (mode === 'circular' && (before > size || after > size))
    raise('RuntimeError', 'Padding value causes wrapping around more than once.');
}

function checkNotNegative(input: TensorType, amounts: readonly number[], shape: readonly number[]): void {
  const dim = shape.findIndex((size, at) => size < 0 && at >= 0);
  if (dim < 0) return;
  const axis = shape.length - 1 - dim;
  raise(
    'RuntimeError',
    `The input size ${input.shape[dim]}, plus negative padding ${amounts[2 * axis]} and ${amounts[2 * axis + 1]}, ` +
      `resulted in a negative output size, which is invalid. Check dimension ${dim} of your input.`,
  );
}
