import {
  ceil,
  difference,
  floor,
  literal,
  product,
  quantity,
  quotient,
  sum,
  type Formula,
} from '../../formula/formula.js';
import type { Reach } from '../../reach.js';
import { formatShape, tensorType, type TensorType } from '../../tensor.js';
import { raise } from '../../values/errors.js';
import { spatialRoles, type SpatialRank } from '../convolution/arithmetic.js';

/** An int for all dimensions, or one each, as PyTorch's pools keep it. */
export type Spread = number | readonly number[];

/** What a pool slides over its input, as it is given. */
export interface PoolArguments {
  readonly kernel_size: Spread;
  /** As wide as the kernel where null. */
  readonly stride: Spread | null;
  readonly padding: Spread;
  readonly dilation: Spread;
  readonly ceil_mode: boolean;
}

/** The same, one entry a dimension. */
export interface PoolWindow {
  readonly rank: SpatialRank;
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
  readonly ceilMode: boolean;
}

const COUNTS = { 1: 'one int', 2: 'two ints', 3: 'three ints' } as const;

/** One entry a dimension. @throws Raised where there are others, in the words of the pool. */
export function poolWindow(pool: string, rank: SpatialRank, args: PoolArguments): PoolWindow {
  const each = (name: string, value: Spread): readonly number[] => {
    if (typeof value === 'number') return Array.from({ length: rank }, () => value);
    const [only] = value;
    if (value.length === 1 && only !== undefined) return Array.from({ length: rank }, () => only);
    if (value.length !== rank) refuseLength(pool, rank, name, value.length);
    return value;
  };
  const kernel = each('kernel_size', args.kernel_size);
  // An empty stride means the kernel's, as None does.
  const given =
    args.stride === null || (typeof args.stride !== 'number' && args.stride.length === 0)
      ? null
      : args.stride;
  return {
    rank,
    kernel,
    stride: given === null ? kernel : each('stride', given),
    padding: each('padding', args.padding),
    dilation: each('dilation', args.dilation),
    ceilMode: args.ceil_mode,
  };
}

function refuseLength(pool: string, rank: SpatialRank, name: string, length: number): never {
  if (rank === 1)
    return pool.startsWith('max')
      ? raise(
          'RuntimeError',
          `${pool}() ${name} must be an int, list of ints or tuple of ints of size 1 but got size ${length}`,
        )
      : raise('RuntimeError', `${pool}() argument '${name}' should contain one int (got ${length})`);
  const words: Readonly<Record<string, string>> = {
    kernel_size: 'must either be a single int, or a tuple of',
    stride: 'must either be omitted, a single int, or a tuple of',
    padding: 'must either be a single int, or a tuple of',
    dilation: 'must be either a single int, or a tuple of',
  };
  const wanted =
    name === 'padding' && pool.startsWith('max')
      ? 'must be either be a single int, or a tuple of'
      : pool === 'avg_pool3d' && name !== 'stride'
        ? 'must be a single int, or a tuple of'
        : words[name];
  return raise('RuntimeError', `${pool}: ${name} ${wanted} ${COUNTS[rank]}`);
}

/** How many places a pool's window takes; in ceil mode none that starts past the input and its left padding. */
export function pooledSize(size: number, window: PoolWindow, axis: number): number {
  const kernel = window.kernel[axis] ?? 1;
  const stride = window.stride[axis] ?? 1;
  const padding = window.padding[axis] ?? 0;
  const dilation = window.dilation[axis] ?? 1;
  const room = size + 2 * padding - dilation * (kernel - 1) - 1;
  if (!window.ceilMode) return Math.floor(room / stride) + 1;
  const places = Math.ceil(room / stride) + 1;
  return (places - 1) * stride >= size + padding ? places - 1 : places;
}

/** `⌊(H + 2p − K)/s⌋ + 1`, rounded up in ceil mode. */
export function pooledFormula(size: number, window: PoolWindow, axis: number): Formula {
  const roles = spatialRoles(window.rank, axis);
  const padding = window.padding[axis] ?? 0;
  const dilation = window.dilation[axis] ?? 1;
  const kernel = quantity(roles.kernel, window.kernel[axis] ?? 1);
  const input = quantity(roles.input, size);
  const padded = padding === 0 ? input : sum(input, product(literal(2), quantity('padding', padding)));
  const span =
    dilation === 1
      ? kernel
      : sum(product(quantity('dilation', dilation), difference(kernel, literal(1))), literal(1));
  const steps = quotient(difference(padded, span), quantity('stride', window.stride[axis] ?? 1));
  const rounded = sum(window.ceilMode ? ceil(steps) : floor(steps), literal(1));
  const places = pooledSize(size, window, axis);
  const plain = pooledSize(size, { ...window, ceilMode: false }, axis);
  // Where ceil mode drops a window that would start outside, the plain formula is the one that gives the number.
  return window.ceilMode && places === plain ? sum(floor(steps), literal(1)) : rounded;
}

/** The pooled type of an input whose rank has been checked. @throws Raised where the window doesn't fit */
export function slidePool(input: TensorType, window: PoolWindow): TensorType {
  const { rank } = window;
  const lead = input.shape.slice(0, -rank);
  const places = input.shape.slice(-rank).map((size, axis) => pooledSize(size, window, axis));
  return tensorType([...lead, ...places], input.dtype);
}

/** @throws Raised where the output would be empty; `planes` is what PyTorch puts in front of the sizes. */
export function checkPoolOutput(input: TensorType, output: TensorType, rank: SpatialRank): void {
  const sizes = output.shape.slice(-rank);
  if (sizes.every((size) => size >= 1)) return;
  const planes = input.shape.at(-rank - 1) ?? 1;
  // A pool over one dimension is one over two with a height of 1.
  const flat = rank === 1 ? [1] : [];
  const shown = (spatial: readonly number[]): string => [planes, ...flat, ...spatial].join('x');
  raise(
    'RuntimeError',
    `Given input size: (${shown(input.shape.slice(-rank))}). Calculated output size: (${shown(sizes)}). Output size is too small`,
  );
}

/** @throws Raised where padding exceeds half the kernel or is negative */
export function checkPoolPadding({ kernel, padding }: PoolWindow): void {
  for (const [axis, pad] of padding.entries()) {
    const size = kernel[axis] ?? 0;
    if (pad < 0) raise('RuntimeError', `pad must be non-negative, but got pad: ${pad}`);
    if (pad > Math.floor(size / 2))
      raise(
        'RuntimeError',
        `pad should be at most half of kernel size, but got pad=${pad} and kernel_size=${size}`,
      );
  }
}

export function poolReach(window: PoolWindow): Reach {
  return {
    kind: 'window',
    kernel: window.kernel,
    stride: window.stride,
    dilation: window.dilation,
    padding: window.padding,
  };
}

/** @throws Raised where a batched input has an empty dimension besides its batch */
export function checkNotEmpty(input: TensorType, rank: SpatialRank, words: string): void {
  const inner = input.shape.slice(input.shape.length === rank + 2 ? 1 : 0);
  if (inner.every((size) => size > 0)) return;
  raise('RuntimeError', `${words}${formatShape(input.shape)}`);
}
