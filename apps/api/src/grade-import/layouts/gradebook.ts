import { parseMarks } from '@tensormark/marking';
import type { GradeRow } from '../../reports/grade-formats/columns.js';
import type { GradeReport } from '../../reports/reports.contract.js';
import { gradebookTotal, ofAllParts } from '../../reports/grade-formats/gradebook.js';
import {
  columnsOf,
  EXCUSED_HERE,
  holds,
  marksIn,
  noMark,
  NOT_EXCUSED_HERE,
  saysExcused,
  written,
} from '../cells.js';
import { outcomeOfMark } from '../change.js';
import {
  isShifted,
  passedOver,
  planOf,
  SHIFTED,
  UNCHANGED,
  type ImportLayout,
  type RowOutcome,
} from '../plan.js';
import type { Table } from '../../table-files/table.js';
import { SaidBefore } from '../twice.js';

/** How the file of a gradebook is written. */
export interface Gradebook {
  readonly title: string;
  /** Headings that all of its files have. */
  readonly headings: readonly string[];
  /** Headings by which its students are known, each with what stands under it. */
  readonly known: readonly (readonly [
    heading: string,
    of: (student: GradeRow['student']) => string | null,
  ])[];
  /** What may stand behind the title of an exam in the heading of its column. */
  readonly behindTitle: RegExp;
  /** Out of how many marks a row or heading says that totals are; undefined where it says nothing of it. */
  readonly outOf: (heading: string, cells: readonly string[], column: number) => string | undefined;
  /** Whether a row is about no student. */
  readonly noStudent: (cells: readonly string[]) => boolean;
  /** What stands for no grade, beside an empty cell. */
  readonly none: readonly string[];
}

/**
 * A gradebook has totals, and no total says what its parts are. So one that is another than here becomes a mark where the exam has
 * one part and nothing is taken off for lateness, and is shown otherwise, for a person to mark the paper by.
 */
export function gradebookLayout(gradebook: Gradebook): ImportLayout {
  return {
    title: gradebook.title,
    recognises: (headings) => gradebook.headings.every((each) => headings.has(each)),
    plan: (table, report) => {
      const [headings = [], ...rows] = table.rows;
      const columns = columnsOf(headings);
      const found = headings.flatMap((heading, at) =>
        isOfExam(heading, report.exam.title, gradebook) ? [at] : [],
      );
      const [column] = found;
      if (column === undefined) {
        return refused(
          `The file has no column for "${report.exam.title}". Choose the file of the course that this exam belongs to, and name the column as the exam is.`,
        );
      }
      if (found.length > 1) {
        return refused(
          `The file has ${found.length} columns for "${report.exam.title}". Leave the one that counts.`,
        );
      }
      const scale = scaleOf(gradebook, headings[column] ?? '', rows, column);
      const other =
        scale === undefined ? [] : report.rows.map(ofAllParts).filter((available) => !same(available, scale));
      if (scale !== undefined && other.length > 0) {
        return refused(
          `The gradebook counts ${scale} marks for "${report.exam.title}", and the exam ${other[0] ?? ''}: its totals say something else. Set the points possible there, and export it again.`,
        );
      }
      const seen = new SaidBefore(table.decimalComma);
      const outcomes = outcomesOf(gradebook, seen, {
        columns,
        column,
        rows,
        table,
        report,
        headings: headings.length,
      });
      const contradiction = seen.refusal();
      return contradiction === undefined
        ? { kind: 'planned', plan: planOf(outcomes) }
        : refused(contradiction);
    },
  };
}

const refused = (says: string) => ({ kind: 'refused' as const, says });

function isOfExam(heading: string, title: string, { behindTitle }: Gradebook): boolean {
  return holds(heading, title) || holds(written(heading).replace(behindTitle, ''), title);
}

function scaleOf(
  { outOf }: Gradebook,
  heading: string,
  rows: Table['rows'],
  column: number,
): string | undefined {
  for (const cells of [[], ...rows.slice(0, 5)]) {
    const scale = outOf(heading, cells, column);
    // Nothing, and 0, are what is exported where versions of the exam are out of different marks.
    if (scale !== undefined && marksIn(scale, true) !== undefined && !same(scale, '0')) return scale;
  }
  return undefined;
}

