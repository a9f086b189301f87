import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migrate, missingFromDatabase } from '@tensormark/records';
import { createEmptyDatabase, type TestDatabase } from '../../../test/database/test-database.js';

describe('migrations', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createEmptyDatabase();
  });
  afterAll(() => database.drop());

  it('three-processes-at-once-apply-each-migration-once', async () => {
    const outcomes = await Promise.all([1, 2, 3].map(() => migrate(database.databaseUrl)));
    const applied = outcomes.flatMap((outcome) => outcome.applied);
    expect(new Set(applied).size).toBe(applied.length);
    expect(applied.length).toBeGreaterThanOrEqual(2);
    const rows = await database.query(
      'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL',
    );
    expect(rows.map((row) => row['migration_name'])).toEqual(applied);
  });

  it('applied-migrations-leave-nothing-missing-from-the-schema', async () => {
    await migrate(database.databaseUrl);
    // A failure here shows the SQL that a new migration needs: see prisma/README.md.
    expect(await missingFromDatabase(database.databaseUrl)).toBeNull();
  });

  it('migrating-again-applies-nothing', async () => {
    expect(await migrate(database.databaseUrl)).toEqual({ applied: [] });
  });
});
