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
});
