import { parseMarks } from '@tensormark/marking';
import { guardedText } from '../reports/grade-formats/cells.js';

/** Where the columns of a table stand, by their headings. */
export function columnsOf(headings: readonly string[]): ReadonlyMap<string, number> {
  return new Map(headings.map((heading, at) => [heading.trim(), at]));
}

/** Whether a cell holds what was exported: as it is, or as it stands where it would be taken for a formula. */
export function holds(cell: string, exported: string): boolean {
  return written(cell) === written(exported) || written(cell) === written(guardedText(exported));
}

/** Without what a format cannot hold: line breaks and tabs are blanks in some, and characters no XML has are others. */
export function written(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u001f\ufffd-\uffff\s]+/g, ' ').trim();
}

/** Marks as thousandths; undefined where the cell is no mark: words, signs and powers are none, and are not taken for 0. */
export function marksIn(cell: string, decimalComma: boolean): bigint | undefined {
  const plain = decimalComma ? cell.replace(',', '.') : cell;
  return /^\d{1,6}(?:\.\d{1,3})?$/.test(plain) ? parseMarks(plain) : undefined;
}

/** Whether a cell says that somebody is excused: in words, or as Canvas does. */
export function saysExcused(cell: string): boolean {
  return /^(?:ex|excused)$/i.test(cell);
}

export const NOT_EXCUSED_HERE =
  'The file excuses the student and the exam here does not. Excuse them in the pages, with a reason.';
export const EXCUSED_HERE =
  'The student is excused from this. Take the excusal back in the pages before there is a mark.';

export function noMark(cell: string): string {
  return `"${cell.slice(0, 40)}" is no mark, and is not taken for 0. Marks are written like 7 or 7.5.`;
}
