import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InvalidRecordError, MarkConflictError, NotFoundError } from '@tensormark/records';
import { type Setting, setting } from './setting.js';

describe('review requests', () => {
  let here: Setting;
  beforeAll(async () => {
    here = await setting();
  });
  afterAll(() => here.close());

  /** A submission whose parts the first marker has marked with 1 each, released. */
  async function released() {
    const submission = await here.submitted();
    const marks = new Map<string, string>();
    for (const { answer } of await here.records.markingQueue.ofSubmission(submission.id)) {
      const { id } = await here.records.marks.set({
        answerId: answer.id,
        marks: '1',
        by: here.markers[0],
        why: '',
        expectedCurrentMarkId: null,
      });
      marks.set(answer.part, id);
    }
    await here.records.releases.release({
      examId: here.exam.id,
      submissionIds: [submission.id],
      by: here.examiner,
    });
    return { submission, marks };
  }
  const ask = (submissionId: string, by: string, more = {}) =>
    here.records.reviewRequests.ask({
      submissionId,
      part: '2',
      reason: 'The residual connection is on line 12.',
      by,
      withinDays: 14,
      ...more,
    });

  it('a-changed-mark-is-released-with-the-outcome', async () => {
    const { submission, marks } = await released();
    const request = await ask(submission.id, submission.studentId, { item: 'residual' });
    expect(request).toMatchObject({ part: '2', item: 'residual', answered: null });
    const answered = await here.records.reviewRequests.answer({
      requestId: request.id,
      by: here.markers[1],
      decision: {
        outcome: 'changed',
        reason: 'It is there.',
        marks: '3',
        expectedCurrentMarkId: marks.get('2') ?? null,
      },
    });
    expect(answered.answered).toMatchObject({
      outcome: 'changed',
      reason: 'It is there.',
      by: here.markers[1],
    });
    const release = await here.records.releases.current(submission.id);
    expect(release?.marks.map((mark) => mark.marks).toSorted()).toEqual(['1', '1', '3']);
    expect(release?.total).toBe('5');
  });

  it('a-changed-mark-says-what-it-is-for-and-gives-nobody-more-time', async () => {
    const { submission } = await released();
    // As if it had been released ten days ago.
    await here.database.query('ALTER TABLE releases DISABLE TRIGGER never_changes');
    await here.database.query("UPDATE releases SET at = at - interval '10 days' WHERE submission_id = $1", [
      submission.id,
    ]);
    await here.database.query('ALTER TABLE releases ENABLE TRIGGER never_changes');
    const until = () => here.records.reviewRequests.openUntil(submission.id, 14);
    const first = await until();
    const answerWith = async (part: string, marks: string, breakdown: readonly object[]) => {
      const { id } = await ask(submission.id, submission.studentId, { part });
      const { answer, basis } = (await here.records.markingQueue.ofSubmission(submission.id)).find(
        (each) => each.answer.part === part,
      ) ?? { answer: { id: '' }, basis: null };
      await here.records.reviewRequests.answer({
        requestId: id,
        by: here.markers[1],
        decision: {
          outcome: 'changed',
          reason: 'It is there.',
          marks,
          expectedCurrentMarkId: basis,
          breakdown: breakdown.map((line) => ({ ...line })),
        },
      });
      return here.records.marks.current(answer.id);
    };
    const items = [{ item: 'residual', marks: '3' }];
    expect(await answerWith('2', '3', items)).toMatchObject({ marks: '3', breakdown: items });
    expect(await until()).toEqual(first);
    await answerWith('1.a', '2', []);
    expect(await until()).toEqual(first);
    // Asked after the time that began with the release: too late, however late the answer was.
    await expect(ask(submission.id, submission.studentId, { part: '1.b', withinDays: 9 })).rejects.toThrow(
      'is over',
    );
    // What somebody changes beside a second look is new to the student, and so is the time to ask.
    const [other] = (await here.records.markingQueue.ofSubmission(submission.id)).filter(
      (each) => each.answer.part === '1.b',
    );
    await here.records.marks.set({
      answerId: other?.answer.id ?? '',
      marks: '2',
      by: here.markers[0],
      why: 'The sum was wrong.',
      expectedCurrentMarkId: other?.basis ?? null,
    });
    await here.records.releases.release({
      examId: here.exam.id,
      submissionIds: [submission.id],
      by: here.examiner,
    });
    expect((await until())?.getTime()).toBeGreaterThan((first?.getTime() ?? 0) + 9 * 24 * 3600 * 1000);
  });

  it('a-kept-mark-changes-nothing', async () => {
    const { submission } = await released();
    const before = await here.records.releases.current(submission.id);
    const { id } = await ask(submission.id, submission.studentId);
    await here.records.reviewRequests.answer({
      requestId: id,
      by: here.markers[1],
      decision: { outcome: 'kept', reason: 'The sum comes before the addition.' },
    });
    expect(await here.records.releases.current(submission.id)).toEqual(before);
    const { requests, total } = await here.records.reviewRequests.ofExam({
      examId: here.exam.id,
      answered: true,
      limit: 500,
    });
    expect(requests).toHaveLength(total);
    expect(requests.map((each) => each.id)).toContain(id);
  });

  it('nobody-looks-again-at-their-own-mark', async () => {
    const { submission } = await released();
    const { id } = await ask(submission.id, submission.studentId);
    await expect(
      here.records.reviewRequests.answer({
        requestId: id,
        by: here.markers[0],
        decision: { outcome: 'kept', reason: 'I was right.' },
      }),
    ).rejects.toThrow(/yourself/);
  });

  it('two-answers-at-once-are-one-answer', async () => {
    const { submission, marks } = await released();
    const { id } = await ask(submission.id, submission.studentId);
    const answer = (to: string, by: string) =>
      here.records.reviewRequests.answer({
        requestId: id,
        by,
        decision: {
          outcome: 'changed',
          reason: 'Looked again.',
          marks: to,
          expectedCurrentMarkId: marks.get('2') ?? null,
        },
      });
    const outcomes = await Promise.allSettled([answer('2', here.markers[1]), answer('4', here.examiner)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused: unknown[] = outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
    expect(
      refused.every((error) => error instanceof InvalidRecordError || error instanceof MarkConflictError),
    ).toBe(true);
    const { answered, answerId } = await here.records.reviewRequests.get(id);
    expect(answered?.markId).toBe((await here.records.marks.current(answerId))?.id);
  });

  it('an-outdated-mark-is-a-conflict-and-leaves-the-request-open', async () => {
    const { submission } = await released();
    const { id } = await ask(submission.id, submission.studentId);
    await expect(
      here.records.reviewRequests.answer({
        requestId: id,
        by: here.markers[1],
        decision: { outcome: 'changed', reason: 'Yes.', marks: '2', expectedCurrentMarkId: null },
      }),
    ).rejects.toThrow(MarkConflictError);
    expect((await here.records.reviewRequests.get(id)).answered).toBeNull();
  });

  it('before-release-after-the-window-twice-or-without-a-reason-is-refused', async () => {
    const unreleased = await here.submitted();
    await expect(ask(unreleased.id, unreleased.studentId)).rejects.toThrow(/not released/);
    const { submission } = await released();
    const by = submission.studentId;
    await expect(ask(submission.id, by, { withinDays: 0 })).rejects.toThrow(/over/);
    await expect(ask(submission.id, by, { reason: '  ' })).rejects.toThrow(/why/);
    await expect(ask(submission.id, by, { part: '9' })).rejects.toThrow(NotFoundError);
    await expect(ask(submission.id, 'nobody')).rejects.toThrow(NotFoundError);
    await ask(submission.id, by);
    await expect(ask(submission.id, by)).rejects.toThrow(/already/);
    expect(await here.records.reviewRequests.ofSubmission(submission.id)).toHaveLength(1);
  });

  it.each(['review_requests', 'review_outcomes'])('rows-of-%s-never-change', async (table) => {
    const { submission } = await released();
    const { id } = await ask(submission.id, submission.studentId);
    await here.records.reviewRequests.answer({
      requestId: id,
      by: here.markers[1],
      decision: { outcome: 'kept', reason: 'Looked again.' },
    });
    for (const sql of [
      `UPDATE ${table} SET reason = 'x'`,
      `DELETE FROM ${table}`,
      `TRUNCATE ${table} CASCADE`,
    ])
      await expect(here.database.query(sql)).rejects.toThrow(/never changed or deleted/);
  });
});
