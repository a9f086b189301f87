import { isValue } from '@tensormark/frameworks';
import type { Datum, Value } from '@tensormark/frameworks';
import { makerOf } from '../../ask/ancestry.js';
import { spreadOut } from '../../ask/makings.js';
import { isSame } from './rows-swapped.js';

/** What keeps the first dimension as it is, each of its rows worked on alone. */
const BY_ROW =
  /^(bmm|matmul|baddbmm|softmax|Softmax|dropout|Dropout|masked_fill|masked_fill_|div|mul|relu|contiguous|clone|to|float|type_as)$/;

/**
 * Where two dimensions were joined to the first, [a * b, …], and a view takes them apart as [b, a, …]: the tensor before they
 * were joined; otherwise undefined.
 */
export function splitOtherwise(value: Value, to: readonly Datum[]): Value | undefined {
  if (to.length < 3) return undefined;
  let current: Value | undefined = value;
  for (let depth = 0; current !== undefined && depth < 16; depth++) {
    const joined = joinedIn(current);
    if (joined !== undefined) {
      const [first, second] = joined.dimensions;
      const isOtherwise =
        isSame(first, to[1]) && isSame(second, to[0]) && !isSame(first, to[0]) && !isSame(second, to[1]);
      return isOtherwise ? joined.before : undefined;
    }
    if (!BY_ROW.test(makerOf(current))) return undefined;
    [current] = current.inputs;
  }
  return undefined;
}

/** The two dimensions that a view joined to the first of what it gives. */
function joinedIn({
  made,
}: Value): { readonly before: Value; readonly dimensions: readonly [Datum, Datum] } | undefined {
  if (made.kind !== 'operation' || !/^(view|reshape)$/.test(made.name)) return undefined;
  const [before] = made.args.positional;
  const sizes = spreadOut(made.args.positional.slice(1));
  const dimensions = isValue(before) ? dimensionsOf(before) : undefined;
  if (!isValue(before) || dimensions?.length !== sizes.length + 1) return undefined;
  const [first, second, ...others] = dimensions;
  if (first === undefined || second === undefined || isOpen(first) || isOpen(second)) return undefined;
  const areKept = others.every((size, at) => {
    const kept = sizes[at + 1];
    return isOpen(size) || kept === undefined || isOpen(kept) || isSame(size, kept);
  });
  return areKept ? { before, dimensions: [first, second] } : undefined;
}

/** The sizes of a tensor's dimensions as the views and turns before it say, -1 where one is open. */
function dimensionsOf(value: Value, depth = 0): readonly Datum[] | undefined {
  const { made } = value;
  if (made.kind !== 'operation' || depth > 6) return undefined;
  const [of] = made.args.positional;
  const given = spreadOut(made.args.positional.slice(1));
  if (/^(view|reshape)$/.test(made.name)) return given;
  const before = isValue(of) ? dimensionsOf(of, depth + 1) : undefined;
  if (before === undefined) return undefined;
  if (made.name === 'contiguous') return before;
  const places = given.map((at) => (typeof at === 'bigint' ? Number(at) : Number.NaN));
  const rank = before.length;
  const at = (place = Number.NaN): number => (place < 0 ? place + rank : place);
  if (made.name === 'permute' && places.length === rank) {
    const turned = places.flatMap((place) => before[at(place)] ?? []);
    return turned.length === rank ? turned : undefined;
  }
  if (made.name !== 'transpose' || places.length !== 2) return undefined;
  const [one, other] = [at(places[0]), at(places[1])];
  const [left, right] = [before[one], before[other]];
  return left === undefined || right === undefined ? undefined : before.with(one, right).with(other, left);
}

function isOpen(size: Datum): boolean {
  return size === -1n;
}
