import { literal, product, quantity, sum, type Formula } from '../../formula/formula.js';
import { spatialRoles, type SpatialRank } from '../convolution/arithmetic.js';
import { DTYPES, formatShape, tensorType, type TensorType } from '../../tensor.js';
import { raise, raiseAlike } from '../../values/errors.js';

/** How the places outside a tensor are filled. */
export const PADDING_MODES = ['constant', 'reflect', 'replicate', 'circular'] as const;
export type PaddingMode = (typeof PADDING_MODES)[number];

export function isPaddingMode(mode: string): mode is PaddingMode {
  return (PADDING_MODES as readonly string[]).includes(mode);
}

/** One dimension that is padded. */
interface Side {
  /** Its index in the shape. */
  readonly dim: number;
  readonly size: number;
  readonly before: number;
  readonly after: number;
}

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
  const sides = sidesOf(input, amounts);
  if (mode !== 'constant' && (sides.length > 3 || (dims !== sides.length + 1 && dims !== sides.length + 2)))
    raise(
      'NotImplementedError',
      'Only 2D, 3D, 4D, 5D padding with non-constant padding are supported for now',
    );
  const shape = [...input.shape];
  for (const { dim, size, before, after } of sides) shape[dim] = size + before + after;
  const output = tensorType(shape, input.dtype);
  check(mode, input, sides, output);
  return output;
}

function sidesOf({ shape }: TensorType, amounts: readonly number[]): readonly Side[] {
  return Array.from({ length: amounts.length / 2 }, (_, axis) => {
    const dim = shape.length - 1 - axis;
    return { dim, size: shape[dim] ?? 0, before: amounts[2 * axis] ?? 0, after: amounts[2 * axis + 1] ?? 0 };
  });
}

/** The padded shape by formula, each spatial dimension with its padding: `H + 2·p`. */
export function paddedShape(
  input: TensorType,
  amounts: readonly number[],
  rank: SpatialRank,
): readonly Formula[] {
  const { shape } = input;
  const sides = new Map(sidesOf(input, amounts).map((side) => [side.dim, side]));
  const lead = shape.length - rank;
  return shape.map((size, dim) => {
    if (dim < lead) return quantity(dim === lead - 1 ? 'channels' : 'batch_size', size);
    const whole = quantity(spatialRoles(rank, dim - lead).input, size);
    const { before, after } = sides.get(dim) ?? { before: 0, after: 0 };
    if (before === 0 && after === 0) return whole;
    return before === after
      ? sum(whole, product(literal(2), quantity('padding', before)))
      : sum(whole, quantity('padding', before), quantity('padding', after));
  });
}

function check(mode: PaddingMode, input: TensorType, sides: readonly Side[], output: TensorType): void {
  switch (mode) {
    case 'constant':
      return checkConstant(sides, output);
    case 'reflect':
      return checkReflection(input, sides, output);
    case 'circular':
      return checkCircular(sides, output);
    case 'replicate':
      return checkReplication(input, sides, output);
  }
}

function checkConstant(sides: readonly Side[], output: TensorType): void {
  const short = sides.find(({ dim }) => (output.shape[dim] ?? 0) < 0);
  if (short)
    raiseAlike(
      'RuntimeError',
      `The input size ${short.size}, plus negative padding ${short.before} and ${short.after} resulted in a negative ` +
        `output size, which is invalid. Check dimension ${short.dim} of your input.`,
    );
}

function checkReflection(input: TensorType, sides: readonly Side[], output: TensorType): void {
  const { shape, dtype } = input;
  checkEmpty(input, sides);
  for (const [axis, { dim, size, before, after }] of sides.entries()) {
    if (before < size && after < size) continue;
    // Over two dimensions PyTorch prints the rank where over one and three it prints the sizes.
    const shown = sides.length === 2 ? `${shape.length}` : formatShape(shape);
    raise(
      'RuntimeError',
      `Argument #${4 + 2 * axis}: Padding size should be less than the corresponding input dimension, ` +
        `but got: padding (${before}, ${after}) at dimension ${dim} of input ${shown}`,
      output,
    );
  }
  if (dtype === 'int64')
    raise(
      'RuntimeError',
      `"reflection_pad${sides.length}d" not implemented for '${DTYPES[dtype].scalarName}'`,
      output,
    );
}

function checkEmpty({ shape }: TensorType, sides: readonly Side[]): void {
  if (sides.every(({ size }) => size > 0)) return;
  raiseAlike(
    'RuntimeError',
    `a tensor without empty dimensions is needed for padding, but got ${formatShape(shape)}`,
  );
}

function checkCircular(sides: readonly Side[], output: TensorType): void {
  for (const { dim, size, before, after } of sides) {
    if (before > size || after > size)
      raise('RuntimeError', 'Padding value causes wrapping around more than once.', output);
    if ((output.shape[dim] ?? 0) < 0)
      raise('RuntimeError', 'Negative padding value is resulting in an empty dimension');
  }
}

function checkReplication(input: TensorType, sides: readonly Side[], output: TensorType): void {
  checkEmpty(input, sides);
  // PyTorch asks for one dimension that is left, not for all.
  if (sides.some(({ dim }) => (output.shape[dim] ?? 0) >= 1)) return;
  const letters = ['W', 'H', 'D'];
  const shown = (at: (side: Side) => number | undefined, separator: string): string =>
    sides
      .map((side, axis) => `${letters[axis]}: ${at(side)}`)
      .toReversed()
      .join(separator);
  raise(
    'RuntimeError',
    `input (${shown(({ size }) => size, ', ')}${sides.length === 2 ? ' ' : ''}) is too small. Calculated output ` +
      shown(({ dim }) => output.shape[dim], ' '),
  );
}
