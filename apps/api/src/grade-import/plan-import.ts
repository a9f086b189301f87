import { formatMarks, parseMarks } from '@tensormark/marking';
import { guardedText } from '../reports/grade-formats/cells.js';
import type { GradePart, GradeRow } from '../reports/grade-formats/columns.js';
import type { GradeReport } from '../reports/reports.contract.js';
import { readCsv } from './read-csv.js';

/** A mark that an import would set. */
export interface ImportedChange {
  readonly row: number;
  readonly submission: string;
  readonly student: string;
  readonly part: string;
  /** Null where there is none, or none that stands. */
  readonly before: string | null;
  readonly after: string;
  /** Which mark the answer has now; 0 for none. */
  readonly expectedNumber: number;
  /** The mark was changed since the file was exported. */
  readonly conflict: boolean;
}

/** A row that nothing can be done with. */
export interface PassedOver {
  readonly row: number;
  readonly says: string;
}

export interface ImportPlan {
  readonly changes: readonly ImportedChange[];
  readonly unchanged: number;
  readonly passedOver: readonly PassedOver[];
}

export type ImportReading =
  { readonly kind: 'read'; readonly plan: ImportPlan } | { readonly kind: 'refused'; readonly says: string };

const NEEDED = ['submission', 'email', 'part', 'marks', 'mark_number'] as const;
type Needed = (typeof NEEDED)[number];
type Cells = Readonly<Record<Needed, string>>;

/**
 * What a grade report in CSV, edited since it was exported, would change. Only the column `marks` is taken over; the others say
 * whose row it is, and are compared in the form in which they are exported, so that a file that nobody edited changes nothing.
 */
export function planImport(text: string, report: GradeReport): ImportReading {
  const reading = readCsv(text);
  if (reading.kind === 'refused') return reading;
  const [headings = [], ...rows] = reading.rows;
  const columns = new Map(headings.map((heading, at) => [heading.trim(), at]));
  const without = NEEDED.filter((name) => !columns.has(name));
  if (without.length > 0) {
    return {
      kind: 'refused',
      says: `This is no grade report in CSV as it is exported here: it has no column ${without.map((each) => `"${each}"`).join(', ')}. Files for gradebooks have totals only, and no total says what its parts are.`,
    };
  }
  const papers = new Map(
    report.rows.flatMap((row) => (row.submission === null ? [] : [[row.submission.id, row]])),
  );
  const changes: ImportedChange[] = [];
  const passedOver: PassedOver[] = [];
  const seen = new Set<string>();
  let unchanged = 0;
  rows.forEach((cells, at) => {
    const row = at + 2;
    if (cells.every((cell) => cell.trim() === '')) return;
    const given = cellsOf(cells, columns);
    // Who handed nothing in has no submission to be told apart by, and nothing that could be set twice.
    const key = given.submission === '' ? `row ${row}` : `${given.submission} ${given.part}`;
    const outcome = seen.has(key)
      ? 'The same student and part stand in a row above.'
      : outcomeOf(row, given, papers.get(given.submission));
    seen.add(key);
    if (outcome === null) unchanged += 1;
    else if (typeof outcome === 'string') passedOver.push({ row, says: outcome });
    else changes.push(outcome);
  });
  return { kind: 'read', plan: { changes, unchanged, passedOver } };
}

function cellsOf(cells: readonly string[], columns: ReadonlyMap<string, number>): Cells {
  const cell = (name: Needed) => cells[columns.get(name) ?? -1]?.trim() ?? '';
  return {
    submission: cell('submission'),
    email: cell('email'),
    part: cell('part'),
    marks: cell('marks'),
    mark_number: cell('mark_number'),
  };
}

/** A change; null where there is none; or why the row is passed over. */
function outcomeOf(row: number, given: Cells, paper: GradeRow | undefined): ImportedChange | string | null {
  if (given.submission === '') {
    return given.marks === ''
      ? null
      : 'Nothing was handed in, so there is no answer that a mark could be for.';
  }
  if (paper === undefined)
    return 'No paper that counts has this submission: another attempt may count by now.';
  const { email } = paper.student;
  if (given.email !== email.trim() && given.email !== guardedText(email).trim())
    return 'The address is not that of the student whose submission this is.';
  const part = paper.parts.find(({ key }) => key === given.part || guardedText(key) === given.part);
  if (part === undefined) return `The paper has no part "${given.part.slice(0, 40)}".`;
  return changeOf(row, given, paper, part);
}

function changeOf(
  row: number,
  given: Cells,
  paper: GradeRow,
  part: GradePart,
): ImportedChange | string | null {
  if (given.marks === '') return part.marks === null ? null : 'An empty cell takes no mark back.';
  const marks = /^\d{1,6}(?:\.\d{1,3})?$/.test(given.marks) ? parseMarks(given.marks) : undefined;
  if (marks === undefined)
    return `"${given.marks.slice(0, 40)}" is no mark, and is not taken for 0. Marks are written like 7 or 7.5.`;
  const most = parseMarks(part.available);
  if (most !== undefined && marks > most)
    return `${given.marks} is more than the ${part.available} marks there are.`;
  if (part.marks !== null && parseMarks(part.marks) === marks) return null;
  const number = part.markNumber ?? 0;
  if (part.marks === null && number > 0)
    return 'The answer changed since it was marked, or another person is still to mark it or to decide: look at it in the pages.';
  return {
    row,
    submission: given.submission,
    student: paper.student.name,
    part: part.key,
    before: part.marks,
    after: formatMarks(marks),
    expectedNumber: number,
    conflict: given.mark_number !== (number === 0 ? '' : String(number)),
  };
}
