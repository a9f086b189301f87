import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { prismaFolder, readMigrations } from './migration-files.js';
import { withSchemaEngine } from './schema-engine.js';

/** Advisory lock of Tensormark's migrations: "TMRK" in ASCII. */
const LOCK = 0x544d524b;

const NO_FILTER = { externalTables: [], externalEnums: [] };

/**
 * Applies the committed migrations that the database does not have yet, in process. Several processes may do this at
 * once: one does, the others wait and find nothing left. `only` names those to apply, to make the tables of an earlier
 * version. Throws SchemaEngineError when the history does not fit.
 */
export async function migrate(
  databaseUrl: string,
  options: { readonly only?: readonly string[] } = {},
): Promise<{ readonly applied: readonly string[] }> {
  const all = await readMigrations();
  const { only } = options;
  const migrationsList =
    only === undefined
      ? all
      : {
          ...all,
          migrationDirectories: all.migrationDirectories.filter(({ path }) => only.includes(path)),
        };
  return withLock(databaseUrl, async () => {
    const { appliedMigrationNames } = await withSchemaEngine(databaseUrl, null, (engine) =>
      engine.applyMigrations({ migrationsList, filters: NO_FILTER }),
    );
    return { applied: appliedMigrationNames };
  });
}

/** The SQL that leads from what the database holds to `prisma/schema.prisma`; null when nothing is missing. */
export async function missingFromDatabase(databaseUrl: string): Promise<string | null> {
  const folder = prismaFolder();
  const datamodel = await readFile(join(folder, 'schema.prisma'), 'utf8');
  const files = [{ path: 'schema.prisma', content: datamodel }];
  const { stdout, exitCode } = await withSchemaEngine(databaseUrl, datamodel, (engine) =>
    engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: folder },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: true,
      filters: NO_FILTER,
    }),
  );
  return exitCode === 0 ? null : stdout;
}

async function withLock<Result>(databaseUrl: string, work: () => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => undefined); // The statement that runs tells.
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    return await work();
  } finally {
    await client.end(); // Ends the session and with it the lock.
  }
}
