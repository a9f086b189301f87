import { isValue } from '@tensormark/frameworks';
import type { Datum, Value } from '@tensormark/frameworks';
import { makerOf } from '../../ask/ancestry.js';

/** What makes one row of one row, whatever the row is. */
const BY_ROW =
  /^(mm|matmul|Linear|linear|exp|tanh|Tanh|relu|ReLU|sigmoid|Sigmoid|leaky_relu|LeakyReLU|div|mul|add|sub|neg|dropout|Dropout|squeeze|unsqueeze|softmax|log_softmax)$/;

/**
 * Rows [a * b], flattened of [a, b, …] and worked on one by one, laid out as [b, a]: where what was flattened is known, and
 * otherwise undefined.
 */
export function flattenedOtherwise(rows: Value, to: readonly number[]): Value | undefined {
  const [first = 0, second = 0, ...rest] = to;
  if (first < 2 || second < 2 || first === second || rest.some((size) => size !== 1)) return undefined;
  let current: Value | undefined = rows;
  for (let depth = 0; current !== undefined && depth < 12; depth++) {
    const { shape, inputs }: Value = current;
    if (shape?.[0] !== first * second) return undefined;
    const before: Value | undefined = inputs[0];
    if (/^(view|reshape|flatten)$/.test(makerOf(current))) {
      const whole = before?.shape;
      return whole !== undefined && whole.length >= 2 && whole[0] === second && whole[1] === first
        ? before
        : undefined;
    }
    if (!BY_ROW.test(makerOf(current))) return undefined;
    current = before;
  }
  return undefined;
}

/** Whether two sizes are the same number, known or not. */
export function isSame(one: Datum | undefined, other: Datum | undefined): boolean {
  if (!isValue(one) || !isValue(other)) return one !== undefined && one === other;
  // `x.size(1)` asked twice of the same tensor is the same size.
  return (
    one === other ||
    (one.span?.text === other.span?.text &&
      one.inputs[0] === other.inputs[0] &&
      makerOf(one) === makerOf(other) &&
      /^(size|getitem)$/.test(makerOf(one)))
  );
}

/** Which tensor's dimension a number is the size of: of `t.size(1)`, `t.shape[1]`, and `b, t, c = t.shape`, 1 of `t`. */
export function sizedBy(
  datum: Datum | undefined,
): { readonly tensor: Value; readonly dimension: number } | undefined {
  if (!isValue(datum) || datum.made.kind !== 'operation') return undefined;
  const { name, args } = datum.made;
  if (name !== 'size' && name !== 'unpacked' && name !== 'getitem') return undefined;
  const [from, index] = args.positional;
  if (!isValue(from) || typeof index !== 'bigint') return undefined;
  if (name === 'size') return { tensor: from, dimension: Number(index) };
  const isShape =
    from.made.kind === 'attribute' ? from.made.name === 'shape' : /^(shape|size)$/.test(makerOf(from));
  const [tensor] = from.inputs;
  return isShape && tensor !== undefined ? { tensor, dimension: Number(index) } : undefined;
}

/** Which dimension of this tensor a number is the size of. */
export function ownDimension(datum: Datum, of: Value): number | undefined {
  const sized = sizedBy(datum);
  return sized?.tensor === of ? sized.dimension : undefined;
}

/** Which dimensions of a tensor a number is the size of, several where they are multiplied: `h * w`. */
function ownDimensions(datum: Datum, of: Value): readonly number[] {
  const own = ownDimension(datum, of);
  if (own !== undefined) return [own];
  if (!isValue(datum) || datum.made.kind !== 'operation' || datum.made.name !== 'mul') return [];
  const [one, other] = datum.made.args.positional.map((factor) => ownDimensions(factor, of));
  return one === undefined || other === undefined || one.length === 0 || other.length === 0
    ? []
    : [...one, ...other];
}

