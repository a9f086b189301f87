import type { Argument, CallNode } from '@tensormark/network';
import { given, opaque, type Axis } from './axes.js';

/** Runs of axes before and after a view that hold the same elements: `512, 7, 7` and `25088`. */
export interface Regrouping {
  readonly before: readonly Axis[];
  readonly after: readonly number[];
}

/** Which axes a view merges or splits; undefined where the shapes don't hold the same number of elements. */
export function regroup(
  before: readonly Axis[],
  after: readonly number[],
): readonly Regrouping[] | undefined {
  const groups: { before: Axis[]; after: number[] }[] = [];
  let from = 0;
  let to = 0;
  while (from < before.length && to < after.length) {
    const group: { before: Axis[]; after: number[] } = { before: [], after: [] };
    let left = 0;
    let right = 0;
    do {
      if (left <= right && from < before.length) {
        const axis = before[from++];
        if (axis === undefined) return undefined;
        group.before.push(axis);
        left = (left === 0 ? 1 : left) * axis.size;
      } else if (to < after.length) {
        const size = after[to++] ?? 1;
        group.after.push(size);
        right = (right === 0 ? 1 : right) * size;
      } else return undefined;
    } while (left !== right);
    groups.push(group);
  }
  const last = groups.at(-1);
  for (; from < before.length; from++) {
    const axis = before[from];
    if (axis === undefined || axis.size !== 1) return undefined;
    last?.before.push(axis);
  }
  for (; to < after.length; to++) {
    if (after[to] !== 1) return undefined;
    groups.push({ before: [], after: [1] });
  }
  return groups;
}

/** In which order an operation puts its input's axes; undefined where it is none that only arranges. */
export function permutationOf({ operation, call }: CallNode, rank: number): readonly number[] | undefined {
  const order = Array.from({ length: rank }, (_, axis) => axis);
  const { arguments: bound } = call;
  const swap = (a: number, b: number): readonly number[] =>
    order.map((axis) => (axis === a ? b : axis === b ? a : axis));
  switch (operation) {
    case 'permute':
      return integers(bound['dims'])?.map((dim) => fromFront(dim, rank));
    case 'transpose': {
      const [a] = integers(bound['dim0']) ?? [];
      const [b] = integers(bound['dim1']) ?? [];
      return a === undefined || b === undefined ? undefined : swap(fromFront(a, rank), fromFront(b, rank));
    }
    case 't':
      return order.toReversed();
    default:
      return undefined;
  }
}

/** The dimension or dimensions that a call names: `dim` of a mean. */
export function dimsOf({ call }: CallNode, rank: number): readonly number[] | undefined {
  return integers(call.arguments['dim'])?.map((dim) => fromFront(dim, rank));
}

function fromFront(dim: number, rank: number): number {
  return dim < 0 ? dim + rank : dim;
}

function integers(value: Argument | undefined): readonly number[] | undefined {
  if (typeof value === 'bigint') return [Number(value)];
  if (!Array.isArray(value)) return undefined;
  const items: readonly Argument[] = value;
  const flat = items.flatMap((item) => (Array.isArray(item) ? (item as readonly Argument[]) : [item]));
  return flat.every((item) => typeof item === 'bigint') ? flat.map(Number) : undefined;
}

/**
 * The axes of an output whose elements stem from inputs of other or equal shape: an axis of the same size goes through,
 * any other is new. `removed` are axes of the first input that a reduction takes away.
 */
export function aligned(
  output: readonly number[],
  inputs: readonly (readonly Axis[])[],
  removed: readonly number[] | undefined,
): readonly Axis[] {
  const [first = []] = inputs;
  const same = inputs.filter((axes) => axes.length === output.length);
  if (same.length > 0) return output.map((size, at) => throughOrNew(size, at, same));
  if (output.length < first.length) {
    const kept = removed === undefined ? [] : first.filter((_, at) => !removed.includes(at));
    if (matches(kept, output)) return kept;
    return (
      subsequence(first, output) ?? opaque({ shape: output, dtype: 'float32' }, isBatched(first, output))
    );
  }
  const positions = placesIn(output, first);
  if (positions === undefined) return opaque({ shape: output, dtype: 'float32' }, isBatched(first, output));
  return output.map((size, at) => {
    const from = positions.indexOf(at);
    return (from < 0 ? undefined : first[from]) ?? given('size', size);
  });
}

function throughOrNew(size: number, at: number, inputs: readonly (readonly Axis[])[]): Axis {
  const candidates = inputs.flatMap((axes) => axes[at] ?? []);
  const [label] = candidates;
  return (
    candidates.find((axis) => axis.size === size && axis.draft !== null) ??
    candidates.find((axis) => axis.size === size) ??
    given(label?.label ?? 'size', size)
  );
}

function matches(axes: readonly Axis[], sizes: readonly number[]): boolean {
  return axes.length === sizes.length && axes.every(({ size }, at) => size === sizes[at]);
}

/** The first axes in order that have these sizes. */
function subsequence(axes: readonly Axis[], sizes: readonly number[]): readonly Axis[] | undefined {
  const found: Axis[] = [];
  for (const axis of axes) if (axis.size === sizes[found.length]) found.push(axis);
  return found.length === sizes.length ? found : undefined;
}

/** Where in longer sizes the axes stand, in order. */
function placesIn(sizes: readonly number[], axes: readonly Axis[]): readonly number[] | undefined {
  const places: number[] = [];
  for (const [at, size] of sizes.entries()) if (axes[places.length]?.size === size) places.push(at);
  return places.length === axes.length ? places : undefined;
}

function isBatched([first]: readonly Axis[], [size]: readonly number[]): boolean {
  return first?.label === 'batch' && size === first.size;
}
