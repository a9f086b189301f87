import { foreignCall } from '../../program/called-name.js';
import { madeBy, Value } from '../../program/value.js';
import type { Datum, OpaqueDatum } from '../../program/value.js';
import { NOTHING } from './array-facts.js';
import type { ArrayFacts, Size } from './array-facts.js';
import { withRows } from './array-shapes.js';
import { wholeOf } from './names.js';

export function isOpaque(datum: Datum | undefined): datum is OpaqueDatum {
  return typeof datum === 'object' && datum !== null && 'kind' in datum && datum.kind === 'other';
}

/** What is known of another array. */
export type Of = (datum: Datum | undefined) => ArrayFacts;

/** `x[:100]`, `x[:, 0:8]`, `x[mask]`, `x[..., None]` */
export function ofItem(self: Datum | undefined, key: Datum | undefined, of: Of): ArrayFacts {
  const isLocated = self instanceof Value && self.made.kind === 'attribute' && self.made.name === 'iloc';
  const facts = of(isLocated ? self.inputs[0] : self);
  const { shape } = facts;
  if (sliceOf(key) !== undefined) return withRows(facts, rowsOf(key, shape?.[0]));
  // `x[None]`: one more axis in front.
  if (key === null) return { ...facts, shape: shape && [1, ...shape] };
  if (Array.isArray(key)) return ofColumns(facts, key);
  if (key instanceof Value && (isOneRow(key) || isDrawnRow(key)))
    return shape === undefined
      ? NOTHING
      : { ...facts, shape: shape.slice(1), targets: undefined, elements: undefined };
  // One row or several.
  if (key instanceof Value && mayBeOneRow(key, of)) return { scale: facts.scale };
  if (key instanceof Value) {
    const classes = of(key).shape;
    // `np.eye(10)[labels]`: a column a class.
    if (
      isOpaque(self) &&
      facts.targets?.kind === 'one-hot' &&
      shape?.[0] === shape?.[1] &&
      classes !== undefined
    )
      return classes.length === 1
        ? { shape: [...classes, shape?.[1]], targets: facts.targets }
        : // A file of one column is a row of labels.
          { shape: classes.every((size) => size === undefined) ? undefined : [...classes, shape?.[1]] };
    // Rows in another order or that a condition picks, unless it is a table, where it may be columns.
    if (isOrderOf(key, self, shape?.[0], of)) return { ...withRows(facts, shape?.[0]), isShuffled: true };
    return facts.set === undefined && facts.split === undefined
      ? { scale: facts.scale }
      : { ...withRows(facts, undefined), isShuffled: true };
  }
  if (typeof key === 'bigint' && shape !== undefined)
    return { ...facts, shape: shape.slice(1), targets: undefined, elements: undefined };
  // One of several texts, of which the words are still numbers of the same table.
  if (typeof key === 'bigint') return { vocabulary: facts.vocabulary };
  return typeof key === 'string' ? ofColumn(facts, key) : NOTHING;
}

/** The number of one row that Python's own `random` draws. */
function isDrawnRow({ made }: Value): boolean {
  return made.kind === 'unknown' && /^random\.(choice|randint|randrange) /.test(made.reason);
}

/** What one row is from another: `i + look_back`. */
const APART = /len|steps?|size|back|window|horizon|lag|ahead|offset|delay|shift|future|period/i;

/** The number of one row, of those that a loop goes over one by one, or of one so far from it. */
function isOneRow({ made }: Value, depth = 0): boolean {
  if (made.kind !== 'operation') return false;
  if (made.name === 'add' || made.name === 'sub') {
    const [one, other] = made.args.positional;
    const isApart =
      typeof other === 'bigint' || (other instanceof Value && APART.test(other.span?.text ?? ''));
    return one instanceof Value && isApart && depth < 4 && isOneRow(one, depth + 1);
  }
  if (made.name !== 'element') return false;
  const [of] = made.args.positional;
  if (!(of instanceof Value) || of.made.kind !== 'operation') return false;
  return (
    of.made.name === 'range' || /^numpy\.(random\.permutation|arange)$/.test(foreignCall(of)?.name ?? '')
  );
}

/** What is picked from somewhere by a place that is not known, as the number of one row may be: `x[places[i]]`. */
function mayBeOneRow({ made }: Value, of: Of): boolean {
  if (made.kind !== 'operation' || made.name !== 'getitem') return false;
  const [from, place] = made.args.positional;
  if (place instanceof Value)
    return !/^(eq|ne|lt|le|gt|ge|and|or|invert)$/.test(madeBy(place)) && (of(place).shape?.length ?? 0) === 0;
  // `np.where(labels == 3)[0]` is all places, of which one is picked.
  return typeof place === 'bigint' && from instanceof Value && madeBy(from) === 'getitem';
}

