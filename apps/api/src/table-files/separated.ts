/** A file of values with separators between, or why it is none. */
export type SeparatedReading =
  | {
      readonly kind: 'read';
      readonly rows: readonly (readonly string[])[];
      /** Programs that part values by semicolons write numbers with a comma. */
      readonly decimalComma: boolean;
    }
  | { readonly kind: 'refused'; readonly says: string };

const MOST_ROWS = 200_000;
const MOST_CELLS = 300;
/** Of the whole file, as of a workbook. */
const MOST_IN_ALL = 2_000_000;
/** As a cell of Excel holds. */
const LONGEST_CELL = 32_767;

/**
 * Reads RFC 4180, or the same with tabs or semicolons for commas: whichever comes first outside quotes.
 * Quotes hold separators, line breaks and doubled quotes. A byte order mark at the front is passed over.
 */
export function readSeparated(text: string): SeparatedReading {
  const begin = text.startsWith('\ufeff') ? 1 : 0;
  const separator = separatorOf(text, begin);
  const ends = new RegExp(`[${separator}\\r\\n]`, 'g');
  const endOf = (from: number) => {
    ends.lastIndex = from;
    return ends.exec(text)?.index ?? text.length;
  };
  const rows: string[][] = [];
  let row: string[] = [];
  let cells = 0;
  let at = begin;
  const end = text.length;
  while (at < end) {
    if (rows.length >= MOST_ROWS || row.length >= MOST_CELLS || cells >= MOST_IN_ALL)
      return refused(`Line ${rows.length + 1}: the file has more rows or columns than are taken.`);
    let cell = '';
    if (text[at] === '"') {
      for (;;) {
        const quote = text.indexOf('"', at + 1);
        if (quote < 0) return refused(`Row ${rows.length + 1}: a quote is opened and never closed.`);
        cell += text.slice(at + 1, quote);
        at = quote + 1;
        if (text[at] !== '"') break;
        cell += '"';
      }
      if (at < end && endOf(at) !== at)
        return refused(`Row ${rows.length + 1}: something stands behind a closing quote.`);
    } else {
      const from = at;
      at = endOf(from);
      cell = text.slice(from, at);
    }
    if (cell.length > LONGEST_CELL)
      return refused(
        `Row ${rows.length + 1}: a cell has over ${LONGEST_CELL} characters, as no table has that is taken here. Check that you chose the right file.`,
      );
    row.push(cell);
    cells += 1;
    if (text[at] === separator) {
      at += 1;
      if (at < end) continue;
      row.push('');
    }
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') at += 1;
    rows.push(row);
    row = [];
  }
  return { kind: 'read', rows, decimalComma: separator === ';' };
}

/** The first that stands outside quotes: titles, which hold anything, come behind it. */
function separatorOf(text: string, begin: number): string {
  const [line = ''] = text.slice(begin, begin + 10_000).split(/[\r\n]/, 1);
  return /[,\t;]/.exec(line.replaceAll(/"[^"]*"/g, ''))?.[0] ?? ',';
}

const refused = (says: string): SeparatedReading => ({ kind: 'refused', says });
