import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InvalidRecordError, NotFoundError, type Submission } from '@tensormark/records';
import { type Setting, setting } from './setting.js';

describe('excusals', () => {
  let here: Setting;
  beforeAll(async () => {
    here = await setting();
  });
  afterAll(() => here.close());

  const mark = async (submission: Submission, parts?: readonly string[]) => {
    for (const { answer, mark: before } of await here.records.markingQueue.ofSubmission(submission.id)) {
      if (parts !== undefined && !parts.includes(answer.part)) continue;
      await here.records.marks.set({
        answerId: answer.id,
        marks: '1',
        by: here.markers[0],
        why: 'Read.',
        expectedCurrentMarkId: before?.id ?? null,
      });
    }
  };
  const say = (studentId: string, part: string | null, excused: boolean, why = 'Ill.') => {
    const request = { examId: here.exam.id, studentId, part, why, by: here.examiner };
    return excused ? here.records.excusals.excuse(request) : here.records.excusals.takeBack(request);
  };
  const row = async (studentId: string) => {
    const { rows } = await here.records.gradeReports.ofExam(here.exam.id);
    const mine = rows.find(({ student }) => student.id === studentId);
    if (mine === undefined) throw new Error('not on the list');
    return mine;
  };
  const release = ({ id }: Submission) =>
    here.records.releases.release({ examId: here.exam.id, submissionIds: [id], by: here.examiner });
  const partsOf = async () => (await here.records.gradeReports.ofExam(here.exam.id)).parts;
  const without = async (part: string) =>
    String(
      (await partsOf())
        .filter((each) => each.part !== part)
        .reduce((sum, { maximum }) => sum + Number(maximum), 0),
    );

  it('a-part-counts-neither-to-the-total-nor-to-the-maximum-and-its-mark-comes-back', async () => {
    const submission = await here.submitted();
    const parts = await partsOf();
    const [first] = parts;
    const all = parts.reduce((sum, { maximum }) => sum + Number(maximum), 0);
    await mark(submission);
    expect(await row(submission.studentId)).toMatchObject({
      state: 'marked',
      total: String(parts.length),
      maximum: String(all),
    });
    await say(submission.studentId, first?.part ?? '', true);
    const excused = await row(submission.studentId);
    expect(excused).toMatchObject({
      state: 'marked',
      total: String(parts.length - 1),
      maximum: await without(first?.part ?? ''),
    });
    expect(excused.cells[0]).toMatchObject({ state: 'excused', mark: null, proposed: null });
    await say(submission.studentId, first?.part ?? '', false, 'By mistake.');
    expect(await row(submission.studentId)).toMatchObject({
      total: String(parts.length),
      cells: expect.arrayContaining([expect.objectContaining({ part: first?.part, mark: '1' })]),
    });
  });

  it('an-unmarked-part-that-is-excused-is-in-the-way-of-no-release-and-waits-for-nobody', async () => {
    const submission = await here.submitted();
    const [first, ...others] = await partsOf();
    await mark(
      submission,
      others.map(({ part }) => part),
    );
    expect((await release(submission)).heldBack).toMatchObject([{ reason: 'not-all-marked' }]);
    await say(submission.studentId, first?.part ?? '', true);
    const waiting = await here.records.markingQueue.list({ examId: here.exam.id, limit: 500 });
    expect(waiting.items.filter(({ answer }) => answer.submissionId === submission.id)).toEqual([]);
    const [released] = (await release(submission)).released;
    expect(released).toMatchObject({ total: String(others.length) });
    expect(released?.marks).toHaveLength(others.length);
    expect((await row(submission.studentId)).state).toBe('released');
    expect((await release(submission)).heldBack).toMatchObject([{ reason: 'already-released' }]);

    // Taken back: what was released is not what counts.
    await say(submission.studentId, first?.part ?? '', false);
    expect((await row(submission.studentId)).state).not.toBe('released');
  });

  it('a-part-excused-after-its-release-wants-another', async () => {
    const submission = await here.submitted();
    const [first, ...others] = await partsOf();
    await mark(submission);
    await release(submission);
    await say(submission.studentId, first?.part ?? '', true);
    expect((await row(submission.studentId)).state).toBe('marked');
    expect((await here.records.releases.current(submission.id))?.marks).toHaveLength(others.length + 1);
    expect((await release(submission)).released).toMatchObject([{ total: String(others.length) }]);
    expect((await row(submission.studentId)).state).toBe('released');
  });

  it.each([
    ['at-once', false],
    ['part-by-part', true],
  ])('of-everything-there-is-no-result-and-it-is-no-absence: %s', async (_name, oneByOne) => {
    const submission = await here.submitted();
    const { studentId } = submission;
    await mark(submission);
    await release(submission);
    const parts = oneByOne ? (await partsOf()).map(({ part }) => part) : [null];
    for (const part of parts) await say(studentId, part, true);
    expect(await row(studentId)).toMatchObject({ state: 'excused', work: null, total: null });
    expect(await here.records.releases.current(submission.id)).toBeNull();
    expect((await release(submission)).heldBack).toMatchObject([{ reason: 'excused' }]);
    for (const part of parts) await say(studentId, part, false);
    expect((await row(studentId)).state).toBe('marked');
    expect((await release(submission)).released).toHaveLength(1);
  });

  it('whoever-handed-nothing-in-is-excused-and-not-absent', async () => {
    const studentId = await here.person('student', 'Otto');
    await here.database.query('INSERT INTO enrolments (exam_id, student_id) VALUES ($1, $2)', [
      here.exam.id,
      studentId,
    ]);
    expect((await row(studentId)).state).toBe('absent');
    await say(studentId, null, true);
    expect(await row(studentId)).toMatchObject({ state: 'excused', submission: null, total: null });
    await say(studentId, null, false);
    expect((await row(studentId)).state).toBe('absent');
  });

  it('is-written-down-and-never-rewritten', async () => {
    const { studentId } = await here.submitted();
    await say(studentId, null, true, 'A certificate.');
    const mine = async () =>
      (await here.records.excusals.ofExam(here.exam.id)).filter((each) => each.studentId === studentId);
    expect(await mine()).toMatchObject([{ part: null, why: 'A certificate.', byName: 'examiner' }]);
    const audited = await here.database.query(
      `SELECT action, details->>'why' AS why FROM audit_entries WHERE details->>'studentId' = '${studentId}'`,
    );
    expect(audited).toContainEqual({ action: 'excused', why: 'A certificate.' });
    await expect(here.database.query('DELETE FROM excusals')).rejects.toThrow(/never/);
    await say(studentId, null, false);
    expect(await mine()).toEqual([]);
  });

  it('is-refused-where-it-says-nothing-new', async () => {
    const { studentId } = await here.submitted();
    await expect(say(studentId, null, false)).rejects.toThrow(InvalidRecordError);
    await expect(say(studentId, null, true, ' ')).rejects.toThrow(InvalidRecordError);
    await expect(say(studentId, 'no-such-part', true)).rejects.toThrow(NotFoundError);
    await expect(say('nobody', null, true)).rejects.toThrow(NotFoundError);
    await say(studentId, null, true);
    await expect(say(studentId, null, true)).rejects.toThrow(InvalidRecordError);
    await say(studentId, null, false);
  });
});
