import { foreignCall, isValue } from '@tensormark/frameworks';
import type { Datum, Value } from '@tensormark/frameworks';
import { splitPartOf } from './split-parts.js';

/** Some of the rows of an array, as a cross-validation takes them. */
export type RowsTaken =
  /** By one of the two lists of row numbers that a fold is: 0 to learn from, 1 to test with. */
  | { readonly kind: 'fold'; readonly fold: Value; readonly part: number }
  /** By a split that is made just then. */
  | { readonly kind: 'split'; readonly by: Value; readonly part: number }
  /** By hand, one piece: `x[i * n : (i + 1) * n]`. */
  | { readonly kind: 'piece'; readonly of: Value; readonly rows: Datum }
  /** By hand, the pieces around it, put together. */
  | { readonly kind: 'rest'; readonly of: Value; readonly pieces: readonly Datum[] }
  /** By the numbers that examples have their fold by: `x[fold_of == i]`, or all others. */
  | { readonly kind: 'numbered'; readonly by: Value; readonly number: Datum; readonly isEqual: boolean };

const MAKES_FOLDS = /(Fold|ShuffleSplit|Leave(One|P)(Group|Label)?s?(Out)?)$/;

/** What leaves the rows of an array as they are, with the array first among what it is given. */
const KEEPS_ROWS =
  /^(add|sub|mul|div|astype|array|asarray|as_array|reshape|view|expand_dims|to_categorical|squeeze|float32|to_numpy|copy|normalize)$/;

const JOINS = /^(concatenate|vstack|row_stack|append|concat|hstack|r_)$/;

/** Which rows of what a datum is made of. */
export function rowsTaken(datum: Datum | undefined, depth = 0): RowsTaken | undefined {
  if (!isValue(datum) || depth > 12) return undefined;
  const split = splitPartOf(datum);
  if (split !== undefined) return { kind: 'split', by: split.by, part: split.index % 2 };
  if (datum.made.kind === 'operation' && datum.made.name === 'getitem')
    return picked(datum.made.args.positional, depth);
  return joined(datum) ?? rowsTaken(keptBy(datum), depth + 1);
}

/** Whether one tests what the other has not learned from, of one array that was taken apart. */
export function areApart(one: RowsTaken | undefined, other: RowsTaken | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  if (one.kind === 'fold' && other.kind === 'fold') return one.fold === other.fold && one.part !== other.part;
  if (one.kind === 'split' && other.kind === 'split') return one.by === other.by && one.part !== other.part;
  if (one.kind === 'numbered' && other.kind === 'numbered')
    return one.by === other.by && one.number === other.number && one.isEqual !== other.isEqual;
  return (
    (one.kind === 'piece' &&
      other.kind === 'rest' &&
      one.of === other.of &&
      !other.pieces.includes(one.rows)) ||
    (one.kind === 'rest' && other.kind === 'piece' && one.of === other.of && !one.pieces.includes(other.rows))
  );
}

function keptBy({ made, inputs }: Value): Value | undefined {
  if (made.kind === 'attribute' && /^(values|T)$/.test(made.name)) return inputs[0];
  if (made.kind !== 'operation') return undefined;
  const [first, second] = made.args.positional;
  if (/^(fit_)?transform$/.test(made.name)) return isValue(second) ? second : undefined;
  if (KEEPS_ROWS.test(made.name)) return isValue(first) ? first : undefined;
  return undefined;
}

/** `x[rows]`, `x[rows, :]`, `table.iloc[rows]`. */
function picked([from, index]: readonly Datum[], depth: number): RowsTaken | undefined {
  if (!isValue(from)) return undefined;
  const of = from.made.kind === 'attribute' && /^i?loc$/.test(from.made.name) ? from.inputs[0] : from;
  const rows: Datum | undefined = Array.isArray(index) ? index[0] : index;
  if (of === undefined || rows === undefined) return undefined;
  const fold = foldPart(rows);
  if (fold !== undefined) return { kind: 'fold', ...fold };
  const numbered = numberedBy(rows);
  if (numbered !== undefined) return numbered;
  const before = rowsTaken(of, depth + 1);
  const isWhole = before?.kind !== 'fold' && before?.kind !== 'split';
  return isWhole && isPiece(rows) ? { kind: 'piece', of, rows } : before;
}

