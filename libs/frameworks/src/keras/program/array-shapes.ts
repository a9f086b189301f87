import type { CallArguments, Datum } from '../../program/value.js';
import type { ArrayFacts, Size } from './array-facts.js';
import { wholeOf } from './names.js';

export function withRows(facts: ArrayFacts, rows: Size): ArrayFacts {
  const { elements: _, ...rest } = facts;
  return facts.shape === undefined ? rest : { ...rest, shape: [rows, ...facts.shape.slice(1)] };
}

/** The shape of class numbers as a column a class; unknown where they may be those of each step of sequences. */
export function withColumns(
  { shape, isColumn, targets }: ArrayFacts,
  count: Size,
): readonly Size[] | undefined {
  if (shape === undefined)
    return isColumn === true || targets?.kind === 'classes' ? [undefined, count] : undefined;
  return [...(shape.length > 1 && shape.at(-1) === 1 ? shape.slice(0, -1) : shape), count];
}

export function flat(shape: readonly Size[] | undefined): readonly Size[] {
  return [
    shape?.reduce<Size>(
      (product, size) => (product === undefined || size === undefined ? undefined : product * size),
      1,
    ),
  ];
}

/** Arrays one below the other. */
export function stacked(parts: readonly ArrayFacts[]): readonly Size[] | undefined {
  const [first] = parts;
  if (first?.shape === undefined) return undefined;
  let rows: Size = 0;
  for (const { shape } of parts) {
    if (shape?.length !== first.shape.length) return undefined;
    rows = rows === undefined || shape[0] === undefined ? undefined : rows + shape[0];
  }
  return [rows, ...first.shape.slice(1)];
}

/** Of two that are combined element by element. */
export function together(
  one: readonly Size[] | undefined,
  other: readonly Size[] | undefined,
): readonly Size[] | undefined {
  if (one === undefined || other === undefined) return undefined;
  const [long, short] = one.length >= other.length ? [one, other] : [other, one];
  const start = long.length - short.length;
  return long.map((size, axis) => {
    const second = axis < start ? 1 : short[axis - start];
    return size === 1 ? second : second === 1 ? size : (size ?? second);
  });
}

/**
 * The same, where of one that is not known it is taken that it has the other's shape or is a number, unless it may stretch it; a
 * single row is mostly met by every row of a table.
 */
export function eitherWith(
  one: readonly Size[] | undefined,
  other: readonly Size[] | undefined,
): readonly Size[] | undefined {
  const known = one ?? other;
  if (one !== undefined && other !== undefined) return together(one, other);
  return known === undefined || known.length < 2 || known.includes(1) ? undefined : known;
}

export function expanded(facts: ArrayFacts, axis: Size): ArrayFacts {
  const { shape } = facts;
  if (shape === undefined || axis === undefined) return { ...facts, shape: undefined };
  const at = axis < 0 ? shape.length + 1 + axis : axis;
  return { ...facts, shape: [...shape.slice(0, at), 1, ...shape.slice(at)] };
}

/** Another shape: one size of -1 follows from the others where they are known. */
export function reshaped(facts: ArrayFacts, wanted: readonly Size[] | undefined): ArrayFacts {
  if (wanted === undefined) return { ...facts, shape: undefined };
  const [whole] = flat(facts.shape);
  const others = wanted.filter((size) => size !== -1);
  const rows = facts.shape?.[0];
  const product = others.reduce<Size>(
    (so, size) => (so === undefined || size === undefined ? undefined : so * size),
    1,
  );
  const missing = whole !== undefined && product !== undefined && product > 0 ? whole / product : undefined;
  // The number of examples is mostly what is not written down: what is left of one example is then what is missing.
  const example = facts.shape === undefined ? undefined : flat(facts.shape.slice(1))[0];
  const shape = wanted.map((size, axis): Size => {
    if (size !== -1) return size;
    if (missing !== undefined) return missing;
    if (axis === 0 || wanted[0] !== undefined) return undefined;
    const rest = wanted.filter((_, other) => other !== axis && other !== 0);
    const known = rest.reduce<Size>(
      (so, one) => (so === undefined || one === undefined ? undefined : so * one),
      1,
    );
    return example !== undefined && known !== undefined && known > 0 ? example / known : undefined;
  });
  return {
    ...facts,
    shape:
      shape.length > 0 && shape[0] === undefined && rows !== undefined && isWholeExample(shape, example)
        ? [rows, ...shape.slice(1)]
        : shape,
  };
}

function isWholeExample(shape: readonly Size[], example: Size): boolean {
  return example !== undefined && flat(shape.slice(1))[0] === example;
}

/** What is left of the dimensions where those along one are made one number of. */
export function reduced(
  { shape }: ArrayFacts,
  along: Datum | undefined,
  { named }: CallArguments,
): ArrayFacts {
  const axis = wholeOf(along);
  if (shape === undefined || axis === undefined || (named.get('keepdims') ?? false) !== false) return {};
  const at = axis < 0 ? shape.length + axis : axis;
  return at < 0 || at >= shape.length ? {} : { shape: shape.filter((_, other) => other !== at) };
}
