import { foreignCall, isValue } from '@tensormark/frameworks';
import type { Value } from '@tensormark/frameworks';

/** Whether two values are one array: `table.values` is, each time it is written, and so is a name that nothing here defines. */
export function isSameArray(one: Value, other: Value): boolean {
  if (one === other) return true;
  if (one.made.kind === 'attribute' && other.made.kind === 'attribute')
    return one.made.name === 'values' && other.made.name === 'values' && one.inputs[0] === other.inputs[0];
  return isUnbound(one) && isUnbound(other) && one.span?.text === other.span?.text;
}

function isUnbound({ made, span }: Value): boolean {
  return made.kind === 'unknown' && made.reason === 'unbound' && /^\w+$/.test(span?.text ?? '');
}

/** Whether it is a part of a split of that array. */
export function isPartOf(part: Value, whole: Value): boolean {
  return splitOf(part)?.args.positional.some((datum) => datum === whole) === true;
}

/** Whether they are parts of one array that was split: what is learned from, what is tested with. */
export function areParts(one: Value, other: Value): boolean {
  const [split, index] = placeIn(one);
  const [second, at] = placeIn(other);
  return (
    split !== undefined &&
    split === second &&
    splitOf(one) !== undefined &&
    index !== undefined &&
    at !== undefined &&
    Math.floor(index / 2) === Math.floor(at / 2)
  );
}

function placeIn({ made }: Value): readonly [of: Value | undefined, index: number | undefined] {
  if (made.kind !== 'operation' || made.name !== 'unpacked') return [undefined, undefined];
  const [of, index] = made.args.positional;
  return [isValue(of) ? of : undefined, typeof index === 'bigint' ? Number(index) : undefined];
}

function splitOf(part: Value): ReturnType<typeof foreignCall> {
  const [of] = placeIn(part);
  const call = foreignCall(of);
  return call !== undefined && /(^|\.)train_test_split$/.test(call.name) ? call : undefined;
}
