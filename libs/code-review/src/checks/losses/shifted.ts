import { offsetOf } from '@tensormark/frameworks';
import type { Datum, Value } from '@tensormark/frameworks';
import { behindNamed, makerOf } from '../../ask/ancestry.js';

/** A piece of a sequence: from where on, and along which dimension. */
export interface Piece {
  /** The whole that it is a piece of. */
  readonly whole: Value;
  readonly along: number;
  /** Where it begins: a number, and what it is counted from if not from the beginning. */
  readonly from: number;
  readonly of: Value | undefined;
  /** Where it ends, where that is a number: counted from the end of the whole if it is negative. */
  readonly to: number | undefined;
  /** Whether it may go on to the end of the whole. */
  readonly isOpen: boolean;
}

/** The piece of a sequence that a value is: `x[:, 1:]`, `x[:-1]`, `x[i + 1 : i + 1 + n]`. */
export function pieceOf({ made, inputs }: Value): Piece | undefined {
  const [whole] = inputs;
  if (made.kind !== 'operation' || made.name !== 'getitem' || whole === undefined) return undefined;
  const [, key] = made.args.positional;
  const parts: readonly Datum[] = Array.isArray(key) ? key : key === undefined ? [] : [key];
  const slices = parts.flatMap((part, along) => {
    const held = typeof part === 'object' && part !== null && 'holds' in part ? part.holds : undefined;
    if (held?.kind !== 'slice' || (held.start === null && held.stop === null)) return [];
    return [{ ...held, along }];
  });
  const [slice, more] = slices;
  if (slice === undefined || more !== undefined || (slice.step !== null && slice.step !== 1n))
    return undefined;
  const { start, stop, along } = slice;
  const to = typeof stop === 'bigint' ? Number(stop) : undefined;
  const place = { whole, along, to, isOpen: stop === null };
  if (start === null) return { ...place, from: 0, of: undefined };
  if (typeof start === 'bigint') return { ...place, from: Number(start), of: undefined };
  const offset = offsetOf(start);
  return offset && { ...place, from: offset.by, of: offset.of };
}

/** What leaves a sequence as it is, and what several are put together by, of which the first stands for all. */
const CARRIES =
  /^(view|reshape|flatten|contiguous|to|long|cuda|clone|transpose|permute|t|tensor|as_tensor|from_numpy|LongTensor|array|asarray|astype|stack|comprehension)$/;

/** The piece of a sequence that a value is, behind moves, and behind the batch that examples are put together to. */
export function pieceBehind(value: Value): Piece | undefined {
  let current: Value | undefined = value;
  for (let depth = 0; current !== undefined && depth < 12; depth++) {
    const piece = pieceOf(current);
    if (piece !== undefined) return piece;
    if (current.made.kind !== 'batch' && !CARRIES.test(makerOf(current))) return undefined;
    [current] = current.inputs;
  }
  return undefined;
}

/** Whether one piece begins one place before another of the same sequence. */
export function isPlaceBefore(one: Piece, other: Piece): boolean {
  return (
    one.along === other.along &&
    other.from - one.from === 1 &&
    isSamePlace(one.of, other.of) &&
    moved(one.whole) === moved(other.whole)
  );
}

/** One unknown number, or the same element of the same list, gone over twice. */
function isSamePlace(one: Value | undefined, other: Value | undefined): boolean {
  if (one === other) return true;
  if (one === undefined || other === undefined) return false;
  const [list] = one.inputs;
  return (
    /^(element|getitem)$/.test(makerOf(one)) &&
    makerOf(one) === makerOf(other) &&
    list !== undefined &&
    list === other.inputs[0]
  );
}

/** What a value is behind moves. */
export function moved(value: Value): Value {
  return behindNamed(value, /^(to|cuda|long|contiguous)$/, 6);
}