/**
 * Whether sizes are a tensor's own in another order, at least three of them and at most one left open: `t.view(b, h, l, -1)`,
 * `t.view(b, h * w, c)`.
 */
export function areOwnInOtherOrder(value: Value, to: readonly Datum[]): boolean {
  let open = 0;
  const own: number[] = [];
  for (const size of to) {
    if (size === -1n) {
      if (++open > 1) return false;
      continue;
    }
    const dimensions = ownDimensions(size, value);
    if (dimensions.length === 0) return false;
    // A product is the same in any order: `w * h` is `h * w`.
    own.push(...dimensions.toSorted((a, b) => a - b));
  }
  if (own.length < 3) return false;
  if (new Set(own).size !== own.length || own.some((dimension) => dimension < 0)) return false;
  return own.some((dimension, at) => at > 0 && dimension < (own[at - 1] ?? 0));
}

/**
 * Whether one size left open takes in what is on both sides of a dimension that keeps its size: of [b, c, h, w],
 * `t.view(b, -1, h, 1)` joins c and w over h.
 */
export function joinsOver(
  value: Value,
  to: readonly Datum[],
  dimensionOf: (size: Datum, at: number) => number | undefined = (size) => ownDimension(size, value),
): boolean {
  const rank = value.shape?.length ?? rankOfMaps(value);
  const open = to.indexOf(-1n);
  if (rank === undefined || open < 1 || to.filter((size) => size === -1n).length > 1) return false;
  const before = to.slice(0, open).map(dimensionOf);
  const after = to.slice(open + 1).filter((size) => size !== 1n);
  const [kept] = after.map((size) => dimensionOf(size, to.indexOf(size, open)));
  return (
    after.length === 1 &&
    kept !== undefined &&
    before.every((dimension, at) => dimension === at) &&
    kept > before.length &&
    kept < rank - 1
  );
}

/** Whether maps are to have their channels last, all places joined before them: `t.view(b, -1, c)` of [b, c, h, w]. */
export function areChannelsBehind(value: Value, to: readonly Datum[]): boolean {
  const rank = value.shape?.length ?? rankOfMaps(value);
  const [rows, open, channels, ...more] = to;
  if (rank === undefined || rank < 3 || rows === undefined || channels === undefined) return false;
  return (
    open === -1n &&
    more.length === 0 &&
    ownDimension(rows, value) === 0 &&
    ownDimension(channels, value) === 1
  );
}

/** How many dimensions the maps have that a value is, by the layer that made them. */
export function rankOfMaps(value: Value): number | undefined {
  let current: Value | undefined = value;
  for (let depth = 0; current !== undefined && depth < 12; depth++) {
    const name = makerOf(current);
    const dimensions =
      /^(?:(?:Conv|ConvTranspose|MaxPool|AvgPool|AdaptiveMaxPool|AdaptiveAvgPool|(?:adaptive_)?(?:max|avg)_pool|conv)([123])d|BatchNorm([23])d)$/.exec(
        name,
      );
    if (dimensions !== null) return Number(dimensions[1] ?? dimensions[2]) + 2;
    if (
      !/^(relu|ReLU|LeakyReLU|leaky_relu|ELU|GELU|tanh|sigmoid|Dropout|Dropout2d|dropout|contiguous)$/.test(
        name,
      )
    )
      return undefined;
    [current] = current.inputs;
  }
  return undefined;
}

/** Whether the sizes that are not 1 are the same in another order, three of them or more. */
export function areSameSizesMoved(shape: readonly number[], reshaped: readonly number[]): boolean {
  if (shape.length !== reshaped.length) return false;
  const [from, to] = [shape.filter((size) => size !== 1), reshaped.filter((size) => size !== 1)];
  const ordered = (sizes: readonly number[]): string => sizes.toSorted((a, b) => a - b).join();
  return from.length >= 3 && from.join() !== to.join() && ordered(from) === ordered(to);
}
