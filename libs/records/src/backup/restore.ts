import type { Readable } from 'node:stream';
import { migrate } from '../migrations/migrate.js';
import { readMigrations } from '../migrations/migration-files.js';
import { BackupError } from './errors.js';
import { Head, HEAD } from './layout.js';
import { loadRows, type Restored } from './load-rows.js';
import { type Entry, openBackup } from './open-backup.js';

export type { Restored } from './load-rows.js';

/**
 * Puts a backup into an empty database: all of it or, where anything is wrong with it, no row. A backup of an earlier
 * version is put back as it was and then brought up to date. Throws BackupError.
 */
export async function restore(databaseUrl: string, from: Readable): Promise<Restored> {
  const backup = openBackup(from);
  try {
    const head = headIn(await backup.next());
    await migrateAsThen(databaseUrl, head);
    const restored = await loadRows(databaseUrl, head, () => backup.next());
    await migrate(databaseUrl);
    return restored;
  } finally {
    backup.close();
  }
}

function headIn(first: Entry | null): Head {
  if (first?.name !== HEAD) throw notABackup();
  let written: unknown;
  try {
    written = JSON.parse(first.content.toString('utf8'));
  } catch (cause) {
    throw notABackup(cause);
  }
  const head = Head.safeParse(written);
  if (!head.success) throw notABackup(head.error);
  return head.data;
}

function notABackup(cause?: unknown): BackupError {
  return new BackupError(
    'not-a-backup',
    'This file is no backup of Tensormark\'s; "tensormark backup FILE" makes one.',
    { cause },
  );
}

/** Makes the tables of the version that the backup is of. */
async function migrateAsThen(databaseUrl: string, head: Head): Promise<void> {
  const known = (await readMigrations()).migrationDirectories.map(({ path }) => path);
  const unknown = head.migrations.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new BackupError(
      'other-version',
      `The backup was made by another, probably newer Tensormark: this one does not know ${unknown.join(', ')}. ` +
        'Put it back with the version that made it, or a newer one.',
    );
  }
  await migrate(databaseUrl, { only: head.migrations });
}
