import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { analyseItems } from '@tensormark/marking';
import type { Submission } from '@tensormark/records';
import { sumsOf } from '../../marking/test/sums-of.js';
import { PARTS, type Setting, setting } from './setting.js';

describe('marks added up by the database', () => {
  let here: Setting;
  beforeAll(async () => {
    here = await setting();
  });
  afterAll(() => here.close());

  const mark = async (submission: Submission, given: Readonly<Record<string, string>>) => {
    for (const { answer, mark: before } of await here.records.markingQueue.ofSubmission(submission.id)) {
      const marks = given[answer.part];
      if (marks === undefined) continue;
      await here.records.marks.set({
        answerId: answer.id,
        marks,
        by: here.markers[0],
        why: 'Read.',
        expectedCurrentMarkId: before?.id ?? null,
      });
    }
  };

  /** The same out of the grade report, row by row. */
  const fromTheReport = async () => {
    const { parts, rows } = await here.records.gradeReports.ofExam(here.exam.id);
    return sumsOf(
      parts.map(({ part, maximum }) => ({ part, available: Number(maximum) })),
      rows.map(
        ({ cells }) =>
          new Map(cells.map(({ part, mark: has }) => [part, has === null ? null : Number(has)] as const)),
      ),
    );
  };

  const same = async () => {
    const { titles, ...sums } = await here.records.markSums.ofExam(here.exam.id);
    expect(sums).toEqual(await fromTheReport());
    return { titles, sums };
  };

  it('are-those-of-the-grade-report-whatever-becomes-of-a-paper', async () => {
    const { titles, sums: none } = await same();
    expect([...titles]).toEqual(PARTS.map(({ part, title }) => [part, title]));
    expect(none.totals.count).toBe(0);

    const papers: Submission[] = [];
    for (let at = 0; at < 12; at += 1) {
      const paper = await here.submitted();
      papers.push(paper);
      await mark(paper, { '1.a': `${(at % 5) * 0.75}`, '1.b': '2.5', '2': String(at % 11) });
    }
    expect((await same()).sums.totals.count).toBe(12);

    const [first, second, third, fourth] = papers;
    if (!first || !second || !third || !fourth) throw new Error('there are twelve papers');
    // Changed; partly marked; another attempt; excused from a part, and from everything.
    await mark(first, { '2': '0.125' });
    await mark(await here.submitted(), { '1.a': '4' });
    await here.records.submissions.receive({
      examId: here.exam.id,
      studentId: second.studentId,
      fileName: 'b.md',
      mediaType: 'text/markdown',
      bytes: Buffer.from('again'),
    });
    for (const [studentId, part] of [
      [third.studentId, '1.a'],
      [fourth.studentId, null],
    ] as const)
      await here.records.excusals.excuse({
        examId: here.exam.id,
        studentId,
        part,
        why: 'Ill.',
        by: here.examiner,
      });
    const { sums } = await same();
    expect(sums.totals.count).toBe(9);
    expect(sums.parts.map(({ part, count }) => [part, count])).toEqual([
      ['1.a', 10],
      ['1.b', 10],
      ['2', 10],
    ]);

    // An answer that reads otherwise by now has no mark that stands; one to be marked twice neither.
    const fifth = papers[4];
    const [answer] = await here.records.answers.ofSubmission(fifth?.id ?? '');
    await here.database.query(
      `INSERT INTO answer_readings (id, answer_id, number, found, text, pieces, confidence, reasons, content_hash, engine_version)
       SELECT gen_random_uuid(), answer_id, number + 1, found, 'another', pieces, confidence, reasons, 'x', engine_version
       FROM answer_readings WHERE answer_id = $1`,
      [answer?.id],
    );
    const [sampled] = await here.records.markingQueue.ofSubmission(papers[5]?.id ?? '');
    await here.records.moderationSamples.take({
      examId: here.exam.id,
      seed: 's',
      size: '1',
      chosen: [{ markId: sampled?.mark?.id ?? '', as: 'spread' }],
      order: { tolerance: '0', agreed: 'first', step: '0.5' },
      by: here.examiner,
    });
    expect((await same()).sums.totals.count).toBe(7);
  });

  it('parts-of-older-versions-come-last-and-keep-papers-from-being-whole', async () => {
    await here.records.exams.put({
      slug: 'midterm',
      title: 'Midterm',
      source: 'exam: midterm\n# another\n',
      definition: { exam: 'midterm', changed: true },
      parts: [
        { part: '3', kind: 'essay', title: 'New', maximum: '5' },
        ...PARTS.filter(({ part }) => part !== '2'),
      ],
      by: here.examiner,
    });
    const { sums } = await same();
    expect(sums.parts.map(({ part }) => part)).toEqual(['3', '1.a', '1.b', '2']);
    expect(analyseItems(sums)).toMatchObject({ papers: 0, mean: null });
  });

  it('an-exam-that-is-not-there-is-refused', async () => {
    await expect(here.records.markSums.ofExam('00000000-0000-4000-8000-000000000000')).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
