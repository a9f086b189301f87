/** A cell: text, which spreadsheets must not take for a formula, or a number, which they must take as it is. */
export type Cell = { readonly text: string } | { readonly number: string };

const NEEDS_QUOTES = /[",\r\n]/;
const STARTS_A_FORMULA = /^\s*[=+\-@\t\r＝＋－＠]/;

/**
 * Comma-separated values as RFC 4180 has them. Text that a spreadsheet would run as a formula gets an apostrophe in
 * front, as OWASP advises; numbers are left alone.
 */
export function csv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}

/** Tab-separated values: tabs and line breaks within text become blanks, and text with quotes is quoted. Formulas as in `csv`. */
export function tabSeparated(rows: readonly (readonly Cell[])[]): string {
  return rows
    .map(
      (cells) =>
        `${cells.map((cell) => inQuotes(guarded(cell).replaceAll(/[\t\r\n]+/g, ' '), /"/)).join('\t')}\r\n`,
    )
    .join('');
}

function guarded(cell: Cell): string {
  if ('number' in cell) return cell.number;
  return guardedText(cell.text);
}

/** Text as it stands in a file that a spreadsheet opens. */
export function guardedText(text: string): string {
  return STARTS_A_FORMULA.test(text) ? `'${text}` : text;
}

function quoted(cell: Cell): string {
  return inQuotes(guarded(cell), NEEDS_QUOTES);
}

function inQuotes(value: string, where: RegExp): string {
  return where.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