/** `fold_of == i`, `fold_of != i`, `~(fold_of == i)`. */
function numberedBy(rows: Datum): RowsTaken | undefined {
  if (!isValue(rows) || rows.made.kind !== 'operation') return undefined;
  const [by, number] = rows.made.args.positional;
  if (by === undefined || !isValue(by)) return undefined;
  if (/^(bitwise_not|logical_not|invert)$/.test(rows.made.name)) {
    const inner = numberedBy(by);
    return inner?.kind === 'numbered' ? { ...inner, isEqual: !inner.isEqual } : undefined;
  }
  return number !== undefined && /^(eq|ne)$/.test(rows.made.name)
    ? { kind: 'numbered', by, number, isEqual: rows.made.name === 'eq' }
    : undefined;
}

/** Rows one after the other, or one piece of many by its number. */
function isPiece(rows: Datum): boolean {
  if (typeof rows === 'bigint') return true;
  return (
    typeof rows === 'object' &&
    rows !== null &&
    'kind' in rows &&
    rows.kind === 'other' &&
    rows.holds?.kind === 'slice' &&
    (rows.holds.start !== null || rows.holds.stop !== null)
  );
}

/** Pieces of one array, put together: `np.concatenate([x[:a], x[b:]])`, `pieces[:i] + pieces[i + 1:]`; all rows but some. */
function joined({ made, inputs }: Value): RowsTaken | undefined {
  if (made.kind !== 'operation') return undefined;
  const [first, second] = made.args.positional;
  if (made.name === 'delete') return isValue(first) ? { kind: 'rest', of: first, pieces: [] } : undefined;
  if (made.name !== 'add' && !JOINS.test(made.name)) return undefined;
  const parts: readonly Datum[] = Array.isArray(first)
    ? first
    : isValue(second)
      ? [first ?? null, second]
      : [];
  const taken = parts.flatMap((part) => pieceIn(part) ?? []);
  const [one] = taken;
  // Rows by their numbers that are added up are no list that is made longer.
  const areLists = made.name !== 'add' || taken.every(({ rows }) => typeof rows !== 'bigint');
  if (
    one !== undefined &&
    taken.length > 1 &&
    taken.length === parts.length &&
    areLists &&
    taken.every(({ of }) => of === one.of)
  )
    return { kind: 'rest', of: one.of, pieces: taken.map(({ rows }) => rows) };
  const [only] = inputs;
  return made.name !== 'add' && inputs.length === 1 && only !== undefined ? joined(only) : undefined;
}

/** What something is one piece of, and which. */
function pieceIn(datum: Datum | undefined): { readonly of: Value; readonly rows: Datum } | undefined {
  if (!isValue(datum) || datum.made.kind !== 'operation' || datum.made.name !== 'getitem') return undefined;
  const taken = picked(datum.made.args.positional, 0);
  return taken?.kind === 'piece' ? taken : undefined;
}

/** Of row numbers: the fold that they are of, and which of its two lists. */
export function foldPart(
  rows: Datum | undefined,
  depth = 0,
): { readonly fold: Value; readonly part: number } | undefined {
  if (!isValue(rows) || rows.made.kind !== 'operation') return undefined;
  const [by, part] = rows.made.args.positional;
  // Some of them, as a batch takes them.
  if (rows.made.name === 'getitem' && depth < 4) return foldPart(by, depth + 1);
  if (rows.made.name !== 'unpacked') return undefined;
  if (!isValue(by) || typeof part !== 'bigint') return undefined;
  const element = elementIn(by);
  return element !== undefined && areFolds(element.inputs[0])
    ? { fold: element, part: Number(part) }
    : undefined;
}

/** What a loop gives in one turn, also where `enumerate` numbers it. */
function elementIn(value: Value): Value | undefined {
  if (value.made.kind !== 'operation') return undefined;
  if (value.made.name === 'element') {
    const [over] = value.inputs;
    return isEnumerated(over) ? undefined : value;
  }
  const [from, at] = value.made.args.positional;
  return value.made.name === 'unpacked' && at === 1n && isValue(from) && isEnumerated(from.inputs[0])
    ? from
    : undefined;
}

function isEnumerated(value: Value | undefined): boolean {
  return value?.made.kind === 'operation' && value.made.name === 'enumerate';
}

/** Whether a loop over something goes over the folds of a cross-validation. */
export function areFolds(value: Value | undefined): boolean {
  if (value === undefined) return false;
  if (isEnumerated(value)) return areFolds(value.inputs.at(-1));
  const name = foreignCall(value)?.name;
  if (name !== undefined) return MAKES_FOLDS.test(name);
  if (value.made.kind !== 'operation' || value.made.name !== 'split') return false;
  const maker = foreignCall(value.inputs[0])?.name;
  return maker === undefined || !maker.endsWith('TimeSeriesSplit');
}
