import type { Argument } from '@tensormark/network';

/** How the first Keras named the sides of a kernel, which it took one by one. */
export const FIRST_SIDES: Readonly<Record<2 | 3, readonly string[]>> = {
  2: ['nb_row', 'nb_col'],
  3: ['kernel_dim1', 'kernel_dim2', 'kernel_dim3'],
};

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
