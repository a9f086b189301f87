import type { Table } from '../table-files/table.js';
import { short } from './columns.js';
import { LAYOUTS } from './layouts/all.js';
import type { Known, PeopleLayout, PeoplePlan } from './plan.js';

export type PeopleReading =
  | { readonly kind: 'read'; readonly layout: PeopleLayout['name']; readonly plan: PeoplePlan }
  | { readonly kind: 'refused'; readonly says: string };

/** What a file about people would change; what it is about is told by its headings. */
export async function planPeople(tables: readonly Table[], known: Known): Promise<PeopleReading> {
  for (const layout of LAYOUTS) {
    const found = tables.filter(({ rows: [headings = []] }) => layout.recognises(headings));
    const [table] = found;
    if (table === undefined) continue;
    if (found.length > 1) {
      const names = found.map(({ name }) => `"${short(name ?? '')}"`).join(', ');
      return {
        kind: 'refused',
        says: `The sheets ${names} are all about people. Leave the one to be taken.`,
      };
    }
    const planned = await layout.plan(table, known);
    return planned.kind === 'refused' ? planned : { kind: 'read', layout: layout.name, plan: planned.plan };
  }
  const [headings = []] = tables[0]?.rows ?? [];
  const some = headings.slice(0, 6).map((heading) => `"${short(heading)}"`);
  return {
    kind: 'refused',
    says: `Row 1 has to name the columns${some.length === 0 ? '' : `, and has ${some.join(', ')}`}. For accounts they are name, email, role, student number; for extensions exam, email, until, reason.`,
  };
}
