import type { GradeRow } from '../../reports/grade-formats/columns.js';
import type { GradeReport } from '../../reports/reports.contract.js';
import { columnsOf, holds } from '../cells.js';
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
import { PAPERS, strayEdits } from './papers.js';

const NEEDED = ['submission', 'email', 'part', 'marks', 'mark_number'] as const;
type Needed = (typeof NEEDED)[number];
type Cells = Readonly<Record<Needed, string>>;

/**
 * A grade report with a row for each student and part, as CSV or as the sheet "Parts" of a workbook. Only the column `marks` is
 * taken over; the others say whose row it is, and are compared in the form in which they are exported, so that a file that
 * nobody edited changes nothing.
 */
export const PARTS: ImportLayout = {
  title: 'Grade report, a row for each student and part',
  recognises: (headings) => headings.has('part') && headings.has('marks'),
  plan: (table, report, others) => {
    const [headings = [], ...rows] = table.rows;
    const columns = columnsOf(headings);
    const without = NEEDED.filter((name) => !columns.has(name));
    if (without.length > 0) {
      return {
        kind: 'refused',
        says: `The grade report lacks the column ${without.map((each) => `"${each}"`).join(', ')}, by which its rows are known. Export it again, and edit the column "marks" only.`,
      };
    }
    const exam = columns.get('exam');
    const another = exam === undefined ? undefined : rows.map((cells) => cells[exam]?.trim() ?? '');
    const wrong = another?.find((name) => name !== '' && !holds(name, report.exam.id));
    if (wrong !== undefined) {
      return {
        kind: 'refused',
        says: `This is the grade report of another exam, "${wrong.slice(0, 80)}"; this exam is "${report.exam.id}".`,
      };
    }
    const outcomes = outcomesOf(rows, columns, headings.length, report, table.decimalComma);
    if (outcomes.refusal !== undefined) return { kind: 'refused', says: outcomes.refusal };
    const papers = others.find(({ rows: [first = []] }) =>
      PAPERS.recognises(new Set(columnsOf(first).keys())),
    );
    const beside = papers === undefined ? [] : strayEdits(papers, report, outcomes.given);
    return { kind: 'planned', plan: planOf([...outcomes.all, ...beside]) };
  },
};

function outcomesOf(
  rows: Table['rows'],
  columns: ReadonlyMap<string, number>,
  headings: number,
  report: GradeReport,
  decimalComma: boolean,
) {
  const papers = new Map(
    report.rows.flatMap((row) => (row.submission === null ? [] : [[row.submission.id, row] as const])),
  );
  const seen = new SaidBefore(decimalComma);
  const given = new Map<string, string>();
  const all: (readonly [number, RowOutcome])[] = [];
  rows.forEach((cells, at) => {
    if (cells.every((cell) => cell.trim() === '')) return;
    const row = at + 2;
    if (isShifted(cells, headings)) {
      all.push([row, SHIFTED]);
      return;
    }
    const said = cellsOf(cells, columns);
    const paper = papers.get(said.submission);
    const part = paper === undefined ? undefined : partOf(said, paper);
    // Who handed nothing in has no submission to be told apart by, and nothing that could be set twice.
    const key = said.submission === '' ? `row ${row}` : `${said.submission} ${part?.key ?? said.part}`;
    const whose = `${paper?.student.name ?? said.submission.slice(0, 40)}, part ${said.part.slice(0, 40)}`;
    const above = seen.before(key, { row, cell: said.marks }, whose);
    all.push([
      row,
      above === undefined
        ? outcomeOf(row, said, paper, decimalComma)
        : passedOver(`The same student and part stand in row ${above}, with the same mark.`),
    ]);
    given.set(key, said.marks);
  });
  return { all, given, refusal: seen.refusal() };
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

function outcomeOf(row: number, said: Cells, paper: GradeRow | undefined, decimalComma: boolean): RowOutcome {
  if (said.submission === '') {
    return said.marks === ''
      ? UNCHANGED
      : passedOver('Nothing was handed in, so there is no answer that a mark could be for.');
  }
  if (paper === undefined)
    return passedOver('No paper that counts has this submission: another attempt may count by now.');
  if (!holds(said.email, paper.student.email))
    return passedOver('The address is not that of the student whose submission this is.');
  const part = partOf(said, paper);
  if (part === undefined) return passedOver(`The paper has no part "${said.part.slice(0, 40)}".`);
  return outcomeOfMark({ row, cell: said.marks, decimalComma, markNumber: said.mark_number }, paper, part);
}

function partOf(said: Cells, paper: GradeRow): GradeRow['parts'][number] | undefined {
  return paper.parts.find(({ key }) => holds(said.part, key));
}
