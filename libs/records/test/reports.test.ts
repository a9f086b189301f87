import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Submission } from '@tensormark/records';
import { type Setting, setting } from './setting.js';

describe('marking queue, release and grade report', () => {
  let here: Setting;
  beforeAll(async () => {
    here = await setting();
  });
  afterAll(() => here.close());
  const markAll = async (submission: Submission, marks: string) => {
    for (const { answer, mark } of await here.records.markingQueue.ofSubmission(submission.id)) {
      await here.records.marks.set({
        answerId: answer.id,
        marks,
        by: here.markers[0],
        why: 'Read.',
        expectedCurrentMarkId: mark?.id ?? null,
      });
    }
  };
  const row = async (studentId: string) =>
    (await here.records.gradeReports.ofExam(here.exam.id)).rows.find(
      ({ student }) => student.id === studentId,
    );

  it('absent-pending-failed-needs-person-proposed-and-zero-are-six-states', async () => {
    const absent = await here.person('student', 'Absent');
    await here.records.exams.enrol(here.exam.id, [absent, absent], here.examiner);
    const pending = await here.person('student', 'Pending');
    await here.records.submissions.receive({
      examId: here.exam.id,
      studentId: pending,
      fileName: 'a.md',
      mediaType: 'text/markdown',
      bytes: Buffer.from('a'),
    });
    const mixed = await here.submitted({ '1.a': 'failed', '1.b': 'needs-person', '2': 'absent' });
    const zero = await here.submitted();
    await markAll(zero, '0');

    expect(await row(absent)).toMatchObject({
      state: 'absent',
      submission: null,
      total: null,
      maximum: '16.5',
    });
    const pendingRow = await row(pending);
    expect(pendingRow).toMatchObject({ state: 'pending', total: null });
    expect(pendingRow?.cells.map(({ state, mark }) => [state, mark])).toEqual([
      ['pending', null],
      ['pending', null],
      ['pending', null],
    ]);
    const mixedRow = await row(mixed.studentId);
    expect(mixedRow).toMatchObject({ state: 'failed', total: null });
    expect(mixedRow?.cells.map(({ state, mark }) => [state, mark])).toEqual([
      ['failed', null],
      ['needs-person', null],
      ['absent', null],
    ]);
    expect(await row(zero.studentId)).toMatchObject({ state: 'marked', total: '0' });
    expect((await row(zero.studentId))?.cells[0]).toEqual({
      part: '1.a',
      state: 'marked',
      mark: '0',
      markNumber: 1,
      proposed: '1',
      maximum: '4',
    });
  });

  it('a-partly-marked-paper-has-no-total-and-is-not-released', async () => {
    const paper = await here.submitted({ '1.a': '3.125' });
    const [first] = await here.records.markingQueue.ofSubmission(paper.id);
    await here.records.marks.set({
      answerId: first?.answer.id ?? '',
      marks: '3.125',
      by: here.markers[0],
      why: '',
      expectedCurrentMarkId: null,
      proposedMarkId: first?.proposed?.id ?? null,
    });
    expect(await row(paper.studentId)).toMatchObject({ state: 'proposed', total: null });
    const { released, heldBack } = await here.records.releases.release({
      examId: here.exam.id,
      submissionIds: [paper.id],
      by: here.examiner,
    });
    expect(released).toEqual([]);
    expect(heldBack).toEqual([{ submissionId: paper.id, reason: 'not-all-marked' }]);
    expect(await here.records.releases.current(paper.id)).toBeNull();
  });

  it('a-release-shows-the-marks-as-they-were-until-the-next-one', async () => {
    const paper = await here.submitted();
    await markAll(paper, '1.5');
    const release = () =>
      here.records.releases.release({ examId: here.exam.id, submissionIds: [paper.id], by: here.examiner });
    expect((await release()).released).toMatchObject([{ total: '4.5' }]);
    expect((await release()).heldBack).toEqual([{ submissionId: paper.id, reason: 'already-released' }]);
    expect(await row(paper.studentId)).toMatchObject({ state: 'released', total: '4.5' });

    await markAll(paper, '2');
    expect(await here.records.releases.current(paper.id)).toMatchObject({ total: '4.5' });
    expect(await row(paper.studentId)).toMatchObject({ state: 'marked', total: '6' });
    await release();
    expect(await here.records.releases.current(paper.id)).toMatchObject({ total: '6' });

    await here.records.releases.withdraw({ submissionId: paper.id, by: here.examiner, why: 'Too early.' });
    expect(await here.records.releases.current(paper.id)).toBeNull();
    expect(await row(paper.studentId)).toMatchObject({ state: 'marked', total: '6' });
  });

  it('the-latest-attempt-counts', async () => {
    const first = await here.submitted();
    await markAll(first, '1');
    const second = await here.records.submissions.receive({
      examId: here.exam.id,
      studentId: first.studentId,
      fileName: 'b.md',
      mediaType: 'text/markdown',
      bytes: Buffer.from('b'),
    });
    expect(await row(first.studentId)).toMatchObject({
      state: 'pending',
      submission: { id: second.submission.id },
    });
    const { heldBack } = await here.records.releases.release({
      examId: here.exam.id,
      submissionIds: [first.id],
      by: here.examiner,
    });
    expect(heldBack).toEqual([{ submissionId: first.id, reason: 'not-latest-attempt' }]);
  });

  it('the-queue-shows-the-most-doubtful-first-and-what-is-marked-not-at-all', async () => {
    const fresh = await here.records.exams.put({
      slug: 'queue',
      title: 'Queue',
      source: 'queue',
      definition: {},
      parts: [{ part: '1', kind: 'essay', title: 'One', maximum: '4' }],
      by: here.examiner,
    });
    const outcomes = ['proposed', 'needs-person', 'failed', 'absent', 'proposed'] as const;
    for (const [index, outcome] of outcomes.entries()) {
      const { submission } = await here.records.submissions.receive({
        examId: fresh.exam.id,
        studentId: await here.person('student'),
        fileName: 'q.md',
        mediaType: 'text/markdown',
        bytes: Buffer.from('q'),
      });
      const [answer] = await here.records.answers.saveSplit({
        submissionId: submission.id,
        engineVersion: 'e',
        answers: [],
      });
      await here.records.proposedMarks.save({
        answerId: answer?.id ?? '',
        readingId: answer?.readingId ?? '',
        engineVersion: 'e',
        examVersionId: fresh.exam.current.id,
        schemeHash: fresh.exam.current.schemeHash,
        outcome,
        marks: outcome === 'proposed' ? '1' : null,
        doubt: index / 10,
        evidence: {},
      });
      await here.records.submissions.settle(submission.id, 'e', fresh.exam.current.schemeHash);
    }
    const past = await here.records.markingQueue.list({ examId: fresh.exam.id, offset: 5 });
    expect([past.items, past.total]).toEqual([[], 5]);
    const { items, total } = await here.records.markingQueue.list({ examId: fresh.exam.id });
    expect(total).toBe(5);
    expect(items.map(({ proposed }) => [proposed?.outcome, proposed?.doubt])).toEqual([
      ['failed', 0.2],
      ['needs-person', 0.1],
      ['proposed', 0.4],
      ['proposed', 0],
      ['absent', 0.3],
    ]);
    const [first] = items;
    await here.records.marks.set({
      answerId: first?.answer.id ?? '',
      marks: '1',
      by: here.markers[0],
      why: '',
      expectedCurrentMarkId: null,
    });
    const rest = await here.records.markingQueue.list({ examId: fresh.exam.id, limit: 2, offset: 1 });
    expect(rest.total).toBe(4);
    expect(rest.items.map(({ proposed }) => proposed?.doubt)).toEqual([0.4, 0]);
    expect(await here.records.markingQueue.progress(fresh.exam.id)).toEqual([
      { part: '1', answers: 5, marked: 1, needsPerson: 1, failed: 0 },
    ]);
  });
});
