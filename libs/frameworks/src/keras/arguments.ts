import type { Argument } from '@tensormark/network';

/** How the first Keras named the sides of a kernel, which it took one by one. */
export const FIRST_SIDES: Readonly<Record<2 | 3, readonly string[]>> = {
  2: ['nb_row', 'nb_col'],
  3: ['kernel_dim1', 'kernel_dim2', 'kernel_dim3'],
};

/**
 * Whether the sides of a kernel are given one by one, as in `Convolution2D(32, 3, 3)`: where a padding follows, the name is that of a
 * later Keras, for which they are a side and a stride.
 */
export function givesSides(rank: 2 | 3, args: readonly unknown[]): boolean {
  const sides = args.slice(1, 1 + rank);
  const next = args[1 + rank];
  return (
    sides.length === rank &&
    sides.every((side) => typeof side === 'bigint') &&
    next !== 'same' &&
    next !== 'valid'
  );
}

/** Arguments that no count or shape rests on. */
export function isIndifferent(name: string): boolean {
  return (
    name !== 'dilation_rate' &&
    /(initializer|regularizer|constraint|seed|activation|rate|dropout|stddev|momentum|epsilon|dtype|factor|weights)$/.test(
      name,
    )
  );
}

/** What stands for an argument that is not known and that nothing rests on. */
export function standIn(name: string): Argument {
  return /(rate|dropout|stddev|momentum|epsilon)$/.test(name) ? Number.NaN : { opaque: 'unknown' };
}
