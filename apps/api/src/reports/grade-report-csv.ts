import { csv, type Cell } from './csv.js';
import type { GradeReport } from './reports.contract.js';

type Row = GradeReport['rows'][number];
type Part = Row['parts'][number];

const text = (value: string | null | undefined): Cell => ({ text: value ?? '' });
const number = (value: string | number | null | undefined): Cell => ({ number: String(value ?? '') });

/** One column of the grade report: its heading and what stands in it. Adding a column is one line here. */
const COLUMNS: readonly (readonly [
  heading: string,
  cell: (row: Row, part: Part, exam: GradeReport['exam']) => Cell,
])[] = [
  ['exam', (_row, _part, exam) => text(exam.id)],
  ['exam_version', (row) => number(row.submission?.examVersion)],
  ['student_number', (row) => text(row.student.studentNumber)],
  ['name', (row) => text(row.student.name)],
  ['email', (row) => text(row.student.email)],
  ['submission', (row) => text(row.submission?.id)],
  ['receipt', (row) => text(row.submission?.receipt)],
  ['attempt', (row) => number(row.submission?.attempt)],
  ['received_at', (row) => text(row.submission?.receivedAt)],
  ['part', (_row, part) => text(part.key)],
  ['part_title', (_row, part) => text(part.title)],
  ['state', (_row, part) => text(part.state)],
  ['marks', (_row, part) => number(part.marks)],
  ['available', (_row, part) => number(part.available)],
  ['proposed', (_row, part) => number(part.proposed)],
  ['paper_state', (row) => text(row.state)],
  ['paper_total', (row) => number(row.total)],
  ['paper_available', (row) => number(row.available)],
];

/** A row for each student and part. A part without a mark has an empty cell, never 0; its state says why. */
export function gradeReportCsv({ exam, rows }: GradeReport): string {
  return csv([
    COLUMNS.map(([heading]) => text(heading)),
    ...rows.flatMap((row) => row.parts.map((part) => COLUMNS.map(([, cell]) => cell(row, part, exam)))),
  ]);
}
