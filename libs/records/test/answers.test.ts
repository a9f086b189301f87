import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InvalidRecordError, type SplitAnswer } from '@tensormark/records';
import { ENGINE, type Setting, setting } from './setting.js';

describe('answers', () => {
  let here: Setting;
  beforeAll(async () => {
    here = await setting();
  });
  afterAll(() => here.close());
  const received = async () =>
    (
      await here.records.submissions.receive({
        examId: here.exam.id,
        studentId: await here.person('student'),
        fileName: 'a.md',
        mediaType: 'text/markdown',
        bytes: Buffer.from('a'),
      })
    ).submission.id;
  const split = (submissionId: string, answers: readonly SplitAnswer[], engineVersion = ENGINE) =>
    here.records.answers.saveSplit({ submissionId, engineVersion, answers });

  it('every-part-of-the-exam-has-an-answer-found-or-not-in-the-order-of-the-paper', async () => {
    const saved = await split(await received(), [read('2', 'Code.'), read('1.a', 'Nul \u0000 here')]);
    expect(saved.map(({ part, found }) => [part, found])).toEqual([
      ['1.a', true],
      ['1.b', false],
      ['2', true],
    ]);
    expect(saved[0]).toMatchObject({ text: 'Nul \uFFFD here', confidence: 0.75, reading: 1 });
    expect(saved[1]).toMatchObject({ text: '', confidence: 0 });
  });

  it('the-same-split-again-adds-nothing-and-three-at-once-neither', async () => {
    const id = await received();
    const answers = [read('1.a', 'One'), read('2', 'Two')];
    const [first] = await Promise.all([split(id, answers), split(id, answers), split(id, answers)]);
    expect(await split(id, answers, 'newer')).toEqual(first);
  });

  it('a-better-reading-is-added', async () => {
    const id = await received();
    const [before] = await split(id, [read('1.a', 'One')]);
    const [after] = await split(id, [read('1.a', 'One and more')], 'newer');
    expect(after).toMatchObject({ id: before?.id, reading: 2, text: 'One and more' });
  });

  it('a-part-the-exam-does-not-have-or-given-twice-is-refused', async () => {
    const id = await received();
    await expect(split(id, [read('9', 'x')])).rejects.toThrow(InvalidRecordError);
    await expect(split(id, [read('2', 'x'), read('2', 'y')])).rejects.toThrow(InvalidRecordError);
  });
});

describe('proposed marks', () => {
  let here: Setting;
  beforeAll(async () => {
    here = await setting();
  });
  afterAll(() => here.close());

  it('marking-the-same-again-changes-nothing-and-a-failure-is-made-good', async () => {
    const { id } = await here.submitted({ '1.a': 'failed', '1.b': '2' });
    const [failed, proposed] = await here.records.markingQueue.ofSubmission(id);
    if (!failed?.proposed || !proposed?.proposed) throw new Error('Both have proposals.');
    const again = (item: typeof failed, marks: string) =>
      here.records.proposedMarks.save({
        answerId: item.answer.id,
        readingId: item.answer.readingId,
        engineVersion: ENGINE,
        examVersionId: here.exam.current.id,
        schemeHash: here.exam.current.schemeHash,
        outcome: 'proposed',
        marks,
        doubt: 0,
        evidence: { b: 1, a: 2 },
      });
    expect(await again(proposed, '1')).toEqual({ proposedMark: proposed.proposed, created: false });
    const outcomes = await Promise.all([again(failed, '3'), again(failed, '3'), again(failed, '3')]);
    expect(outcomes.filter(({ created }) => created)).toHaveLength(1);
    const good = await here.records.proposedMarks.current(failed.answer.id);
    expect(good).toMatchObject({ id: failed.proposed.id, outcome: 'proposed', marks: '3' });
    expect(JSON.stringify(good?.evidence)).toBe('{"b":1,"a":2}');
    await expect(
      here.database.query('UPDATE proposed_marks SET marks = 4 WHERE id = $1', [failed.proposed.id]),
    ).rejects.toThrow(/never changed/);
  });

  it('evidence-that-quotes-half-a-character-or-nul-can-be-looked-into', async () => {
    const { id } = await here.submitted();
    const [item] = await here.records.markingQueue.ofSubmission(id);
    if (!item) throw new Error('There is an item.');
    const { proposedMark } = await here.records.proposedMarks.save({
      answerId: item.answer.id,
      readingId: item.answer.readingId,
      engineVersion: 'quoting',
      examVersionId: here.exam.current.id,
      schemeHash: 'x',
      outcome: 'needs-person',
      marks: null,
      doubt: 1,
      evidence: { says: ['half \ud835', '𝑥 whole', null], '\udc65': 'nul \0' },
    });
    const [row] = await here.database.query(
      'SELECT evidence::jsonb AS evidence FROM proposed_marks WHERE id = $1',
      [proposedMark.id],
    );
    expect(row?.['evidence']).toEqual({ says: ['half \ufffd', '𝑥 whole', null], '\ufffd': 'nul \ufffd' });
  });

  it.each([
    ['failed', '0'],
    ['absent', '0'],
    ['needs-person', '1'],
    ['proposed', null],
  ] as const)('outcome-%s-with-marks-%s-is-refused-here-and-by-the-database', async (outcome, marks) => {
    const { id } = await here.submitted();
    const [item] = await here.records.markingQueue.ofSubmission(id);
    if (!item) throw new Error('There is an item.');
    const save = here.records.proposedMarks.save({
      answerId: item.answer.id,
      readingId: item.answer.readingId,
      engineVersion: 'other',
      examVersionId: here.exam.current.id,
      schemeHash: 'x',
      outcome,
      marks,
      doubt: 0,
      evidence: null,
    });
    await expect(save).rejects.toThrow(InvalidRecordError);
    await expect(
      here.database.query(
        `INSERT INTO proposed_marks (id, answer_id, reading_id, engine_version, exam_version_id, scheme_hash, outcome, marks, doubt, evidence)
         VALUES (gen_random_uuid(), $1, $2, 'other', $3, 'x', $4, $5, 0, 'null')`,
        [item.answer.id, item.answer.readingId, here.exam.current.id, outcome, marks],
      ),
    ).rejects.toThrow(/proposed_marks_marks_check/);
  });
});

function read(part: string, text: string): SplitAnswer {
  return {
    part,
    found: true,
    text,
    pieces: [{ start: 0, end: text.length }],
    confidence: 0.75,
    reasons: ['The heading is unusual.'],
  };
}
