import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MigrationList } from '@prisma/schema-engine-wasm';

/** The project's `prisma` folder, looked for upwards: from the sources and from what is built of them alike. */
export function prismaFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const candidate = join(folder, 'prisma');
    if (existsSync(join(candidate, 'migrations', 'migration_lock.toml'))) return candidate;
    const parent = dirname(folder);
    if (parent === folder) {
      throw new Error(
        'The folder prisma/migrations, which belongs to Tensormark, is missing beside its program.',
      );
    }
    folder = parent;
  }
}

/** The committed migrations, in the order of their names, as the schema engine wants them. */
export async function readMigrations(folder = join(prismaFolder(), 'migrations')): Promise<MigrationList> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return {
    baseDir: folder,
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(join(folder, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.toSorted().map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok' as const, value: await readFile(join(folder, name, 'migration.sql'), 'utf8') },
        },
      })),
    ),
  };
}
