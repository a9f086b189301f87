import { Readable, Writable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { backUp, BackupError, type BackupErrorCode, openRecords, restore } from '@tensormark/records';
import {
  createEmptyDatabase,
  createTestDatabase,
  type TestDatabase,
} from '../../../test/database/test-database.js';
import { sortedByReference } from '../src/backup/tables.js';
import { type Setting, setting } from './setting.js';

const MADE_AT = new Date('2026-03-04T05:06:07Z');

let there: Setting;
let backup: Buffer;

beforeAll(async () => {
  there = await setting();
  const { records, exam } = there;
  await there.submitted({ '1.a': '3', '1.b': 'needs-person' });
  const marked = await there.submitted({ '1.a': '2' });
  const [answer] = await records.markingQueue.ofSubmission(marked.id);
  if (answer === undefined) throw new Error('a submission has answers');
  // Bytes that need care in text, a file larger than an entry, and an order that no worker has carried out.
  await records.submissions.receive({
    examId: exam.id,
    studentId: await there.person('student', 'Ada\tLovelace \\N "quoted"\nand more'),
    fileName: 'größe.bin',
    mediaType: 'application/octet-stream',
    bytes: Buffer.alloc(9_000_001, Buffer.from([0, 10, 9, 92, 255])),
  });
  await records.outbox.dispatch(async () => undefined);
  backup = await backedUp(there.database.databaseUrl);
});
afterAll(() => there.close());

async function backedUp(databaseUrl: string): Promise<Buffer> {
  const blocks: Buffer[] = [];
  const into = new Writable({
    write: (block: Buffer, _encoding, done) => {
      blocks.push(block);
      done();
    },
  });
  await backUp(databaseUrl, into, MADE_AT);
  return Buffer.concat(blocks);
}

async function everyRow(database: TestDatabase): Promise<Record<string, unknown>> {
  const tables = await database.query(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
     AND relname <> '_prisma_migrations' ORDER BY relname`,
  );
  const rows: Record<string, unknown> = {};
  for (const { name } of tables) {
    const [found] = await database.query(
      `SELECT count(*)::int AS count, md5(string_agg(t::text, '|' ORDER BY t::text)) AS hash FROM "${String(name)}" t`,
    );
    rows[String(name)] = found;
  }
  return rows;
}

async function refusal(into: string, content: Buffer): Promise<BackupErrorCode | 'none'> {
  try {
    await restore(into, Readable.from([content]));
    return 'none';
  } catch (error) {
    if (error instanceof BackupError) return error.code;
    throw error;
  }
}

describe('backup and restore', () => {
  it('every-row-of-every-table-is-back', async () => {
    const empty = await createEmptyDatabase();
    try {
      const restored = await restore(empty.databaseUrl, Readable.from([backup]));
      expect(restored.madeAt).toEqual(MADE_AT);
      expect(restored.ordered).toBe(1);
      const before = await everyRow(there.database);
      const after = await everyRow(empty);
      // The order that was under way waits anew; all else is as it was.
      expect({ ...after, outbox_jobs: null }).toEqual({ ...before, outbox_jobs: null });
      expect(restored.tables.find(({ name }) => name === 'proposed_marks')?.rows).toBe(6);
    } finally {
      await empty.drop();
    }
  });

  it('work-goes-on-in-the-restored-database-and-in-the-order-of-before', async () => {
    const empty = await createEmptyDatabase();
    await restore(empty.databaseUrl, Readable.from([backup]));
    const records = openRecords({ databaseUrl: empty.databaseUrl });
    try {
      expect(await records.outbox.waiting()).toBe(1);
      await records.audit.record({ actorId: null, action: 'tried', objectType: 'exam', objectId: 'x' });
      const exam = await records.exams.find('midterm');
      expect(exam?.id).toBe(there.exam.id);
      await expect(empty.query('DELETE FROM answers')).rejects.toThrow(/never changed or deleted/);
    } finally {
      await records.close();
      await empty.drop();
    }
  });

  it('a-database-with-data-is-left-as-it-is', async () => {
    const before = await everyRow(there.database);
    expect(await refusal(there.database.databaseUrl, backup)).toBe('not-empty');
    expect(await everyRow(there.database)).toEqual(before);
  });

  it.each([
    ['cut-short', () => backup.subarray(0, backup.length - 2000), 'damaged'],
    ['cut-to-nothing', () => Buffer.alloc(0), 'damaged'],
    ['not-an-archive', () => Buffer.from('select 1;'), 'damaged'],
    ['an-archive-of-nothing', () => gzipSync(Buffer.alloc(1024)), 'not-a-backup'],
    ['one-mark-changed', () => changed('Answer to 1.b', 'Answer to 1.c'), 'damaged'],
    ['another-tables-name', () => changed('rows/answers/', 'rows/answerz/'), 'damaged'],
    ['a-migration-nobody-knows', () => changed('_foundation"', '_floundering'), 'not-a-backup'],
    ['a-later-version', () => changed('20261120000000_', '20991120000000_'), 'other-version'],
  ] as const)('nothing-is-put-back-of-a-file-that-is-%s', async (_name, content, code) => {
    const empty = await createTestDatabase();
    try {
      expect(await refusal(empty.databaseUrl, content())).toBe(code);
      expect(await empty.query('SELECT 1 FROM users')).toEqual([]);
    } finally {
      await empty.drop();
    }
  });
});

/** The backup with some words replaced by others of the same length, in rows, head and names of entries. */
function changed(from: string, to: string): Buffer {
  const archive = gunzipSync(backup).toString('latin1');
  expect(archive).toContain(from);
  return gzipSync(Buffer.from(archive.replace(from, to.padEnd(from.length)), 'latin1'));
}

describe('the order of tables', () => {
  it('those-referred-to-come-first', () => {
    const tables = ['a', 'b', 'c'].map((name) => ({ name, columns: ['id'] }));
    const inOrder = sortedByReference(tables, [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'c' },
    ]);
    expect(inOrder.map(({ name }) => name)).toEqual(['c', 'b', 'a']);
  });

  it('a-circle-is-refused', () => {
    const tables = ['a', 'b'].map((name) => ({ name, columns: ['id'] }));
    const circle = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'a' },
    ];
    expect(() => sortedByReference(tables, circle)).toThrow(/circle: a, b/);
  });
});
