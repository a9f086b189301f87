import type pg from 'pg';

/** A table of ours as it is in a database. */
export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
}

/**
 * What is not worth keeping: after a restore everybody signs in anew. Prisma's own list of migrations is made by applying
 * them. What is still on its way in has no receipt, and is sent again.
 */
const LEFT_OUT = [
  '_prisma_migrations',
  'sessions',
  'verifications',
  'rate_limits',
  'uploads',
  'upload_pieces',
];

/** The tables that are backed up, each after those that its rows refer to. */
export async function tablesInOrder(client: pg.ClientBase): Promise<readonly Table[]> {
  const tables = await client.query<Table>(
    `SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> ALL ($1) AND a.attgenerated = ''
     GROUP BY c.relname ORDER BY c.relname`,
    [LEFT_OUT],
  );
  const references = await client.query<{ readonly from: string; readonly to: string }>(
    `SELECT DISTINCT f.relname AS "from", t.relname AS "to"
     FROM pg_constraint k JOIN pg_class f ON f.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
     WHERE k.contype = 'f' AND k.conrelid <> k.confrelid`,
  );
  return sortedByReference(tables.rows, references.rows);
}

/** Throws where tables refer to each other in a circle, for then no order of them can be put back. */
export function sortedByReference(
  tables: readonly Table[],
  references: readonly { readonly from: string; readonly to: string }[],
): readonly Table[] {
  const placed = new Set<string>();
  const inOrder: Table[] = [];
  let left = [...tables];
  while (left.length > 0) {
    const names = new Set(left.map(({ name }) => name));
    const free = left.filter(
      ({ name }) => !references.some(({ from, to }) => from === name && names.has(to) && !placed.has(to)),
    );
    if (free.length === 0) {
      throw new Error(`Tables refer to each other in a circle: ${[...names].join(', ')}.`);
    }
    for (const table of free) {
      placed.add(table.name);
      inOrder.push(table);
    }
    left = left.filter(({ name }) => !placed.has(name));
  }
  return inOrder;
}