/** `np.random.permutation(len(x))`, `np.arange(x.shape[0])`: all rows, in another order. */
function isOrderOf(key: Value, self: Datum | undefined, rows: Size, of: Of): boolean {
  const call = foreignCall(key);
  const isOrder =
    call === undefined
      ? key.made.kind === 'operation' && key.made.name === 'arange'
      : /^numpy\.(random\.permutation|arange)$/.test(call.name);
  if (!isOrder || key.made.kind !== 'operation') return false;
  const [count, ...more] = call?.args.positional ?? key.made.args.positional;
  if (!(count instanceof Value) || count.made.kind !== 'operation' || more.length > 0) return false;
  const [from, axis] = count.made.args.positional;
  const counted =
    count.made.name === 'len'
      ? from
      : count.made.name === 'getitem' &&
          axis === 0n &&
          from instanceof Value &&
          from.made.kind === 'attribute' &&
          from.made.name === 'shape'
        ? from.inputs[0]
        : undefined;
  return (
    counted !== undefined && (counted === self || (rows !== undefined && of(counted).shape?.[0] === rows))
  );
}

const AMOUNT = /(^|[_ ])((sale|house|unit)[_ ]?)?prices?$|^(medv|mpg|charges|revenue|median_house_value)$/i;

/** `df['price']`: one column of a table, whose name may say what it is. */
function ofColumn(facts: ArrayFacts, name: string): ArrayFacts {
  if ((facts.scale !== 'raw' && facts.isTable !== true) || facts.set !== undefined) return NOTHING;
  return {
    shape: [undefined],
    isColumn: true,
    ...(AMOUNT.test(name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_')) && {
      targets: { kind: 'real', hasNegative: false, isAmount: true } as const,
    }),
  };
}

/** The slice that is taken of something: `1:` in `x[1:]`. */
export function sliceOf(
  datum: Datum | undefined,
): { readonly start: Datum; readonly stop: Datum; readonly step: Datum } | undefined {
  return isOpaque(datum) && datum.holds?.kind === 'slice' ? datum.holds : undefined;
}

function rowsOf(key: Datum | undefined, rows: Size): Size {
  const slice = sliceOf(key);
  if (slice === undefined) return undefined;
  if (slice.start === null && slice.stop === null) return slice.step === null ? rows : undefined;
  const window = slice.step === null ? windowOf(slice.start, slice.stop) : undefined;
  if (window !== undefined) return window;
  const [start, stop] = [
    slice.start === null ? 0 : wholeOf(slice.start),
    slice.stop === null ? rows : wholeOf(slice.stop),
  ];
  if (start === undefined || stop === undefined || start < 0) return undefined;
  const end =
    stop < 0
      ? rows === undefined
        ? undefined
        : rows + stop
      : rows === undefined
        ? stop
        : Math.min(stop, rows);
  return end === undefined || slice.step !== null ? undefined : Math.max(0, end - start);
}

/** How many rows lie between two places that are so far apart: `i - 60` and `i`. */
function windowOf(start: Datum, stop: Datum): Size {
  const apart = (from: Datum, name: string, other: Datum): Size => {
    if (!(from instanceof Value) || from.made.kind !== 'operation' || from.made.name !== name)
      return undefined;
    const [of, by] = from.made.args.positional;
    return of === other && other instanceof Value ? wholeOf(by) : undefined;
  };
  return apart(start, 'sub', stop) ?? apart(stop, 'add', start);
}

function ofColumns(facts: ArrayFacts, key: readonly Datum[]): ArrayFacts {
  const { shape, scale, set, split, vocabulary } = facts;
  const base = { scale, set, split, vocabulary };
  if (key.every((part) => typeof part === 'string')) return { scale, shape: [undefined, key.length] };
  // Which axes are left is known where all are, and of a table, which has two.
  if (shape === undefined && facts.isTable !== true && scale !== 'raw') return base;
  const sizes: Size[] = [];
  let axis = 0;
  for (const part of key) {
    if (part === null) {
      sizes.push(1);
      continue;
    }
    if (isOpaque(part) && part.type === 'ellipsis') {
      // `...` stands for all dimensions that are not named; it is only followed where the rest adds some, before it or after.
      if (shape !== undefined && part === key.at(-1)) break;
      if (shape === undefined || key.length !== 2 || key[1] !== null) return base;
      return { ...facts, shape: [...shape, 1] };
    }
    if (sliceOf(part) !== undefined) sizes.push(rowsOf(part, shape?.[axis]));
    else if (typeof part !== 'bigint' && !(part instanceof Value && isOneRow(part))) return base;
    axis++;
  }
  const rest = shape === undefined ? [] : shape.slice(axis);
  const isTarget = key.length === 2 && typeof key[1] === 'bigint';
  return {
    ...base,
    targets: isTarget ? undefined : facts.targets,
    shape: [...sizes, ...rest],
    ...(isTarget && scale === 'raw' && set === undefined && { isColumn: true }),
  };
}
