import type { DType } from '@tensormark/network';
import { foreignCall } from './called-name.js';
import { Value } from './value.js';
import type { Datum } from './value.js';

/** What NumPy has drawn: its shape, and the type of its elements. */
export interface DrawnArray {
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** Where the sizes stand in what each function of `numpy.random` is given; `all` where they are all that it is given. */
const SIZES: Readonly<Record<string, 'all' | number>> = {
  rand: 'all',
  randn: 'all',
  random: 0,
  random_sample: 0,
  standard_normal: 0,
  normal: 2,
  uniform: 2,
  randint: 2,
};

/** The array that `np.random.randn(8, 3)` and its like give, where all sizes are known. */
export function drawnArray(value: Value): DrawnArray | undefined {
  const call = foreignCall(value);
  const name = /^numpy\.random\.(\w+)$/.exec(call?.name ?? '')?.[1];
  if (call === undefined || name === undefined || !Object.hasOwn(SIZES, name)) return undefined;
  const { positional, named } = call.args;
  const at = SIZES[name];
  const given = named.get('size') ?? (at === 'all' ? positional : positional[at ?? 0]);
  const shape = sizesIn(given);
  if (shape === undefined) return undefined;
  return { shape, dtype: name === 'randint' ? 'int64' : 'float64' };
}

function sizesIn(given: Datum | readonly Datum[] | undefined): readonly number[] | undefined {
  const sizes = Array.isArray(given) ? given : [given];
  const numbers = sizes.map((size: Datum | undefined) => (typeof size === 'bigint' ? Number(size) : -1));
  return numbers.length > 0 && numbers.every((size) => size >= 0) ? numbers : undefined;
}
