/** A column that a file may have, by what registrars call it. */
export interface Column {
  /** What we call it, and messages with us. */
  readonly name: string;
  /** Further headings that mean it, in lower case, without hyphens and underscores. */
  readonly also: readonly string[];
}

/** Where the columns of a file stand. */
export interface Columns {
  has(column: Column): boolean;
  /** What stands there, trimmed; '' where there is nothing. */
  cell(cells: readonly string[], column: Column): string;
  /** As the file calls it. */
  heading(column: Column): string;
  /** Two headings that mean the same, where there are such. */
  readonly twice: readonly [one: string, other: string] | undefined;
}

/** Finds columns by their headings, however these are spelt. */
export function columnsIn(headings: readonly string[], known: readonly Column[]): Columns {
  const places = new Map<Column, number>();
  let twice: readonly [string, string] | undefined;
  headings.forEach((heading, at) => {
    const column = known.find(({ name, also }) => [name, ...also].includes(plain(heading)));
    if (column === undefined) return;
    const before = places.get(column);
    if (before === undefined) places.set(column, at);
    else twice ??= [short(headings[before] ?? ''), short(heading)];
  });
  const at = (column: Column) => places.get(column) ?? -1;
  return {
    has: (column) => places.has(column),
    cell: (cells, column) => cells[at(column)]?.trim() ?? '',
    heading: (column) => short(headings[at(column)] ?? column.name),
    twice,
  };
}

function plain(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[-_\s]+/g, ' ')
    .replace(/^e mail/, 'email');
}

/** As much of what somebody wrote as a message needs. */
export function short(text: string): string {
  return text.trim().slice(0, 40);
}
