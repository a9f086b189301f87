import type { GradeReport } from '../reports/reports.contract.js';
import { columnsOf } from './cells.js';
import { LAYOUTS } from './layouts/all.js';
import type { ImportReading } from './plan.js';
import type { Table } from '../table-files/table.js';

/** What a file of grades, edited since it was exported, would change; which kind of file it is is told by its headings. */
export function planImport(tables: readonly Table[], report: GradeReport): ImportReading {
  for (const layout of LAYOUTS) {
    const found = tables.filter(({ rows: [headings = []] }) =>
      layout.recognises(new Set(columnsOf(headings).keys())),
    );
    const [table] = found;
    if (table === undefined) continue;
    if (found.length > 1) {
      const names = found.map(({ name }) => `"${(name ?? '').slice(0, 40)}"`).join(', ');
      return refused(`The sheets ${names} are all grades. Leave the one that is to be taken.`);
    }
    const planned = layout.plan(
      table,
      report,
      tables.filter((each) => each !== table),
    );
    return planned.kind === 'refused' ? planned : { kind: 'read', layout: layout.title, plan: planned.plan };
  }
  const [headings = []] = tables[0]?.rows ?? [];
  const some = headings
    .slice(0, 6)
    .map((heading) => `"${heading.slice(0, 30)}"`)
    .join(', ');
  return refused(
    `This is no file of grades that is known here${some === '' ? '' : `: its first row has ${some}`}. Take the grade report in CSV or Excel as it is exported here, or the gradebook of Canvas, Moodle or Blackboard.`,
  );
}

function refused(says: string): ImportReading {
  return { kind: 'refused', says };
}
