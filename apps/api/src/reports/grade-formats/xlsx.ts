import writeXlsx, { type Cell as SheetCell } from 'write-excel-file/node';
import type { Cell } from './cells.js';
import { rowsByPaper, rowsByPart } from './columns.js';
import type { GradeFormat } from './format.js';

export const XLSX: GradeFormat = {
  title: 'Excel: papers on one sheet, parts on another',
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ending: 'grade-report.xlsx',
  write: (report) =>
    writeXlsx([
      { sheet: 'Papers', data: sheet(rowsByPaper(report)), stickyRowsCount: 1 },
      { sheet: 'Parts', data: sheet(rowsByPart(report)), stickyRowsCount: 1 },
    ]).toBuffer(),
};

function sheet([headings = [], ...rows]: Cell[][]): SheetCell[][] {
  return [
    headings.map((cell) => ({ ...typed(cell), fontWeight: 'bold' as const })),
    ...rows.map((row) => row.map(typed)),
  ];
}

/** Cells have types here: text is text whatever it starts with, so nothing needs guarding against formulas. */
function typed(cell: Cell) {
  if ('text' in cell) return { type: String, value: writable(cell.text) };
  return cell.number === '' ? { type: String, value: '' } : { type: Number, value: Number(cell.number) };
}

/** Without the control characters that XML has no way to write; what would be read as one that was escaped is escaped itself. */
function writable(value: string): string {
  return (
    value
      // eslint-disable-next-line no-control-regex
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .replaceAll(/_(?=x[\da-f]{4}_)/gi, '_x005F_')
  );
}
