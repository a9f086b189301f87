import { hangsOnSize, isFollowed } from '../common-errors.js';
import type { ErrorRaised, ProgramEvent } from '../events.js';
import { Value } from '../value.js';
import type { Datum } from '../value.js';
import type { World } from './world.js';

/**
 * What PyTorch refuses because two sizes that follow from the network's own are not the same, with the numbers that are meant: rows
 * and examples are none of them.
 */
const OF_SIZES: readonly RegExp[] = [
  /^mat1 and mat2 shapes cannot be multiplied \(\d+x(\d+) and (\d+)x\d+\)/,
  /^Given groups=.* to have (\d+) channels, but got (\d+) channels/,
  /^Expected (\d)D .*input to conv/,
  /^Sizes of tensors must match.* Expected size (\d+) but got size (\d+)/,
  /^Tensors must have same number of dimensions: got (\d+) and (\d+)/,
  /^running_mean should contain (\d+) elements not (\d+)/,
  /^input\.size\(-1\) must be equal to input_size\. Expected (\d+), got (\d+)/,
  /^Given normalized_shape=\[(\d+)\].* input of size\[.*, (\d+)\]/,
];

/** Where something was refused, and the numbers that are spoken of. */
export interface Refusal {
  readonly start: number;
  readonly numbers: readonly bigint[];
}

/** Where a run first comes to such a refusal, and the numbers that it speaks of; undefined where it does not, or not all before was known. */
export function refusal(events: readonly ProgramEvent[]): Refusal | undefined {
  const error = events.find((event): event is ErrorRaised => event.kind === 'error');
  if (error?.from !== 'torch' || hangsOnSize(error) || isOfMaps(error)) return undefined;
  const [numbers] = OF_SIZES.flatMap((pattern) => {
    const [, ...found] = pattern.exec(error.message) ?? [];
    return found.length === 0 ? [] : [found.map(BigInt)];
  });
  if (!isFollowed(events)) return undefined;
  const start = (error.moment.span ?? error.module?.span)?.start;
  return start === undefined || numbers === undefined ? undefined : { start, numbers };
}

/** Refusals of a table or a linear layer whose rows are counted for pictures of one size. */
const OF_TABLES = /^The size of tensor a|shapes cannot be multiplied/;

/** Whether PyTorch refuses such a thing in a run of which all before is known. */
export function isRefused(events: readonly ProgramEvent[]): boolean {
  const error = events.find((event): event is ErrorRaised => event.kind === 'error');
  return error?.from === 'torch' && OF_TABLES.test(error.message) && isFollowed(events);
}

/** Whether maps are joined, whose height and width hang on those of the picture. */
function isOfMaps({ message, args }: ErrorRaised): boolean {
  const [list] = args?.positional ?? [];
  return (
    message.startsWith('Sizes of tensors must match') &&
    Array.isArray(list) &&
    list.some((one: Datum) => one instanceof Value && (one.shape?.length ?? 4) > 3)
  );
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
