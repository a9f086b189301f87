import {
  difference,
  floor,
  literal,
  product,
  quantity,
  quotient,
  sum,
  type Formula,
} from '../../formula/formula.js';
import type { Role } from '../../formula/quantities.js';

/** The quantities of the spatial dimensions by their number: length; height and width; depth, height and width. */
export const SPATIAL: Readonly<Record<SpatialRank, readonly SpatialRoles[]>> = {
  1: [{ input: 'in_length', kernel: 'kernel_length', output: 'out_length' }],
  2: [
    { input: 'in_height', kernel: 'kernel_height', output: 'out_height' },
    { input: 'in_width', kernel: 'kernel_width', output: 'out_width' },
  ],
  3: [
    { input: 'in_depth', kernel: 'kernel_depth', output: 'out_depth' },
    { input: 'in_height', kernel: 'kernel_height', output: 'out_height' },
    { input: 'in_width', kernel: 'kernel_width', output: 'out_width' },
  ],
};

export type SpatialRank = 1 | 2 | 3;

interface SpatialRoles {
  readonly input: Role;
  readonly kernel: Role;
  readonly output: Role;
}

const NAMELESS: SpatialRoles = { input: 'elements', kernel: 'elements', output: 'elements' };

/** The quantities of one axis; of an axis too many, plain numbers of elements. */
export function spatialRoles(rank: SpatialRank, axis: number): SpatialRoles {
  return SPATIAL[rank][axis] ?? NAMELESS;
}

/** Padding on the two sides of one dimension. */
export interface Sides {
  readonly before: number;
  readonly after: number;
}

/** A window that slides along one dimension. */
export interface Sliding extends Sides {
  readonly size: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
}

/** How many places a window takes: `⌊(size + padding − dilation·(kernel − 1) − 1) / stride⌋ + 1`. */
export function slidingSize({ size, kernel, stride, dilation, before, after }: Sliding): number {
  return Math.floor((size + before + after - dilation * (kernel - 1) - 1) / stride) + 1;
}

/** The same as a formula, leaving out what changes nothing: no padding, a dilation of 1. */
export function slidingFormula(rank: SpatialRank, axis: number, sliding: Sliding): Formula {
  const roles = spatialRoles(rank, axis);
  const { size, kernel, stride, dilation } = sliding;
  const length = quantity(roles.kernel, kernel);
  const span =
    dilation === 1
      ? length
      : sum(product(quantity('dilation', dilation), difference(length, literal(1))), literal(1));
  const steps = quotient(
    difference(padded(quantity(roles.input, size), sliding), span),
    quantity('stride', stride),
  );
  return sum(floor(steps), literal(1));
}

function padded(size: Formula, { before, after }: Sides): Formula {
  if (before === 0 && after === 0) return size;
  if (before === after) return sum(size, product(literal(2), quantity('padding', before)));
  return sum(size, quantity('padding', before), quantity('padding', after));
}

/** `in_channels / groups`, or just `in_channels` of one group. */
export function channelsPerGroup(
  channels: number,
  groups: number,
  role: 'in_channels' | 'out_channels' = 'in_channels',
): Formula {
  const all = quantity(role, channels);
  return groups === 1 ? all : quotient(all, quantity('groups', groups));
}
