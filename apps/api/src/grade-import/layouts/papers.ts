import { parseMarks } from '@tensormark/marking';
import type { GradeReport } from '../../reports/reports.contract.js';
import { columnsOf, holds, marksIn } from '../cells.js';
import { passedOver, type ImportLayout, type RowOutcome } from '../plan.js';
import type { Table } from '../../table-files/table.js';

/**
 * The sheet of a workbook with a row for each student. It does not say which marks stood when it was exported, so nothing is
 * taken from it; what was edited in it is told, and never passed over in silence.
 */
export const PAPERS: ImportLayout = {
  title: 'Grade report, a row for each student',
  recognises: (headings) =>
    ['email', 'state', 'work', 'total', 'available'].every((each) => headings.has(each)) &&
    !headings.has('part'),
  plan: () => ({
    kind: 'refused',
    says: 'This has a row for each student, and does not say which marks were exported. Use the sheet "Parts" of the workbook, or the grade report in CSV.',
  }),
};

/** Marks of that sheet that are neither those here nor those on the sheet of parts, which `given` has by submission and part. */
export function strayEdits(
  table: Table,
  report: GradeReport,
  given: ReadonlyMap<string, string>,
): readonly (readonly [row: number, outcome: RowOutcome])[] {
  const [headings = [], ...rows] = table.rows;
  const columns = columnsOf(headings);
  const byEmail = new Map(report.rows.map((row) => [row.student.email, row]));
  return rows.flatMap((cells, at) => {
    const email = cells[columns.get('email') ?? -1] ?? '';
    const paper = byEmail.get(email.trim()) ?? report.rows.find(({ student }) => holds(email, student.email));
    return (paper?.parts ?? []).flatMap(({ key, marks, state }) => {
      const column = columns.get(key) ?? -1;
      const cell = cells[column]?.trim() ?? '';
      const onParts = given.get(`${paper?.submission?.id ?? ''} ${key}`) ?? '';
      if (column < 0 || same(cell, state === 'excused' ? 'excused' : (marks ?? '')) || same(cell, onParts))
        return [];
      return [
        [
          at + 2,
          passedOver(
            `Sheet "${(table.name ?? '').slice(0, 40)}": ${key} is "${cell.slice(0, 40)}" there and "${onParts.slice(0, 40)}" on the sheet of parts. Edit marks on the sheet of parts.`,
          ),
        ] as const,
      ];
    });
  });
}

function same(cell: string, other: string): boolean {
  if (cell === other) return true;
  const marks = marksIn(cell, false);
  return marks !== undefined && marks === parseMarks(other);
}
