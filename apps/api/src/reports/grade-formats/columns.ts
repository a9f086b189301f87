import type { Cell } from './cells.js';
import type { GradeReport } from '../reports.contract.js';

export type GradeRow = GradeReport['rows'][number];
export type GradePart = GradeRow['parts'][number];

export const text = (value: string | null | undefined): Cell => ({ text: value ?? '' });
export const number = (value: string | number | null | undefined): Cell => ({ number: String(value ?? '') });

/** One column of the grade report by part: its heading and what stands in it. Adding a column is one line here. */
export const PART_COLUMNS: readonly (readonly [
  heading: string,
  cell: (row: GradeRow, part: GradePart, exam: GradeReport['exam']) => Cell,
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
  ['paper_work', (row) => number(row.work)],
  ['late_seconds', (row) => number(row.late?.seconds)],
  ['late_deduction', (row) => number(row.late?.deduction)],
  ['paper_total', (row) => number(row.total)],
  ['paper_available', (row) => number(row.available)],
  ['mark_number', (_row, part) => number(part.markNumber)],
];

/** A row for each student and part. A part without a mark has an empty cell, never 0; its state says why, `excused` too. */
export function rowsByPart({ exam, rows }: GradeReport): Cell[][] {
  return [
    PART_COLUMNS.map(([heading]) => text(heading)),
    ...rows.flatMap((row) => row.parts.map((part) => PART_COLUMNS.map(([, cell]) => cell(row, part, exam)))),
  ];
}

/** A row for each student: who, the state and total of the paper, and the mark of each part, or that it is excused. */
export function rowsByPaper({ rows }: GradeReport): Cell[][] {
  const keys = [...new Set(rows.flatMap(({ parts }) => parts.map(({ key }) => key)))];
  return [
    ['student_number', 'name', 'email', 'state', 'work', 'late_deduction', 'total', 'available', ...keys].map(
      text,
    ),
    ...rows.map((row) => {
      const parts = new Map(row.parts.map((part) => [part.key, part]));
      return [
        text(row.student.studentNumber),
        text(row.student.name),
        text(row.student.email),
        text(row.state),
        number(row.work),
        number(row.late?.deduction),
        number(row.total),
        number(row.available),
        ...keys.map((key) => {
          const part = parts.get(key);
          return part?.state === 'excused' ? text('excused') : number(part?.marks);
        }),
      ];
    }),
  ];
}
