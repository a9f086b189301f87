/** A cell: text, which spreadsheets must not take for a formula, or a number, which they must take as it is. */
export type Cell = { readonly text: string } | { readonly number: string };

const NEEDS_QUOTES = /[",\r\n]/;
const STARTS_A_FORMULA = /^\s*[=+\-@\t\r＝＋－＠]/;

/**
 * Comma-separated values as RFC 4180 has them. Text that a spreadsheet would run as a formula gets an apostrophe in
 * front, as OWASP advises; numbers are left alone.
 */
export function csv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((cells) => `${cells.map(written).join(',')}\r\n`).join('');
}

function written(cell: Cell): string {
  const value =
    'number' in cell ? cell.number : STARTS_A_FORMULA.test(cell.text) ? `'${cell.text}` : cell.text;
  return NEEDS_QUOTES.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
