import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  InvalidRecordError,
  NotFoundError,
  type SplitAnswer,
  SplitConflictError,
  type Submission,
} from '@tensormark/records';
import { ENGINE, PARTS, type Setting, setting } from './setting.js';

describe('how a document is cut, said by a person', () => {
  let here: Setting;
  beforeAll(async () => {
    here = await setting();
  });
  afterAll(() => here.close());

  const cut = (texts: Readonly<Record<string, string>> = {}): SplitAnswer[] =>
    PARTS.map(({ part }) => ({
      part,
      found: texts[part] !== '',
      text: texts[part] ?? `Answer to ${part}`,
      pieces: [{ start: 0, end: 9 }],
      confidence: 1,
      reasons: [],
    }));
  const confirm = (submission: Submission, expected: number, answers = cut()) =>
    here.records.answers.confirm({
      submissionId: submission.id,
      expected,
      answers,
      by: submission.studentId,
      why: '',
    });
  const orders = async ({ id }: Submission) =>
    (await here.database.query('SELECT id FROM outbox_jobs WHERE submission_id = $1', [id])).length;
  const settle = ({ id }: Submission) =>
    here.records.submissions.settle(id, ENGINE, here.exam.current.schemeHash);
  const mark = async (submission: Submission) => {
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
  const cells = async ({ studentId }: Submission) =>
    (await here.records.gradeReports.ofExam(here.exam.id)).rows
      .find(({ student }) => student.id === studentId)
      ?.cells.map(({ state, mark }) => [state, mark]);

  it('confirming-what-is-there-adds-no-reading-and-orders-nothing', async () => {
    const submission = await here.submitted();
    expect(await here.records.answers.confirmation(submission.id)).toBeNull();
    const before = await here.records.answers.ofSubmission(submission.id);
    expect(await confirm(submission, 0)).toMatchObject({
      number: 1,
      changed: [],
      byId: submission.studentId,
    });
    expect(await here.records.answers.ofSubmission(submission.id)).toEqual(before);
    expect([await orders(submission), (await settle(submission)).state]).toEqual([1, 'ready']);
  });

  it('what-is-moved-is-read-anew-and-ordered-and-no-machine-cuts-it-again', async () => {
    const submission = await here.submitted();
    const moved = cut({ '1.a': 'Both answers', '1.b': '' });
    expect(await confirm(submission, 0, moved)).toMatchObject({ changed: ['1.a', '1.b'] });
    const answers = await here.records.answers.ofSubmission(submission.id);
    expect(answers.map(({ reading, found, text }) => [reading, found, text])).toEqual([
      [2, true, 'Both answers'],
      [2, false, ''],
      [1, true, 'Answer to 2'],
    ]);
    expect(await orders(submission)).toBe(2);
    const scheme = here.exam.current.schemeHash;
    const open = await here.records.answers.unproposed(submission.id, ENGINE, scheme);
    expect(open.map(({ part }) => part)).toEqual(['1.a', '1.b']);
    // Not failed: the order to mark what changed is on its way.
    expect((await settle(submission)).state).toBe('marking');
    await here.records.answers.saveSplit({
      submissionId: submission.id,
      engineVersion: 'newer',
      answers: [],
    });
    expect(await here.records.answers.ofSubmission(submission.id)).toEqual(answers);
    expect(await confirm(submission, 1, moved)).toMatchObject({ number: 2, changed: [] });
    expect(await orders(submission)).toBe(2);
  });

  it('of-two-at-once-one-is-heard-and-the-other-told', async () => {
    const submission = await here.submitted();
    const both = await Promise.allSettled([
      confirm(submission, 0, cut({ '2': 'One' })),
      confirm(submission, 0, cut({ '2': 'Other' })),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await expect(confirm(submission, 0)).rejects.toThrow(SplitConflictError);
    await expect(confirm(submission, 1, cut().slice(1))).rejects.toThrow(InvalidRecordError);
    await expect(confirm({ ...submission, id: here.exam.id }, 0)).rejects.toThrow(NotFoundError);
    await expect(here.database.query('DELETE FROM split_confirmations')).rejects.toThrow(/never/);
  });

  it('a-mark-is-kept-where-its-answer-changes-and-a-person-looks-again', async () => {
    const submission = await here.submitted();
    await mark(submission);
    await confirm(submission, 0, cut({ '1.a': 'Longer now' }));
    const { id: answerId } = (await here.records.answers.ofSubmission(submission.id))[0] ?? { id: '' };
    const kept = await here.records.marks.current(answerId);
    expect(kept).toMatchObject({ marks: '1', number: 1 });
    expect(await here.records.markingQueue.item(answerId)).toMatchObject({
      mark: { id: kept?.id },
      changedSinceMarked: true,
    });
    const flagged = (state: string) => [
      [state, null],
      ['marked', '1'],
      ['marked', '1'],
    ];
    expect(await cells(submission)).toEqual(flagged('pending'));
    await here.records.submissions.setState(submission.id, 'ready');
    expect(await cells(submission)).toEqual(flagged('needs-person'));
    const release = () =>
      here.records.releases.release({
        examId: here.exam.id,
        submissionIds: [submission.id],
        by: here.examiner,
      });
    expect((await release()).heldBack).toEqual([{ submissionId: submission.id, reason: 'answer-changed' }]);

    // Back as it was: the mark stands again, without anybody's doing.
    await confirm(submission, 1);
    expect(await cells(submission)).toEqual(Array.from({ length: 3 }, () => ['marked', '1']));
    await confirm(submission, 2, cut({ '1.a': 'Longer now' }));
    await mark(submission);
    expect(await cells(submission)).toEqual(Array.from({ length: 3 }, () => ['marked', '1']));
    expect((await release()).released).toHaveLength(1);
  });

  it('the-queue-has-what-changed-since-it-was-marked', async () => {
    const submission = await here.submitted();
    await mark(submission);
    const waiting = async () =>
      (await here.records.markingQueue.list({ examId: here.exam.id, limit: 500 })).items
        .filter(({ answer }) => answer.submissionId === submission.id)
        .map(({ answer }) => answer.part);
    expect(await waiting()).toEqual([]);
    await confirm(submission, 0, cut({ '2': 'Another network' }));
    await here.records.submissions.setState(submission.id, 'ready');
    expect(await waiting()).toEqual(['2']);
  });
});
