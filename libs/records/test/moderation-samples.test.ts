import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InvalidRecordError } from '@tensormark/records';
import { type Setting, setting } from './setting.js';

const ORDER = { tolerance: '0.5', agreed: 'first', step: '0.5' } as const;

describe('samples for moderation', () => {
  let here: Setting;
  beforeAll(async () => {
    here = await setting();
  });
  afterAll(() => here.close());

  /** The first marker marks three papers in every part. */
  const marked = async () => {
    const [by] = here.markers;
    for (const marks of ['1', '2', '0.5']) {
      const { id } = await here.submitted();
      for (const { answer } of await here.records.markingQueue.ofSubmission(id))
        await here.records.marks.set({
          answerId: answer.id,
          by,
          marks,
          why: 'As it is.',
          expectedCurrentMarkId: null,
        });
    }
  };
  const candidates = async () => here.records.moderationSamples.candidates(here.exam.id);
  const samples = async () => here.records.moderationSamples.ofExam(here.exam.id);

  it('are-marked-by-somebody-else-who-does-not-see-the-mark-and-compared-with-it', async () => {
    await marked();
    const [one, other] = here.markers;
    const before = await candidates();
    expect(before).toHaveLength(9);
    expect(before).toContainEqual(
      expect.objectContaining({ markerId: one, part: '1.a', marks: '2', available: '4', total: '6' }),
    );
    const chosen = before.filter(({ part }) => part === '1.a');
    const sample = await here.records.moderationSamples.take({
      examId: here.exam.id,
      seed: 'spring',
      size: '3',
      chosen: chosen.map(({ markId }) => ({ markId, as: 'spread' })),
      order: ORDER,
      by: here.examiner,
    });
    expect(sample.marks.map(({ second }) => second)).toEqual([null, null, null]);
    expect(await candidates()).toHaveLength(6);
    // It waits in the queue of whoever has not marked it, and of nobody else.
    const answers = chosen.map(({ answerId }) => answerId);
    expect([...(await here.records.secondMarks.awaitedOf(answers, other))].toSorted()).toEqual(
      answers.toSorted(),
    );
    expect([...(await here.records.secondMarks.awaitedOf(answers, one))]).toEqual([]);
    const agree = ({ first, second }: { first: string; second: string }) =>
      Math.abs(Number(first) - Number(second)) <= 0.5 ? first : null;
    for (const { answerId, marks } of chosen)
      await here.records.secondMarks.set({
        answerId,
        marks: marks === '2' ? '3' : marks,
        by: other,
        why: 'So.',
        agree,
      });
    const [seen] = await samples();
    expect(seen?.marks.map(({ marks, second }) => [marks, second]).toSorted()).toEqual([
      ['0.5', '0.5'],
      ['1', '1'],
      ['2', '3'],
    ]);
    expect(await here.records.secondMarks.inModeration(here.exam.id, here.examiner)).toHaveLength(1);
  });

  it('end-with-the-marks-accepted-or-all-of-that-part-marked-by-somebody-else', async () => {
    const [one, other] = here.markers;
    const chosen = (await candidates()).filter(({ part }) => part === '1.b').slice(0, 1);
    const { id } = await here.records.moderationSamples.take({
      examId: here.exam.id,
      seed: 'autumn',
      size: '1',
      chosen: chosen.map(({ markId }) => ({ markId, as: 'highest' })),
      order: ORDER,
      by: here.examiner,
    });
    const decide = (part: string, by = here.examiner, markerId = one) =>
      here.records.moderationSamples.decide({
        sampleId: id,
        markerId,
        part,
        outcome: 're-marked',
        why: 'Too generous.',
        order: ORDER,
        by,
      });
    await expect(decide('1.b', one)).rejects.toThrow(/their own marks/);
    await expect(decide('2')).rejects.toThrow(/nothing of this marker/);
    expect(await decide('1.b')).toMatchObject({ outcome: 're-marked', answers: 2 });
    await expect(decide('1.b')).rejects.toThrow(InvalidRecordError);
    const ofPart = (await candidates()).filter(({ part }) => part === '1.b');
    expect(ofPart).toEqual([]);
    const awaiting = await here.records.markingQueue.list({
      examId: here.exam.id,
      limit: 500,
      marker: other,
      part: '1.b',
    });
    expect(awaiting.total).toBe(3);
    const { items } = await here.records.audit.list({
      objectId: here.exam.id,
      action: 'sampled-marks-re-marked',
    });
    expect(items).toMatchObject([
      { actorId: here.examiner, details: { markerId: one, part: '1.b', answers: 2 } },
    ]);
  });

  it('of-marks-that-changed-meanwhile-take-none', async () => {
    const [candidate] = await candidates();
    if (candidate === undefined) throw new Error('there is nothing to sample');
    await here.records.marks.set({
      answerId: candidate.answerId,
      by: here.markers[0],
      marks: '0',
      why: 'I was wrong.',
      expectedCurrentMarkId: candidate.markId,
    });
    const taking = here.records.moderationSamples.take({
      examId: here.exam.id,
      seed: 'winter',
      size: '1',
      chosen: [{ markId: candidate.markId, as: 'lowest' }],
      order: ORDER,
      by: here.examiner,
    });
    await expect(taking).rejects.toThrow(/no marks/);
    await expect(here.database.query("UPDATE sample_outcomes SET outcome = 'accepted'")).rejects.toThrow(
      /never change/,
    );
  });

  it('lose-what-is-taken-back-changed-handed-in-anew-or-excused-before-somebody-else-has-marked-it', async () => {
    const other = await setting();
    try {
      const { records, exam, examiner, markers } = other;
      const [one, second] = markers;
      const papers = [];
      for (let at = 0; at < 6; at += 1) papers.push(await other.submitted());
      const answers: string[] = [];
      for (const { id } of papers) {
        const found = await records.markingQueue.ofSubmission(id);
        answers.push(found.find(({ answer }) => answer.part === '1.a')?.answer.id ?? '');
      }
      const mark = async (at: number, marks: string, by = one) => {
        const { basis } = await records.markingQueue.item(answers[at] ?? '');
        return records.marks.set({
          answerId: answers[at] ?? '',
          by,
          marks,
          why: 'So.',
          expectedCurrentMarkId: basis,
        });
      };
      const marks: string[] = [];
      for (const at of papers.keys()) marks.push((await mark(at, '1')).id);
      await records.moderationSamples.take({
        examId: exam.id,
        seed: 'spring',
        size: '6',
        chosen: marks.map((markId) => ({ markId, as: 'spread' })),
        order: ORDER,
        by: examiner,
      });
      const seen = async () => {
        const [sample] = await records.moderationSamples.ofExam(exam.id);
        const dropped = new Map(sample?.marks.map((each) => [each.markId, each.dropped]));
        return marks.map((id) => dropped.get(id));
      };
      const secondMark = (at: number) =>
        records.secondMarks.set({
          answerId: answers[at] ?? '',
          by: second,
          marks: '1',
          why: 'So.',
          agree: ({ first }) => first,
        });
      expect(await seen()).toEqual([false, false, false, false, false, false]);
      await records.marks.withdraw({ answerId: answers[0] ?? '', markId: marks[0] ?? '', by: one, why: '' });
      await mark(1, '2');
      await records.submissions.receive({
        examId: exam.id,
        studentId: papers[2]?.studentId ?? '',
        fileName: 'again.md',
        mediaType: 'text/markdown',
        bytes: Buffer.from('# Again'),
      });
      await records.excusals.excuse({
        examId: exam.id,
        studentId: papers[3]?.studentId ?? '',
        part: '1.a',
        why: 'Ill.',
        by: examiner,
      });
      await secondMark(4);
      // What was compared before stays in the sample, whatever becomes of it.
      await mark(4, '3', examiner);
      expect(await seen()).toEqual([true, true, true, true, false, false]);
      // Given again it is another mark, and is marked twice as was ordered.
      await mark(0, '0.5');
      expect((await seen())[0]).toBe(true);
      expect((await records.secondMarks.awaitedOf([answers[0] ?? ''], second)).has(answers[0] ?? '')).toBe(
        true,
      );
    } finally {
      await other.close();
    }
  });
});
