import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  InvalidRecordError,
  MarkConflictError,
  MarkOutOfRangeError,
  NotFoundError,
} from '@tensormark/records';
import { type Setting, setting } from './setting.js';

describe('marks', () => {
  let here: Setting;
  beforeAll(async () => {
    here = await setting();
  });
  afterAll(() => here.close());
  const item = async (part: string, proposals: Record<string, string> = {}) => {
    const { id } = await here.submitted(proposals);
    const found = (await here.records.markingQueue.ofSubmission(id)).find(
      (each) => each.answer.part === part,
    );
    if (!found) throw new Error(`There is no part ${part}.`);
    return found;
  };
  const mark = (answerId: string, marks: string, expected: string | null = null, more = {}) =>
    here.records.marks.set({
      answerId,
      marks,
      by: here.markers[0],
      why: '',
      expectedCurrentMarkId: expected,
      ...more,
    });

  it('confirming-a-proposal-needs-no-reason-and-changing-one-does', async () => {
    const { answer, proposed } = await item('1.b', { '1.b': '2.5' });
    const confirmed = await mark(answer.id, '2.50', null, { proposedMarkId: proposed?.id });
    expect(confirmed).toMatchObject({ marks: '2.5', origin: 'confirmed', number: 1, engineVersion: '0.1.0' });
    await expect(mark(answer.id, '2', confirmed.id, { proposedMarkId: proposed?.id })).rejects.toThrow(
      InvalidRecordError,
    );
    const changed = await mark(answer.id, '2', confirmed.id, {
      proposedMarkId: proposed?.id,
      why: 'No units.',
    });
    expect(changed).toMatchObject({ marks: '2', origin: 'changed', number: 2, supersedesId: confirmed.id });
    expect((await here.records.marks.history(answer.id)).map(({ marks }) => marks)).toEqual(['2', '2.5']);
    expect(await here.records.marks.current(answer.id)).toEqual(changed);
  });

  it('a-person-marks-where-the-machine-does-not-know', async () => {
    const { answer, proposed } = await item('1.a', { '1.a': 'needs-person' });
    expect(proposed).toMatchObject({ outcome: 'needs-person', marks: null });
    expect(await mark(answer.id, '0', null, { proposedMarkId: proposed?.id })).toMatchObject({
      marks: '0',
      origin: 'set',
    });
  });

  it('two-marks-at-once-are-one-mark-and-one-conflict-that-shows-it', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { answer } = await item('1.a');
      const outcomes = await Promise.allSettled([
        mark(answer.id, '1'),
        mark(answer.id, '2', null, { by: here.markers[1] }),
      ]);
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason);
      expect(refused).toEqual([expect.any(MarkConflictError)]);
      const current = await here.records.marks.current(answer.id);
      expect(refused[0]).toMatchObject({ code: 'mark-conflict', current });
      expect(await here.records.marks.history(answer.id)).toHaveLength(1);
    }
  });

  it('a-mark-on-top-of-an-outdated-one-is-a-conflict', async () => {
    const { answer } = await item('1.a');
    const first = await mark(answer.id, '1');
    const second = await mark(answer.id, '2', first.id, { why: 'Second look.' });
    await expect(mark(answer.id, '3', first.id, { why: 'Late.' })).rejects.toMatchObject({ current: second });
    await expect(mark(answer.id, '3', null, { why: 'Later.' })).rejects.toThrow(MarkConflictError);
  });

  it.each(['2.501', '-1', '1e1', 'NaN', '', ' 1', '1.2345', '99999999', '٣'])(
    '%j-is-no-mark-of-a-part-worth-2.5',
    async (marks) => {
      const { answer } = await item('1.b');
      await expect(mark(answer.id, marks)).rejects.toThrow(MarkOutOfRangeError);
      expect(await here.records.marks.current(answer.id)).toBeNull();
    },
  );

  it('a-proposal-of-another-answer-or-an-unknown-answer-is-refused', async () => {
    const { answer } = await item('1.b');
    const other = await item('1.b');
    await expect(mark(answer.id, '1', null, { proposedMarkId: other.proposed?.id })).rejects.toThrow(
      NotFoundError,
    );
    await expect(mark('nonsense', '1')).rejects.toThrow(NotFoundError);
    await expect(mark(answer.id, '1', null, { by: 'nobody' })).rejects.toThrow(NotFoundError);
  });

  it.each([
    'marks',
    'audit_entries',
    'exam_versions',
    'exam_parts',
    'answer_readings',
    'submission_files',
    'document_readings',
    'releases',
    'release_marks',
  ])('rows-of-%s-are-neither-changed-nor-deleted-nor-emptied-even-by-sql', async (table) => {
    const { id } = await here.submitted();
    for (const each of await here.records.markingQueue.ofSubmission(id)) await mark(each.answer.id, '1');
    await here.records.documentReadings.keep({ submissionId: id, engineVersion: '1', text: 'x', layout: {} });
    await here.records.releases.release({ examId: here.exam.id, submissionIds: [id], by: here.examiner });
    const [column] = await here.database.query(
      'SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1 LIMIT 1',
      [table],
    );
    const name = String(column?.['name']);
    const count = async () =>
      (await here.database.query(`SELECT count(*)::int AS n FROM ${table}`))[0]?.['n'];
    const before = await count();
    expect(before).toBeGreaterThan(0);
    for (const sql of [
      `UPDATE ${table} SET "${name}" = "${name}"`,
      `DELETE FROM ${table}`,
      `TRUNCATE ${table} CASCADE`,
    ]) {
      await expect(here.database.query(sql)).rejects.toThrow(/never changed or deleted/);
    }
    expect(await count()).toBe(before);
  });

  it('each-mark-leaves-an-audit-entry', async () => {
    const { answer } = await item('1.a');
    const set = await mark(answer.id, '3', null, { why: 'Good.' });
    const { items } = await here.records.audit.list({ objectType: 'answer', objectId: answer.id });
    expect(items).toEqual([
      expect.objectContaining({
        actorId: here.markers[0],
        action: 'mark-set',
        details: { markId: set.id, marks: '3', origin: 'set', before: null, why: 'Good.' },
      }),
    ]);
  });
});
