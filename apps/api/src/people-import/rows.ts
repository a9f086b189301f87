import type { Table } from '../table-files/table.js';
import type { Column, Columns } from './columns.js';
import { short } from './columns.js';
import type { RowOutcome } from './plan.js';

/** A row with its cells; rows with nothing in them are left out. */
export type Row = readonly [row: number, cells: readonly string[]];

export function rowsOf({ rows: [, ...rows] }: Table): readonly Row[] {
  return rows.flatMap((cells, at) => (cells.every((cell) => cell.trim() === '') ? [] : [[at + 2, cells]]));
}

export function wrong(column: string | null, says: string): RowOutcome {
  return { kind: 'wrong', column, says };
}

/** A row with more in it than there are headings: something without quotes was taken for two, and what follows is shifted. */
export function shifted(cells: readonly string[], headings: number): RowOutcome | undefined {
  if (!cells.slice(headings).some((cell) => cell.trim() !== '')) return undefined;
  return wrong(null, 'The row has more fields than there are headings. Put text with a comma in quotes.');
}

/**
 * Of rows that say something else of the same, none holds: nobody knows which. By row, what to say; rows that say the same
 * count once, and are undefined here as all others. What stands in columns that nobody takes does not matter.
 */
export function contradictions(
  rows: readonly Row[],
  columns: Columns,
  of: readonly Column[],
  says: readonly Column[],
): (row: number) => RowOutcome | undefined {
  const key = (cells: readonly string[]) => wordsIn(cells, of).toLowerCase();
  const wordsIn = (cells: readonly string[], some: readonly Column[]) =>
    some.map((column) => columns.cell(cells, column)).join('\n');
  const said = new Map<string, { readonly rows: number[]; readonly words: Set<string> }>();
  for (const [row, cells] of rows) {
    const words = wordsIn(cells, says);
    const before = said.get(key(cells));
    if (before === undefined) said.set(key(cells), { rows: [row], words: new Set([words]) });
    else {
      before.rows.push(row);
      before.words.add(words);
    }
  }
  const found = new Map<number, RowOutcome>();
  const last = of.at(-1);
  for (const { rows: theirs, words } of said.values()) {
    if (words.size < 2) continue;
    const names = theirs.slice(0, 5).join(', ') + (theirs.length > 5 ? ' …' : '');
    const why = `The rows ${names} are about the same and say different things. Leave the one that holds.`;
    for (const row of theirs) found.set(row, wrong(last === undefined ? null : columns.heading(last), why));
  }
  return (row) => found.get(row);
}

/** Text that a spreadsheet would run; no name and no number begins so. */
export function formula(cell: string): string | undefined {
  return /^[=+@\t]|^-[^\s\d]*[(=|]/.test(cell)
    ? `"${short(cell)}" is a formula, and is not taken for text. Write what it stands for.`
    : undefined;
}
