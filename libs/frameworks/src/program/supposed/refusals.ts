import { hangsOnSize, isFollowed } from '../common-errors.js';
import type { ErrorRaised, ProgramEvent } from '../events.js';
import type { World } from './world.js';

/** What PyTorch refuses because two sizes that follow from the network's own are not the same. */
const OF_SIZES =
  /^(mat1 and mat2 shapes|Expected \dD .*input to conv|Given groups=|Sizes of tensors must match|Tensors must have same number of dimensions|running_mean should contain|input\.size\(-1\) must be equal|Given normalized_shape)/;

/** Where something was refused, and the numbers that are spoken of. */
export interface Refusal {
  readonly start: number;
  readonly numbers: readonly bigint[];
}

/** Where a run first comes to such a refusal, and the numbers that it speaks of; undefined where it does not, or not all before was known. */
export function refusal(events: readonly ProgramEvent[]): Refusal | undefined {
  const error = events.find((event): event is ErrorRaised => event.kind === 'error');
  if (error?.from !== 'torch' || !OF_SIZES.test(error.message) || hangsOnSize(error)) return undefined;
  if (!isFollowed(events)) return undefined;
  const start = (error.moment.span ?? error.module?.span)?.start;
  if (start === undefined) return undefined;
  return { start, numbers: (error.message.match(/\d+/g) ?? []).map(BigInt) };
}

/**
 * Whether another size for one of the names would do: those who use a network may know that one has to be twice another. Tried are the
 * numbers that did not fit, and a few times each size.
 */
export function mayBeMended(
  { sizes }: World,
  numbers: readonly bigint[],
  isMended: (sizes: ReadonlyMap<string, bigint>) => boolean,
): boolean {
  for (const [name, size] of sizes) {
    const others = new Set([...numbers, size * 2n, size * 4n, size / 2n, size / 4n]);
    others.delete(size);
    for (const other of [...others].filter((size) => size > 1n))
      if (isMended(new Map([...sizes, [name, other]]))) return true;
  }
  return false;
}

/** Two names that have to stand for one size for a network to be taken: those of which either can be made the other. */
export function needAlike(
  { sizes }: World,
  numbers: readonly bigint[],
  isMended: (sizes: ReadonlyMap<string, bigint>) => boolean,
): readonly [string, string] | undefined {
  const spoken = [...sizes].filter(([, size]) => numbers.some((number) => number % size === 0n));
  for (const [one, size] of spoken)
    for (const [other, wanted] of spoken)
      if (
        one < other &&
        isMended(new Map([...sizes, [one, wanted]])) &&
        isMended(new Map([...sizes, [other, size]]))
      )
        return [one, other];
  return undefined;
}
