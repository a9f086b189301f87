import { argument, Value } from '../../program/value.js';
import type { CallArguments, Datum } from '../../program/value.js';
import { layerOf } from './layers.js';
import { application, kerasCall, wholeOf } from './names.js';
import type { Example } from './shapes.js';

/** Tensors of a graph of layers that are put side by side, or combined element by element. */
export interface Merge {
  readonly kind: 'joined' | 'combined';
  /** The word that the program has for it: `Concatenate`, `add`. */
  readonly name: string;
  readonly parts: readonly Value[];
  /** Along which axis of an example they are joined, from the end where it is negative. */
  readonly axis: number | undefined;
}

const MERGING = /^(concatenate|merge|add|multiply|average|maximum|minimum|subtract)$/i;
const COMBINED = /^(add|multiply|average|maximum|minimum|subtract)$/i;

/** How a tensor was merged of others, by a layer or a function. */
export function mergeIn(value: Value): Merge | undefined {
  const applied = application(value);
  const call = kerasCall(applied === undefined ? value : applied.callee);
  if (call === undefined || !MERGING.test(call.name)) return undefined;
  if (applied !== undefined && layerOf(applied.callee) === undefined) return undefined;
  const given = applied === undefined ? argument(call.args, 'inputs', 0) : applied.args.positional[0];
  const parts = Array.isArray(given) ? given.filter((part: Datum) => part instanceof Value) : [];
  if (!Array.isArray(given) || given.length < 2 || parts.length !== given.length) return undefined;
  const { name } = call;
  const mode = name === 'merge' ? (argument(call.args, 'mode', 1) ?? 'sum') : undefined;
  if (/^concatenate$/i.test(name) || mode === 'concat') {
    // The function is given the tensors first, that of Keras 1 the mode after them.
    const place = mode === 'concat' ? 2 : applied === undefined ? 1 : 0;
    return { kind: 'joined', name, parts, axis: axisOf(call.args, place) };
  }
  return COMBINED.test(name) || mode === 'sum' || mode === 'mul'
    ? { kind: 'combined', name, parts, axis: undefined }
    : undefined;
}

/** The batch, which examples do not have, is axis 0. */
function axisOf(args: CallArguments, place: number): number | undefined {
  const given = argument(args, 'axis', place) ?? args.named.get('concat_axis');
  const axis = given === undefined ? -1 : wholeOf(given);
  return axis === undefined || axis < 0 ? axis : axis === 0 ? undefined : axis - 1;
}

/** The shape of an example of what parts are merged to. */
export function merged({ kind, axis }: Merge, parts: readonly (Example | undefined)[]): Example | undefined {
  const [first] = parts;
  if (first === undefined || parts.some((part) => part?.length !== first.length)) return undefined;
  if (kind === 'combined')
    return first.map((_, at) => {
      const sizes = parts.map((part) => part?.[at]);
      return sizes.includes(undefined) ? undefined : Math.max(...sizes.map((size) => size ?? 0));
    });
  if (axis === undefined) return undefined;
  const joined = axis < 0 ? axis + first.length : axis;
  return first.map((size, at) =>
    at === joined
      ? parts.reduce<number | undefined>((sum, part) => plus(sum, part?.[at]), 0)
      : (size ?? parts.find((part) => part?.[at] !== undefined)?.[at]),
  );
}

function plus(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : one + other;
}

/** Two shapes that do not go together in a merge. */
export function clashOf(
  { kind, axis }: Merge,
  parts: readonly (Example | undefined)[],
): readonly [Example, Example] | undefined {
  const known = parts.filter((part) => part !== undefined);
  for (const [at, one] of known.entries())
    for (const other of known.slice(at + 1))
      if (kind === 'joined' ? axis !== undefined && !areBeside(one, other, axis) : !areStretched(one, other))
        return [one, other];
  return undefined;
}

function areBeside(one: Example, other: Example, axis: number): boolean {
  const joined = axis < 0 ? axis + one.length : axis;
  return one.length === other.length && one.every((size, at) => at === joined || isAlike(size, other[at]));
}

function areStretched(one: Example, other: Example): boolean {
  const [longer, shorter] = one.length >= other.length ? [one, other] : [other, one];
  const lead = longer.length - shorter.length;
  return shorter.every((size, at) => {
    const beside = longer[at + lead];
    return size === 1 || beside === 1 || isAlike(size, beside);
  });
}

function isAlike(one: number | undefined, other: number | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}
