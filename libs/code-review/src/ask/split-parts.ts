import { foreignCall, isValue } from '@tensormark/frameworks';
import type { Datum, Value } from '@tensormark/frameworks';

/** One of the parts that a call of `train_test_split` gives: of each array two, one after the other. */
export interface SplitPart {
  readonly by: Value;
  readonly index: number;
  /** The array that was split. */
  readonly of: Datum | undefined;
}

/** Which part of a split something is; undefined for what is none. */
export function splitPartOf(datum: Datum | undefined): SplitPart | undefined {
  if (!isValue(datum) || datum.made.kind !== 'operation' || datum.made.name !== 'unpacked') return undefined;
  const [by, index] = datum.made.args.positional;
  const split = foreignCall(by);
  if (!isValue(by) || typeof index !== 'bigint' || !/(^|\.)train_test_split$/.test(split?.name ?? ''))
    return undefined;
  return { by, index: Number(index), of: split?.args.positional[Number(index / 2n)] };
}

/** Whether two parts are the two of one array: its rows to learn from and its rows to test with. */
export function areOfOneArray(one: SplitPart, other: SplitPart): boolean {
  return (
    one.by === other.by &&
    one.index !== other.index &&
    Math.floor(one.index / 2) === Math.floor(other.index / 2)
  );
}
