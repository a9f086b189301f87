import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { InvalidRecordError, NotFoundError, openRecords, type Submission } from '@tensormark/records';
import { type Setting, setting } from './setting.js';

const HOUR = 3600_000;
const at = (hours: number) => new Date(Date.UTC(2027, 0, 1) + hours * HOUR);

describe('planned and withheld releases', () => {
  let here: Setting;
  beforeAll(async () => {
    here = await setting();
  });
  afterAll(() => here.close());
  // Each test leaves every paper marked, so that the next has only its own in the way.
  beforeEach(async () => {
    const plan = await here.records.releasePlans.of(here.exam.id);
    if (plan?.action === 'planned' || plan?.action === 'held')
      await here.records.releasePlans.cancel({ examId: here.exam.id, by: here.examiner });
  });

  const markAll = async (submission: Submission) => {
    for (const { answer, mark } of await here.records.markingQueue.ofSubmission(submission.id)) {
      await here.records.marks.set({
        answerId: answer.id,
        marks: '1',
        by: here.markers[0],
        why: 'Read.',
        expectedCurrentMarkId: mark?.id ?? null,
      });
    }
  };
  const marked = async (): Promise<Submission> => {
    const submission = await here.submitted();
    await markAll(submission);
    return submission;
  };
  const plan = (dueAt = at(1)) =>
    here.records.releasePlans.plan({ examId: here.exam.id, dueAt, zone: 'Europe/Berlin', by: here.examiner });
  const latest = () => here.records.releasePlans.of(here.exam.id);
  const isReleased = async ({ id }: Submission) => (await here.records.releases.current(id)) !== null;

  it('not-before-its-time-then-all-together-and-once', async () => {
    const [one, other] = [await marked(), await marked()];
    await plan();
    expect(await here.records.releasePlans.carryOut(at(0.99))).toEqual([]);
    expect(await isReleased(one)).toBe(false);
    expect(await here.records.releasePlans.carryOut(at(1))).toEqual([here.exam.id]);
    expect([await isReleased(one), await isReleased(other)]).toEqual([true, true]);
    expect(await latest()).toMatchObject({ action: 'done', released: 2, byId: here.examiner });
    expect(await here.records.releasePlans.carryOut(at(2))).toEqual([]);
  });

  it('is-held-where-who-planned-it-examines-the-exam-no-more-until-somebody-who-does-plans-it', async () => {
    const submission = await marked();
    const by = await here.person('examiner');
    const again = (who: string) =>
      here.records.releasePlans.plan({ examId: here.exam.id, dueAt: at(1), zone: 'UTC', by: who });
    await again(by);
    await here.records.users.setRole(by, 'marker', here.examiner);
    expect(await here.records.releasePlans.carryOut(at(1))).toEqual([]);
    expect(await isReleased(submission)).toBe(false);
    expect(await latest()).toMatchObject({ action: 'held', because: [{ reason: 'planner-gone' }] });
    await again(here.examiner);
    expect(await here.records.releasePlans.inTheWay(here.exam.id)).toEqual([]);
    expect(await here.records.releasePlans.carryOut(at(1))).toEqual([here.exam.id]);
    expect(await isReleased(submission)).toBe(true);
  });

  it('eight-workers-at-once-release-once', async () => {
    const submission = await marked();
    await plan();
    const workers = Array.from({ length: 8 }, () =>
      openRecords({ databaseUrl: here.database.databaseUrl, maxConnections: 1 }),
    );
    try {
      const done = await Promise.all(workers.map((each) => each.releasePlans.carryOut(at(1))));
      expect(done.flat()).toEqual([here.exam.id]);
    } finally {
      await Promise.all(workers.map((each) => each.close()));
    }
    const rows = await here.database.query(`SELECT 1 FROM releases WHERE submission_id = '${submission.id}'`);
    expect(rows).toHaveLength(1);
  });

  it('while-something-is-in-the-way-nobody-is-released-and-it-says-what', async () => {
    const ready = await marked();
    const unmarked = await here.submitted();
    await plan();
    expect(await here.records.releasePlans.carryOut(at(1))).toEqual([]);
    expect(await isReleased(ready)).toBe(false);
    const held = await latest();
    expect(held).toMatchObject({
      action: 'held',
      because: [{ reason: 'not-all-marked', submissions: 1 }],
    });
    // Looking again finds nothing new and writes nothing.
    await here.records.releasePlans.carryOut(at(2));
    expect((await latest())?.number).toBe(held?.number);
    await markAll(unmarked);
    expect(await here.records.releasePlans.carryOut(at(3))).toEqual([here.exam.id]);
    expect([await isReleased(ready), await isReleased(unmarked)]).toEqual([true, true]);
  });

  it('another-plan-takes-the-place-of-one-and-a-cancelled-one-is-none', async () => {
    const submission = await marked();
    await plan(at(1));
    await plan(at(5));
    expect(await here.records.releasePlans.carryOut(at(4))).toEqual([]);
    await here.records.releasePlans.cancel({ examId: here.exam.id, by: here.examiner });
    expect(await here.records.releasePlans.carryOut(at(6))).toEqual([]);
    expect(await isReleased(submission)).toBe(false);
    await expect(
      here.records.releasePlans.cancel({ examId: here.exam.id, by: here.examiner }),
    ).rejects.toThrow(InvalidRecordError);
    const { items: audited } = await here.records.audit.list({
      objectType: 'exam',
      objectId: here.exam.id,
    });
    expect(audited.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['release-planned', 'planned-release-held', 'planned-release-cancelled']),
    );
  });

  it('withheld-results-stay-back-and-hold-nobody-else', async () => {
    const [withheld, other] = [await here.submitted(), await marked()];
    const request = { examId: here.exam.id, studentId: withheld.studentId, by: here.examiner };
    await here.records.withheldResults.withhold({ ...request, why: 'An inquiry.' });
    await plan();
    expect(await here.records.releasePlans.carryOut(at(1))).toEqual([here.exam.id]);
    expect([await isReleased(withheld), await isReleased(other)]).toEqual([false, true]);
    await markAll(withheld);
    const again = await here.records.releases.release({ examId: here.exam.id, by: here.examiner });
    expect(again.heldBack).toContainEqual({ submissionId: withheld.id, reason: 'withheld' });
    await here.records.withheldResults.letGo({ ...request, why: 'Settled.' });
    await here.records.releases.release({ examId: here.exam.id, by: here.examiner });
    expect(await isReleased(withheld)).toBe(true);
  });

  it('withholding-hides-what-is-released-and-needs-a-reason', async () => {
    const submission = await marked();
    await here.records.releases.release({ examId: here.exam.id, by: here.examiner });
    const request = { examId: here.exam.id, studentId: submission.studentId, by: here.examiner };
    await expect(here.records.withheldResults.withhold({ ...request, why: ' ' })).rejects.toThrow(
      InvalidRecordError,
    );
    await here.records.withheldResults.withhold({ ...request, why: 'An inquiry.' });
    expect(await isReleased(submission)).toBe(false);
    expect(await here.records.withheldResults.ofExam(here.exam.id)).toEqual([
      expect.objectContaining({ studentId: submission.studentId, why: 'An inquiry.' }),
    ]);
    await expect(here.records.withheldResults.withhold({ ...request, why: 'Again.' })).rejects.toThrow(
      InvalidRecordError,
    );
    await expect(
      here.records.withheldResults.withhold({ ...request, studentId: 'nobody', why: 'Who?' }),
    ).rejects.toThrow(NotFoundError);
    await here.records.withheldResults.letGo({ ...request, why: 'Settled.' });
  });
});
