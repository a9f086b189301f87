/** Where a number stands in a description: `['layers', 0, 'Conv2d', 'out_channels']`. */
export type NumberPath = readonly (string | number)[];

/** A description with one number changed. */
export interface Variation {
  readonly path: NumberPath;
  readonly from: number;
  readonly to: number;
  readonly description: unknown;
}

/** How much it takes from a question to change a number, and to what it may be changed. */
interface Kind {
  readonly cost: number;
  values(from: number): readonly number[];
}

const steps =
  (by: number) =>
  (from: number): readonly number[] => [from + by, from - by];
/** Numbers that stay friendly: half as much again, half, a quarter less, twice. */
const shares = (from: number): readonly number[] => [from * 1.5, from * 0.75, from * 2, from / 2];

const KINDS: readonly (readonly [RegExp, Kind])[] = [
  [/^kernel_size$/, { cost: 1, values: (from) => [from + 2, from - 2, from + 1] }],
  [/^(?:out_channels|num_features|hidden_size|embed_dim|d_model)$/, { cost: 2, values: shares }],
  [/^(?:out_features|embedding_dim|num_embeddings|dim_feedforward)$/, { cost: 3, values: shares }],
  [/^input\.(?!0$)/, { cost: 4, values: (from) => [from + 1, from + 4, from * 2, from - 4] }],
  [/^(?:stride|padding|dilation|groups|num_layers|nhead|num_heads)$/, { cost: 5, values: steps(1) }],
  [/^input\.0$/, { cost: 6, values: (from) => [from + 1, from * 2] }],
  [/./, { cost: 7, values: (from) => [from + 2, ...shares(from)] }],
];

/** Numbers looked at in one description. */
const MOST_NUMBERS = 80;

/** Every description with one number changed a little, the least change first. */
export function variationsOf(description: unknown): readonly Variation[] {
  return numbersIn(description)
    .slice(0, MOST_NUMBERS)
    .flatMap(({ path, value }) => {
      const name = nameOf(path);
      const kind = KINDS.find(([pattern]) => pattern.test(name))?.[1];
      const values = (kind?.values(value) ?? []).filter(
        (to) => Number.isSafeInteger(to) && to > 0 && to !== value && to <= 1_000_000,
      );
      return values.map((to, at) => ({ path, from: value, to, cost: (kind?.cost ?? 9) + at / 10 }));
    })
    .toSorted((a, b) => a.cost - b.cost)
    .map(({ path, from, to }) => ({ path, from, to, description: withNumber(description, path, to) }));
}

/** The name that a number goes by: that of its argument; `input.1` of an input's size. */
function nameOf(path: NumberPath): string {
  if (path[0] === 'input') return path.join('.');
  const named = path.findLast((key) => typeof key === 'string');
  return named ?? '';
}

function numbersIn(
  value: unknown,
  path: NumberPath = [],
): readonly { readonly path: NumberPath; readonly value: number }[] {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value > 0 ? [{ path, value }] : [];
  if (Array.isArray(value)) return value.flatMap((each, at) => numbersIn(each, [...path, at]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => numbersIn(each, [...path, key]));
}

function withNumber(value: unknown, [key, ...rest]: NumberPath, number: number): unknown {
  if (key === undefined) return number;
  if (Array.isArray(value))
    return value.map((each: unknown, at) => (at === key ? withNumber(each, rest, number) : each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, name === key ? withNumber(each, rest, number) : each]),
  );
}
