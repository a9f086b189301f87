import { z } from 'zod';

/**
 * A backup is a gzipped tar archive: `backup.json` says what it is, then come the rows of each table as Postgres's COPY
 * text, cut into entries of bounded size (`rows/<table>/<number>`), and `seal.json` at the end says what must have been
 * read. A file that was cut short has no seal.
 */
export const HEAD = 'backup.json';
export const SEAL = 'seal.json';
/** Bytes of rows in one entry. */
export const ENTRY_BYTES = 4 * 1024 * 1024;
/** No entry of a backup is larger, so none of another's making can fill the memory. */
export const MOST_ENTRY_BYTES = 2 * ENTRY_BYTES;
const FORMAT = 1;

export const Head = z.strictObject({
  tensormarkBackup: z.literal(FORMAT),
  madeAt: z.iso.datetime(),
  migrations: z.array(z.string()).min(1),
  tables: z.array(z.strictObject({ name: z.string(), columns: z.array(z.string()).min(1) })),
});
export type Head = z.infer<typeof Head>;

export const Seal = z.strictObject({
  tables: z.record(
    z.string(),
    z.strictObject({ rows: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  ),
});
export type Seal = z.infer<typeof Seal>;

export function headOf(head: Omit<Head, 'tensormarkBackup'>): Head {
  return { tensormarkBackup: FORMAT, ...head };
}

export function entryName(table: string, number: number): string {
  return `rows/${table}/${String(number).padStart(6, '0')}`;
}

/** The table whose rows an entry holds; null for another entry. */
export function tableOfEntry(name: string): string | null {
  return /^rows\/([a-z_]+)\/\d{6,}$/.exec(name)?.[1] ?? null;
}
