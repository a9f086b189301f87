import type { Rational } from '@tensormark/arithmetic';
import { accepts } from '../reference/acceptance.js';
import type { Asked } from '../reference/reference.js';
import type { Claim } from './claim.js';

/** The numbers of a shape in the order of the nodes that they answer: channels first, unless more agree the other way. */
export function inOrderOf(
  asked: Asked,
  { sizes }: Claim,
  expected: readonly Rational[],
): readonly Rational[] | undefined {
  if (sizes === null) return undefined;
  const given = asked.form === 'shape' && sizes.length === expected.length + 1 ? sizes.slice(1) : sizes;
  if (given.length !== expected.length) return undefined;
  const last = given.at(-1);
  if (asked.form !== 'shape' || last === undefined) return given;
  const turned = [last, ...given.slice(0, -1)];
  return agreeing(asked, turned, expected) > agreeing(asked, given, expected) ? turned : given;
}

/** How many of some sizes are the expected ones. */
export function agreeing(
  { accept }: Asked,
  sizes: readonly Rational[],
  expected: readonly Rational[],
): number {
  return sizes.filter((size, at) => {
    const wanted = expected[at];
    return wanted !== undefined && accepts(accept, wanted, size);
  }).length;
}
