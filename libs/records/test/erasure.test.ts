import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GONE, IMPERSONAL, PERSON, WORK } from '../src/erasure/personal.js';
import { type Setting, setting } from './setting.js';

let there: Setting;
beforeAll(async () => {
  there = await setting();
});
afterAll(() => there.close());

/** Every value of every table that names the person or holds what they wrote. */
async function tracesOf(words: readonly string[]): Promise<readonly string[]> {
  const tables = await there.database.query(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    for (const word of words) {
      const hex = Buffer.from(word).toString('hex');
      const rows = await there.database.query(
        `SELECT 1 FROM "${String(name)}" t WHERE t::text ILIKE $1 OR t::text ILIKE $2 LIMIT 1`,
        [`%${word}%`, `%${hex}%`],
      );
      if (rows.length > 0) found.push(`${String(name)}: ${word}`);
    }
  }
  return found;
}

describe('erasure', () => {
  it('every-column-that-can-hold-words-is-known-to-be-personal-or-not', async () => {
    const columns = await there.database.query(
      `SELECT c.relname AS table, a.attname AS column
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> '_prisma_migrations'
         AND format_type(a.atttypid, NULL) IN ('text', 'text[]', 'json', 'jsonb', 'bytea', 'character varying')`,
    );
    const known = new Set([
      ...Object.entries(IMPERSONAL).flatMap(([table, names]) => names.map((name) => `${table}.${name}`)),
      ...[...WORK, ...PERSON].flatMap(({ table, becomes }) =>
        Object.keys(becomes).map((name) => `${table}.${name}`),
      ),
    ]);
    const gone = new Set<string>(GONE);
    const named = columns
      .filter(({ table }) => !gone.has(String(table)))
      .map(({ table, column }) => `${String(table)}.${String(column)}`);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
    expect([...known].filter((name) => !named.includes(name))).toEqual([]);
  });

  it('of-a-person-nothing-is-left-but-marks-and-the-trail', async () => {
    const { records } = there;
    const submission = await there.submitted({ '1.a': '3' });
    const student = submission.studentId;
    await there.database.query(
      `UPDATE users SET name = 'Ada Lovelace', email = 'ada@example.org', student_number = 'N-1843' WHERE id = $1`,
      [student],
    );
    const [answer] = await records.answers.ofSubmission(submission.id);
    if (answer === undefined) throw new Error('a submission has answers');
    await records.marks.set({
      answerId: answer.id,
      marks: '2',
      why: 'Ada Lovelace quotes the notes.',
      by: there.markers[0],
      expectedCurrentMarkId: null,
    });
    expect(await tracesOf(['Ada Lovelace', 'ada@example.org', 'N-1843', 'Answer to 1.a'])).not.toEqual([]);

    const erased = await records.erasures.person(student, { by: there.examiner, why: 'Asked for it.' });
    expect(erased).toEqual({ submissions: 1 });
    expect(
      await tracesOf(['Ada Lovelace', 'ada@example.org', 'N-1843', 'Answer to 1.a', '# Answers']),
    ).toEqual([]);
    expect((await records.marks.history(answer.id)).map(({ marks }) => marks)).toEqual(['2']);
    expect((await records.submissions.find(submission.id))?.erasedAt).toBeInstanceOf(Date);
    const trail = await records.audit.list({ objectType: 'user', objectId: student });
    expect(trail.items.map(({ action, actorId }) => [action, actorId])).toContainEqual([
      'person-erased',
      there.examiner,
    ]);
  });

  it('what-was-erased-is-never-marked-again', async () => {
    const { records } = there;
    const submission = await there.submitted();
    await records.outbox.dispatch(async () => undefined);
    await records.outbox.order(submission.id);
    await records.erasures.person(submission.studentId, { by: there.examiner, why: 'Asked for it.' });
    expect(await records.outbox.dispatch(async () => undefined)).toEqual({ dispatched: 0, failed: 0 });
    await expect(records.outbox.order(submission.id)).rejects.toThrow(/submission/);
  });

  it('others-keep-theirs', async () => {
    const { records } = there;
    const [one, other] = [await there.submitted(), await there.submitted()];
    await records.erasures.person(one.studentId, { by: there.examiner, why: 'Asked for it.' });
    expect((await records.answers.find(other.id, '1.a'))?.text).toBe('Answer to 1.a');
  });

  it('the-time-of-keeping-ends-for-released-work-alone', async () => {
    const { records } = there;
    const [old, unreleased] = [await there.submitted(), await there.submitted()];
    await there.database.query(
      `INSERT INTO releases (id, exam_id, submission_id, number, action, released_by_id, note)
       VALUES (gen_random_uuid(), $1, $2, 1, 'released', $3, 'Well done, all of you.')`,
      [there.exam.id, old.id, there.examiner],
    );
    const soon = new Date(Date.now() + 60_000);
    expect(await records.erasures.before(new Date(Date.now() - 60_000))).toEqual({ submissions: 0 });
    expect(await records.erasures.before(soon)).toEqual({ submissions: 1 });
    expect(await records.erasures.before(soon)).toEqual({ submissions: 0 });
    expect((await records.submissions.find(old.id))?.erasedAt).toBeInstanceOf(Date);
    expect((await records.submissions.find(unreleased.id))?.erasedAt).toBeNull();
  });

  it('nothing-else-may-change-what-is-never-changed', async () => {
    const { database } = there;
    await there.submitted();
    await expect(database.query(`UPDATE answer_readings SET text = ''`)).rejects.toThrow(/never changed/);
    // An order of an earlier transaction is none.
    const [order] = await database.query('SELECT id FROM erasures LIMIT 1');
    const later = `SELECT set_config('tensormark.erasure', '${String(order?.id)}', false);
      UPDATE answer_readings SET text = ''`;
    await expect(database.query(later)).rejects.toThrow(/never changed/);
    await expect(database.query('DELETE FROM erasures')).rejects.toThrow(/never changed/);
  });

  it('somebody-who-is-not-there-is-not-erased', async () => {
    const order = { by: there.examiner, why: 'Asked for it.' };
    await expect(there.records.erasures.person('nobody', order)).rejects.toThrow(/user/);
  });
});
