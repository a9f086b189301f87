import { argument, gatheredFrom, isValue } from '@tensormark/frameworks';
import type { CallArguments, Datum, Value } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';

/** What may differ between two readings of the same data: how they are batched, mixed and changed. */
const ONLY_HOW = /augment|shuffl|repeat|batch|cache|drop|prefetch|seed|buffer|verbose|worker|parallel/i;

/** What picks a part of the data by a word of its own. */
const PICKS = /subset|split|partition|phase|mode|fold|part/i;

/** Whether two data sets or generators go over the very same examples. */
export function areOfSameSource(one: Datum | undefined, other: Datum | undefined): boolean {
  if (!isValue(one) || !isValue(other)) return false;
  if (one === other) return true;
  const gathered = gatheredFrom(one);
  if (isValue(gathered) && gatheredFrom(other) === gathered) return true;
  if (one.made.kind !== 'operation' || other.made.kind !== 'operation' || one.made.name !== other.made.name)
    return false;
  switch (one.made.name) {
    case 'flow':
      return isOfSame(one.made.args, other.made.args);
    case 'call':
      return isReadAlike(one, other);
    default:
      return false;
  }
}

/** Whether two generators of pictures are given the same array, and no part of it. */
function isOfSame(one: CallArguments, other: CallArguments): boolean {
  const of = argument(one, 'x', 1);
  return (
    isValue(of) &&
    of === argument(other, 'x', 1) &&
    [one, other].every(({ named }) => ![...named.keys()].some((key) => PICKS.test(key)))
  );
}

/** `make(train_files, augment=True)` and `make(train_files, augment=False)`: the same examples, read by the same function. */
function isReadAlike({ made, span }: Value, other: Value): boolean {
  if (made.kind !== 'operation' || other.made.kind !== 'operation') return false;
  const [one, two] = [made.args, other.made.args];
  const [read, ...given] = one.positional;
  if (read !== two.positional[0] || one.positional.length !== two.positional.length) return false;
  const keys = new Set([...one.named.keys(), ...two.named.keys()]);
  return (
    // A function that draws its examples gives others each time that it is called.
    /train/i.test(span?.text ?? '') &&
    given.some((datum) => isValue(datum)) &&
    given.every((datum, at) => datum === two.positional[at + 1]) &&
    [...keys].every(
      (key) => one.named.get(key) === two.named.get(key) || (ONLY_HOW.test(key) && !PICKS.test(key)),
    )
  );
}

/** Whether two arguments are written as the same call of something that speaks of training: each time it begins anew. */
export function areSameCalls(one: tree.Expression | undefined, other: tree.Expression | undefined): boolean {
  return (
    one?.kind === 'Call' &&
    other?.kind === 'Call' &&
    one.span.text.replaceAll(/\s/g, '') === other.span.text.replaceAll(/\s/g, '') &&
    /train/i.test(one.span.text)
  );
}
