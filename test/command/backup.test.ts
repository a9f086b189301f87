import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../database/test-database.js';
import { tensormark, type Ended } from './tensormark.js';

let folder: string;
let source: TestDatabase;
let empty: TestDatabase;
let file: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tensormark-backup-'));
  file = join(folder, 'everything.backup');
  source = await createTestDatabase();
  empty = await createEmptyDatabase();
  await source.query(
    `INSERT INTO users (id, name, email, role) VALUES ('u1', 'Ada', 'ada@example.org', 'examiner')`,
  );
});
afterAll(async () => {
  await source.drop();
  await empty.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** The command with a database of the test, or with an empty data folder. */
function command(args: readonly string[], databaseUrl?: string): Promise<Ended> {
  return tensormark(args, {
    TENSORMARK_DATA: join(folder, 'nothing-here'),
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
  });
}

describe('tensormark backup and restore', () => {
  it('one-command-each-moves-everything-to-an-empty-database', async () => {
    const made = await command(['backup', file], source.databaseUrl);
    expect(made.errors).toBe('');
    expect(made.output).toMatch(/0 exams, 0 submissions, 0 marks, 1 people/);
    const back = await command(['restore', file], empty.databaseUrl);
    expect(back.errors).toBe('');
    expect(back.code).toBe(0);
    expect(await empty.query('SELECT name, email, role FROM users')).toEqual([
      { name: 'Ada', email: 'ada@example.org', role: 'examiner' },
    ]);
  });

  it('a-backup-is-never-overwritten', async () => {
    const { code, errors } = await command(['backup', file], source.databaseUrl);
    expect([code, errors]).toEqual([1, expect.stringMatching(/never overwritten/)]);
  });

  it('a-database-that-holds-data-is-refused', async () => {
    const { code, errors } = await command(['restore', file], source.databaseUrl);
    expect([code, errors]).toEqual([
      1,
      expect.stringMatching(/holds data already.*Restore into an empty one/),
    ]);
  });

  it('a-file-that-is-no-backup-is-refused', async () => {
    const other = join(folder, 'notes.txt');
    writeFileSync(other, 'not a backup');
    const { code, errors } = await command(['restore', other], empty.databaseUrl);
    expect([code, errors]).toEqual([1, expect.stringMatching(/notes\.txt.*cannot be read/)]);
  });

  it('a-data-folder-without-a-database-is-not-made-for-a-backup', async () => {
    const { code, errors } = await command(['backup', join(folder, 'new.backup')]);
    expect([code, errors]).toEqual([1, expect.stringMatching(/no database in .*nothing-here/)]);
  });

  it('a-file-has-to-be-named', async () => {
    expect((await command(['restore'])).code).toBe(2);
  });
});
