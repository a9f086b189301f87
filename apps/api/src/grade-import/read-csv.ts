/** A file of comma-separated values, or why it is none. */
export type CsvReading =
  | { readonly kind: 'read'; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'refused'; readonly says: string };

const MOST_ROWS = 200_000;
const MOST_CELLS = 100;

/** Reads RFC 4180: quotes hold commas, line breaks and doubled quotes. A byte order mark at the front is passed over. */
export function readCsv(text: string): CsvReading {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  const end = text.length;
  while (at < end) {
    if (rows.length >= MOST_ROWS || row.length >= MOST_CELLS)
      return refused(`Line ${rows.length + 1}: the file has more rows or columns than a grade report has.`);
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
      if (at < end && !/[,\r\n]/.test(text[at] ?? ''))
        return refused(`Row ${rows.length + 1}: something stands behind a closing quote.`);
    } else {
      const from = at;
      while (at < end && !/[,\r\n]/.test(text[at] ?? '')) at += 1;
      cell = text.slice(from, at);
    }
    row.push(cell);
    if (text[at] === ',') {
      at += 1;
      if (at < end) continue;
      row.push('');
    }
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') at += 1;
    rows.push(row);
    row = [];
  }
  return { kind: 'read', rows };
}

const refused = (says: string): CsvReading => ({ kind: 'refused', says });
