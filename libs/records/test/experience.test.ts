import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ENGINE, type Setting, setting } from './setting.js';

describe('what marking has taught', () => {
  let here: Setting;
  beforeAll(async () => {
    here = await setting();
  });
  afterAll(() => here.close());

  async function submitted(marks: string, says: readonly string[]) {
    const submission = await here.submitted();
    for (const { answer } of await here.records.markingQueue.ofSubmission(submission.id)) {
      if (answer.part !== '1.b') continue;
      const { proposedMark } = await here.records.proposedMarks.save({
        answerId: answer.id,
        readingId: answer.readingId,
        engineVersion: `${ENGINE}-newer`,
        examVersionId: submission.examVersionId,
        schemeHash: here.exam.current.schemeHash,
        outcome: 'proposed',
        marks: '1',
        doubt: 0.2,
        evidence: {
          evidence: [{ kind: 'finding', check: 'no-zero-grad', severity: 'error' }],
          items: [{ item: 'x', evidence: [{ kind: 'misconception', explanations: [...says] }] }],
        },
      });
      await here.records.marks.set({
        answerId: answer.id,
        marks,
        by: here.markers[0],
        why: 'As seen.',
        expectedCurrentMarkId: null,
        proposedMarkId: proposedMark.id,
      });
    }
  }

  it('errors-are-counted-once-an-answer-and-proposals-held-against-marks', async () => {
    await submitted('1', ['kernel not squared', 'bias left out']);
    await submitted('2', ['kernel not squared', 'kernel not squared']);
    await submitted('0.5', []);
    const { markingExperience } = here.records;
    expect(await markingExperience.frequentFindings(here.exam.id, 5)).toEqual([
      { part: '1.b', kind: 'finding', says: 'no-zero-grad', answers: 3 },
      { part: '1.b', kind: 'misconception', says: 'kernel not squared', answers: 2 },
      { part: '1.b', kind: 'misconception', says: 'bias left out', answers: 1 },
    ]);
    expect(await markingExperience.frequentFindings(here.exam.id, 1)).toHaveLength(1);
    expect(await markingExperience.agreement(here.exam.id)).toEqual([
      { part: '1.b', decided: 3, confirmed: 1, meanDifference: 0.5 },
    ]);
    expect(await markingExperience.markers(here.exam.id)).toEqual([
      { markerId: here.markers[0], answers: 3, lastAt: expect.any(Date) },
    ]);
  });

  it('an-exam-nobody-sat-has-taught-nothing', async () => {
    const none = '00000000-0000-4000-8000-000000000000';
    expect(await here.records.markingExperience.frequentFindings(none, 5)).toEqual([]);
    expect(await here.records.markingExperience.agreement(none)).toEqual([]);
    expect(await here.records.markingExperience.markers(none)).toEqual([]);
  });
});
