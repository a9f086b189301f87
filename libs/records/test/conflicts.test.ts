import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConflictOfInterestError, InvalidRecordError, NotFoundError } from '@tensormark/records';
import { type Setting, setting } from './setting.js';

describe('conflicts of interest', () => {
  let here: Setting;
  beforeAll(async () => {
    here = await setting();
  });
  afterAll(() => here.close());

  const declare = (markerId: string, studentId: string, why = 'They are siblings.') =>
    here.records.conflicts.declare({ markerId, studentId, why, by: here.examiner });
  const withdraw = (id: string, by = here.examiner, why = 'Another of that name.') =>
    here.records.conflicts.withdraw({ id, why, by });
  const work = async () => {
    const { id, studentId } = await here.submitted();
    const answers = (await here.records.markingQueue.ofSubmission(id)).map(({ answer }) => answer.id);
    const [answer] = answers;
    if (answer === undefined) throw new Error('there are no answers');
    return { id, studentId, answers, answer };
  };
  const queued = async (marker?: string) => {
    const { items, total } = await here.records.markingQueue.list({
      examId: here.exam.id,
      limit: 500,
      ...(marker === undefined ? {} : { marker }),
    });
    expect(total).toBe(items.length);
    return items.map(({ answer }) => answer.id);
  };
  const mark = (answerId: string, by: string, expectedCurrentMarkId: string | null = null) =>
    here.records.marks.set({ answerId, by, marks: '1', why: 'As it is.', expectedCurrentMarkId });

  it('the-queue-gives-nothing-of-the-student-to-that-marker-and-everything-to-a-colleague', async () => {
    const [one, other] = here.markers;
    const theirs = await work();
    const others = await work();
    await declare(one, theirs.studentId);
    const given = await queued(one);
    expect(given.filter((id) => theirs.answers.includes(id))).toEqual([]);
    expect(given).toEqual(expect.arrayContaining(others.answers));
    expect(await queued(other)).toEqual(expect.arrayContaining([...theirs.answers, ...others.answers]));
    expect(await queued()).toEqual(expect.arrayContaining(theirs.answers));
  });

  it('a-mark-and-a-hold-are-refused-without-a-name-and-taken-after-the-withdrawal', async () => {
    const [one, other] = here.markers;
    const { answer, studentId } = await work();
    const { id } = await declare(one, studentId);
    await expect(mark(answer, one)).rejects.toThrow(ConflictOfInterestError);
    expect(await here.records.marks.history(answer)).toEqual([]);
    const hold = { answerId: answer, by: one, seconds: 60 };
    const refused = await here.records.holds.take(hold).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ConflictOfInterestError);
    expect(String(refused)).not.toMatch(/Student|siblings/i);
    await mark(answer, other);
    await withdraw(id);
    expect((await here.records.holds.take(hold)).holderId).toBe(one);
    const [current] = await here.records.marks.history(answer);
    expect((await mark(answer, one, current?.id ?? null)).setById).toBe(one);
  });

  it('declaring-takes-the-work-from-the-markers-desk-and-leaves-other-desks', async () => {
    const [one, other] = here.markers;
    const { answers, studentId } = await work();
    const [first = '', second = ''] = answers;
    const elsewhere = await work();
    await here.records.holds.take({ answerId: first, by: one, seconds: 60 });
    await here.records.holds.take({ answerId: second, by: other, seconds: 60 });
    await here.records.holds.take({ answerId: elsewhere.answer, by: one, seconds: 60 });
    await declare(one, studentId);
    const held = await here.records.holds.of([first, second, elsewhere.answer]);
    expect([...held.keys()].toSorted()).toEqual([second, elsewhere.answer].toSorted());
  });

  it('a-second-look-is-not-listed-and-not-answered', async () => {
    const [one, other] = here.markers;
    const { id: submissionId, studentId, answers } = await work();
    for (const answer of answers) await mark(answer, other);
    await here.records.releases.release({
      examId: here.exam.id,
      submissionIds: [submissionId],
      by: here.examiner,
    });
    const request = await here.records.reviewRequests.ask({
      submissionId,
      part: '1.a',
      reason: 'Look again.',
      by: studentId,
      withinDays: 7,
    });
    await declare(one, studentId);
    const listed = (marker: string) => here.records.reviewRequests.ofExam({ examId: here.exam.id, marker });
    expect(await listed(one)).toEqual({ requests: [], total: 0 });
    expect((await listed(other)).requests.map(({ id }) => id)).toEqual([request.id]);
    const answered = here.records.reviewRequests.answer({
      requestId: request.id,
      by: one,
      decision: { outcome: 'kept', reason: 'It stands.' },
    });
    await expect(answered).rejects.toThrow(ConflictOfInterestError);
    expect((await here.records.reviewRequests.get(request.id)).answered).toBeNull();
  });

  it('each-word-is-a-row-that-never-changes-and-is-audited-with-its-reason', async () => {
    const [one] = here.markers;
    const studentId = await here.person('student', 'Grace');
    const first = await declare(one, studentId);
    expect(await here.records.conflicts.list()).toContainEqual(first);
    expect(first).toMatchObject({ markerName: 'marker', studentName: 'Grace', byName: 'examiner' });
    await withdraw(first.id);
    expect((await here.records.conflicts.studentsOf(one)).has(studentId)).toBe(false);
    await expect(withdraw(first.id)).rejects.toThrow(InvalidRecordError);
    const again = await declare(one, studentId, 'They are siblings after all.');
    expect((await here.records.conflicts.studentsOf(one)).has(studentId)).toBe(true);
    // What was withdrawn once does not take the new one with it.
    await expect(withdraw(first.id)).rejects.toThrow(InvalidRecordError);
    expect(await here.records.conflicts.list()).toContainEqual(again);

    const rows = await here.database.query(
      'SELECT number, withdrawn FROM conflicts_of_interest WHERE student_id = $1 ORDER BY number',
      [studentId],
    );
    expect(rows).toEqual([
      { number: 1, withdrawn: false },
      { number: 2, withdrawn: true },
      { number: 3, withdrawn: false },
    ]);
    await expect(
      here.database.query('DELETE FROM conflicts_of_interest WHERE student_id = $1', [studentId]),
    ).rejects.toThrow(/never changed/);
    const { items } = await here.records.audit.list({ objectType: 'user', objectId: one, limit: 3 });
    expect(items.map(({ action, actorId, details }) => ({ action, actorId, details }))).toEqual([
      {
        action: 'conflict-declared',
        actorId: here.examiner,
        details: { conflictId: again.id, studentId, why: 'They are siblings after all.' },
      },
      {
        action: 'conflict-withdrawn',
        actorId: here.examiner,
        details: { conflictId: first.id, studentId, why: 'Another of that name.' },
      },
      {
        action: 'conflict-declared',
        actorId: here.examiner,
        details: { conflictId: first.id, studentId, why: 'They are siblings.' },
      },
    ]);
  });

  it('of-two-who-declare-the-same-at-once-one-is-told-that-it-stands', async () => {
    const [one] = here.markers;
    const studentId = await here.person('student');
    const both = await Promise.allSettled([declare(one, studentId), declare(one, studentId)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('refuses-what-is-no-marker-and-student-no-reason-and-ones-own-withdrawal', async () => {
    const [one, other] = here.markers;
    const studentId = await here.person('student');
    await expect(declare(one, other)).rejects.toThrow(InvalidRecordError);
    await expect(declare(studentId, studentId)).rejects.toThrow(InvalidRecordError);
    await expect(declare(one, studentId, '  ')).rejects.toThrow(InvalidRecordError);
    await expect(declare(one, 'nobody')).rejects.toThrow(NotFoundError);
    await expect(declare('nobody', studentId)).rejects.toThrow(NotFoundError);
    const own = await declare(here.examiner, studentId);
    await expect(withdraw(own.id)).rejects.toThrow(InvalidRecordError);
    await expect(withdraw(own.id, one, ' ')).rejects.toThrow(InvalidRecordError);
    await expect(withdraw('nonsense')).rejects.toThrow(NotFoundError);
    await expect(withdraw('00000000-0000-4000-8000-000000000000')).rejects.toThrow(NotFoundError);
  });
});
