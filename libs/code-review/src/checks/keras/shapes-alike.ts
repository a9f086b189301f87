import type { Example } from '@tensormark/frameworks';

/** Whether two shapes are one, as far as they are known. */
export function same(one: Example, other: Example): boolean {
  return (
    one.length === other.length &&
    one.every((size, axis) => size === undefined || other[axis] === undefined || size === other[axis])
  );
}

/** Whether it is what is wanted; a single number an example is taken for a row of one everywhere. */
export function isAlike(wanted: Example, given: Example): boolean {
  return (
    same(wanted, given) ||
    (given.length === 0 && agrees(wanted, given)) ||
    (wanted.length > given.length && wanted.at(-1) === undefined)
  );
}

/** Keras adds or takes away a last dimension of 1 by itself. */
export function agrees(wanted: Example, given: Example): boolean {
  const last = (shape: Example): boolean => shape.at(-1) === 1 || shape.at(-1) === undefined;
  if (wanted.length === given.length + 1 && last(wanted)) return same(wanted.slice(0, -1), given);
  if (given.length === wanted.length + 1 && last(given)) return same(wanted, given.slice(0, -1));
  return false;
}
