import { argument, isValue, kerasCall } from '@tensormark/frameworks';
import type { Datum, KerasNetwork, Value } from '@tensormark/frameworks';
import { areParts, isPartOf, isSameArray } from '../../ask/same-array.js';

/**
 * Whether the last size that a network says of an example is the width of the very table that it is given: `(1, x.shape[1])`. That is
 * no 1 which Keras would add by itself.
 */
export function isOwnWidth({ steps, value }: KerasNetwork, x: Datum | undefined): boolean {
  const start =
    kerasCall(value)?.name === 'Model' ? argument(kerasCall(value)?.args ?? NONE, 'inputs', 0) : undefined;
  const said =
    steps[0]?.layer?.args.named.get('input_shape') ??
    (isValue(start) ? argument(kerasCall(start)?.args ?? NONE, 'shape', 0) : undefined);
  const last: Datum | undefined = Array.isArray(said) ? said.at(-1) : undefined;
  const of = isValue(last) ? widthOf(last) : undefined;
  return of !== undefined && isValue(x) && (isSameArray(x, of) || areParts(x, of) || isPartOf(x, of));
}

const NONE = { positional: [], named: new Map<string, Datum>() };

/** The array of `x.shape[1]`. */
function widthOf({ made }: Value): Value | undefined {
  if (made.kind !== 'operation' || (made.name !== 'getitem' && made.name !== 'unpacked')) return undefined;
  const [shape, axis] = made.args.positional;
  if (!isValue(shape) || shape.made.kind !== 'attribute' || shape.made.name !== 'shape') return undefined;
  return axis === 1n || axis === -1n ? shape.inputs[0] : undefined;
}
