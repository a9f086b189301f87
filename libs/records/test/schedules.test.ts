import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { extended, latenessOf, type Schedule } from '@tensormark/deadlines';
import { InvalidRecordError, NotFoundError, type Submission } from '@tensormark/records';
import { PARTS, type Setting, setting } from './setting.js';

const DEADLINE = new Date('2026-03-09T12:00:00Z');
const after = (seconds: number): Date => new Date(DEADLINE.getTime() + seconds * 1000);
const SCHEDULE: Schedule = {
  opens: new Date('2026-03-02T09:00:00Z'),
  deadline: DEADLINE,
  graceSeconds: 60,
  late: { kind: 'deducted', unit: 'percent', amount: 10_000n, per: 'day', most: 30_000n },
  counts: 'last-on-time',
};

describe('schedules', () => {
  let here: Setting;
  beforeAll(async () => {
    here = await setting();
  });
  afterAll(() => here.close());
  const handIn = async (studentId: string, receivedAt: Date): Promise<Submission> =>
    (
      await here.records.submissions.receive({
        examId: here.exam.id,
        studentId,
        fileName: 'a.md',
        mediaType: 'text/markdown',
        bytes: Buffer.from(receivedAt.toISOString()),
        receivedAt,
      })
    ).submission;
  const mark = async (submission: Submission, marks: string) => {
    await here.records.answers.saveSplit({ submissionId: submission.id, engineVersion: 'e', answers: [] });
    for (const { answer } of await here.records.markingQueue.ofSubmission(submission.id)) {
      await here.records.marks.set({
        answerId: answer.id,
        marks,
        by: here.markers[0],
        why: 'Read.',
        expectedCurrentMarkId: null,
      });
    }
  };
  const row = async (studentId: string) =>
    (await here.records.gradeReports.ofExam(here.exam.id)).rows.find(
      ({ student }) => student.id === studentId,
    );
  const release = (submission: Submission) =>
    here.records.releases.release({
      examId: here.exam.id,
      submissionIds: [submission.id],
      by: here.examiner,
    });

  it('nobody-has-set-one-so-it-is-always-open', async () => {
    expect(await here.records.schedules.of(here.exam.id)).toMatchObject({ number: 0, deadline: null });
    await expect(here.records.schedules.of('no-exam')).rejects.toThrow(NotFoundError);
  });

  it('each-change-is-kept-and-the-last-holds', async () => {
    const set = (schedule: Schedule) =>
      here.records.schedules.set({ examId: here.exam.id, schedule, by: here.examiner });
    await Promise.all([set({ ...SCHEDULE, late: { kind: 'refused' } }), set(SCHEDULE), set(SCHEDULE)]);
    expect(await set(SCHEDULE)).toEqual({ ...SCHEDULE, number: 4 });
    expect(await here.records.schedules.of(here.exam.id)).toEqual({ ...SCHEDULE, number: 4 });
    await expect(set({ ...SCHEDULE, opens: after(1) })).rejects.toThrow(InvalidRecordError);
    await expect(here.database.query('UPDATE exam_schedules SET deadline = now()')).rejects.toThrow(
      /never changed/,
    );
    const { items } = await here.records.audit.list({ action: 'schedule-set' });
    expect(items).toHaveLength(4);
  });

  it('the-last-attempt-on-time-counts-and-the-last-of-all-where-none-is', async () => {
    const someone = await here.person('student');
    const tooLate = await handIn(someone, after(3600));
    expect(await here.records.submissions.counting(here.exam.id, someone)).toBe(tooLate.id);
    await handIn(someone, after(-60));
    const inGrace = await handIn(someone, after(60));
    await handIn(someone, after(61));
    expect(await here.records.submissions.counting(here.exam.id, someone)).toBe(inGrace.id);
    expect(await row(someone)).toMatchObject({ submission: { id: inGrace.id }, late: null });
    expect(await here.records.submissions.counting(here.exam.id, 'nobody')).toBeNull();
  });

  it('the-database-and-the-rules-agree-what-is-on-time', async () => {
    const someone = await here.person('student');
    const times = [-1, 0, 59.999, 60, 60.001, 7200].map(after);
    const attempts: Submission[] = [];
    for (const time of times) attempts.push(await handIn(someone, time));
    for (const extension of [null, after(-30), after(7140)]) {
      await here.records.schedules.extend({
        examId: here.exam.id,
        studentId: someone,
        deadline: extension ?? DEADLINE,
        why: 'Ill.',
        by: here.examiner,
      });
      const onTime = attempts.filter(
        ({ receivedAt }) => latenessOf(extended(SCHEDULE, extension), receivedAt) === null,
      );
      const expected = onTime.at(-1);
      expect(await here.records.submissions.counting(here.exam.id, someone)).toBe(expected?.id);
    }
  });

  it('lateness-is-taken-off-apart-from-the-work-and-as-it-was-released', async () => {
    const someone = await here.person('student');
    const late = await handIn(someone, after(86_400 + 1));
    await mark(late, '2');
    // Two days begun: 20 % of 16.5 marks.
    expect(await row(someone)).toMatchObject({
      state: 'marked',
      work: '6',
      late: { seconds: 86_401, deduction: '3.3', deadline: DEADLINE },
      total: '2.7',
    });
    expect((await release(late)).released).toMatchObject([{ work: '6', deduction: '3.3', total: '2.7' }]);
    expect(await row(someone)).toMatchObject({ state: 'released', total: '2.7' });

    const extension = { examId: here.exam.id, studentId: someone, why: 'Ill.', by: here.examiner };
    await here.records.schedules.extend({ ...extension, deadline: after(86_400) });
    expect(await here.records.releases.current(late.id)).toMatchObject({ total: '2.7' });
    expect(await row(someone)).toMatchObject({ state: 'marked', late: null, total: '6' });
    expect((await release(late)).released).toMatchObject([
      { work: '6', deduction: '0', lateSeconds: null, total: '6' },
    ]);
    await here.records.schedules.extend({ ...extension, deadline: null, why: 'A mistake.' });
    expect(await row(someone)).toMatchObject({ state: 'marked', total: '2.7' });
    expect(await here.records.schedules.extensions(here.exam.id)).toContainEqual(
      expect.objectContaining({ studentId: someone, deadline: null, why: 'A mistake.' }),
    );
  });

  it('the-deduction-is-never-more-than-the-work', async () => {
    const someone = await here.person('student');
    const late = await handIn(someone, after(90 * 86_400));
    await mark(late, '0.1');
    expect(PARTS).toHaveLength(3);
    expect(await row(someone)).toMatchObject({ work: '0.3', late: { deduction: '0.3' }, total: '0' });
  });

  it.each([
    ['nobody', { why: 'Ill.' }, NotFoundError],
    ['no-reason', { why: ' ' }, InvalidRecordError],
    ['nothing-to-take-back', { why: 'A mistake.', deadline: null }, InvalidRecordError],
  ])('an-extension-for-%s-is-refused', async (who, more, error) => {
    const studentId = who === 'nobody' ? 'nobody' : await here.person('student');
    const request = { examId: here.exam.id, studentId, deadline: DEADLINE, by: here.examiner, ...more };
    await expect(here.records.schedules.extend(request)).rejects.toThrow(error);
  });
});
