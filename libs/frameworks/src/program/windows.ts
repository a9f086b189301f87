import { Value } from './value.js';
import type { Datum } from './value.js';

/** How long a slice is of which the beginning is not known and the end lies so much further. */
export function windowLength(key: Datum | undefined): number | undefined {
  if (typeof key !== 'object' || key === null || !('kind' in key) || key.kind !== 'other') return undefined;
  const { holds } = key;
  if (holds?.kind !== 'slice' || holds.step !== null) return undefined;
  const [from, to] = [offsetOf(holds.start), offsetOf(holds.stop)];
  if (from === undefined || to === undefined || from.of !== to.of) return undefined;
  const length = to.by - from.by;
  return length > 0 ? length : undefined;
}

/** A number as something unknown and how much further. */
export function offsetOf(
  datum: Datum,
  by = 0,
  depth = 0,
): { readonly of: Value; readonly by: number } | undefined {
  if (!(datum instanceof Value) || depth > 4) return undefined;
  const { made } = datum;
  if (made.kind !== 'operation' || (made.name !== 'add' && made.name !== 'sub')) return { of: datum, by };
  const [left, right] = made.args.positional;
  const sign = made.name === 'add' ? 1 : -1;
  if (typeof right === 'bigint' && left !== undefined)
    return offsetOf(left, by + sign * Number(right), depth + 1);
  if (typeof left === 'bigint' && right !== undefined && sign === 1)
    return offsetOf(right, by + Number(left), depth + 1);
  return { of: datum, by };
}