function same(one: string, other: string): boolean {
  const marks = marksIn(one, true);
  return marks !== undefined && marks === marksIn(other, true);
}

interface Opened {
  readonly columns: ReadonlyMap<string, number>;
  readonly column: number;
  readonly rows: Table['rows'];
  readonly table: Table;
  readonly report: GradeReport;
  readonly headings: number;
}

function outcomesOf(
  gradebook: Gradebook,
  seen: SaidBefore,
  { columns, column, rows, table, report, headings }: Opened,
) {
  const directories = gradebook.known.map(([heading, of]) => directoryOf(heading, of, columns, report));
  return rows.flatMap((cells, at): readonly (readonly [number, RowOutcome])[] => {
    if (cells.every((cell) => cell.trim() === '') || gradebook.noStudent(cells)) return [];
    const row = at + 2;
    if (isShifted(cells, headings)) return [[row, SHIFTED]];
    const cell = cells[column]?.trim() ?? '';
    const total = gradebook.none.includes(cell) ? '' : cell;
    const student = studentOf(cells, directories);
    if (typeof student === 'string') return [[row, passedOver(student)]];
    const above = seen.before(student.student.id, { row, cell: total }, student.student.name);
    if (above !== undefined)
      return [[row, passedOver(`The same student stands in row ${above}, with the same total.`)]];
    return [[row, outcomeOf(row, total, student, table.decimalComma)]];
  });
}

interface Directory {
  readonly heading: string;
  readonly at: number;
  /** By what is written; null where it is several students'. */
  readonly by: ReadonlyMap<string, GradeRow | null>;
}

function directoryOf(
  heading: string,
  of: (student: GradeRow['student']) => string | null,
  columns: ReadonlyMap<string, number>,
  report: GradeReport,
): Directory {
  const by = new Map<string, GradeRow | null>();
  for (const row of report.rows) {
    const key = unguarded(of(row.student) ?? '');
    if (key !== '') by.set(key, by.has(key) ? null : row);
  }
  return { heading, at: columns.get(heading) ?? -1, by };
}

/** Without the apostrophe that may have been set in front for spreadsheets; letters count alike in either case. */
function unguarded(text: string): string {
  return written(written(text).replace(/^'/, '')).toLowerCase();
}

/** Whose row it is, or why that is not known. */
function studentOf(cells: readonly string[], directories: readonly Directory[]): GradeRow | string {
  let found: GradeRow | undefined;
  let said = '';
  for (const { heading, at, by } of directories) {
    const cell = cells[at] ?? '';
    const key = unguarded(cell);
    if (key === '') continue;
    said ||= `${heading} "${cell.trim().slice(0, 60)}"`;
    const row = by.get(key);
    if (row === undefined || row === null) continue;
    if (found !== undefined && found !== row) return 'What identifies the student is of two different ones.';
    found = row;
  }
  if (found !== undefined) return found;
  return said === '' ? 'The row does not say whose it is.' : `Nobody of this exam is known by ${said}.`;
}

function outcomeOf(row: number, cell: string, paper: GradeRow, decimalComma: boolean): RowOutcome {
  if (paper.state === 'excused')
    return cell === '' || saysExcused(cell) ? UNCHANGED : passedOver(EXCUSED_HERE);
  if (saysExcused(cell)) return passedOver(NOT_EXCUSED_HERE);
  const here = gradebookTotal(paper);
  if (cell === '') return here === null ? UNCHANGED : passedOver('An empty cell takes no mark back.');
  const total = marksIn(cell, decimalComma);
  if (total === undefined) return passedOver(noMark(cell));
  if (here !== null && parseMarks(here) === total) return UNCHANGED;
  if (paper.submission === null)
    return passedOver('Nothing was handed in, so there is no answer that a mark could be for.');
  const [part, ...others] = paper.parts;
  const nothingTakenOff = paper.late === null || paper.late.deduction === '0';
  if (part !== undefined && others.length === 0 && nothingTakenOff)
    return outcomeOfMark({ row, cell, decimalComma, markNumber: null }, paper, part);
  return { kind: 'total', total: { row, student: paper.student.name, before: here, after: cell } };
}
