import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InvalidRecordError, type SchemeDraft } from '@tensormark/records';
import { ENGINE, PARTS, type Setting, setting } from './setting.js';

describe('changes of the scheme', () => {
  let here: Setting;
  beforeAll(async () => {
    here = await setting();
  });
  afterAll(() => here.close());

  const stage = (hash: string, over: { parts?: typeof PARTS; sameParts?: string[] } = {}) =>
    here.records.schemeDrafts.stage({
      slug: 'midterm',
      title: 'Midterm',
      source: `exam: midterm # ${hash}\n`,
      definition: { exam: 'midterm' },
      schemeHash: hash,
      parts: over.parts ?? PARTS,
      sameParts: over.sameParts ?? ['1.a', '2'],
      by: here.examiner,
    });
  /** Marks what the draft has left, as a worker would. */
  const markBy = async (marks: string) => {
    for (const each of await here.records.schemeDrafts.unmarked(1000)) {
      const { answerId, readingId, examVersionId, schemeHash } = each;
      await here.records.proposedMarks.save({
        answerId,
        readingId,
        engineVersion: ENGINE,
        examVersionId,
        schemeHash,
        outcome: 'proposed',
        marks,
        doubt: 0,
        evidence: {},
      });
    }
  };
  const apply = (draft: SchemeDraft, confirmed: 'keep' | 'follow' = 'keep') =>
    here.records.schemeChanges.apply({
      examId: here.exam.id,
      draftId: draft.id,
      confirmed,
      why: 'The question was unclear.',
      by: here.examiner,
    });
  const undo = (changeId: string) =>
    here.records.schemeChanges.undo({ changeId, why: 'By mistake.', by: here.examiner });
  const item = async (submissionId: string, part = '1.b') => {
    const found = (await here.records.markingQueue.ofSubmission(submissionId)).find(
      ({ answer }) => answer.part === part,
    );
    if (!found) throw new Error(`no part ${part}`);
    return found;
  };
  const mark = async (submissionId: string, marks: string) => {
    const { answer, mark: current, proposed } = await item(submissionId);
    return here.records.marks.set({
      answerId: answer.id,
      marks,
      by: here.markers[0],
      why: 'As it is.',
      expectedCurrentMarkId: current?.id ?? null,
      proposedMarkId: proposed?.id ?? null,
    });
  };

  it('a-draft-shows-what-it-would-change-and-changes-nothing', async () => {
    const [open, confirmed, decided] = [
      await here.submitted({ '1.b': '1' }),
      await here.submitted({ '1.b': '1' }),
      await here.submitted({ '1.b': 'needs-person' }),
    ];
    await mark(confirmed.id, '1');
    await mark(decided.id, '2.5');
    const draft = await stage('a');
    expect([draft.done, draft.wanted]).toEqual([6, 9]);
    await expect(apply(draft)).rejects.toThrow('3 answers have yet to be marked');
    expect((await here.records.schemeDrafts.unmarked(1000)).map(({ part }) => part)).toEqual([
      '1.b',
      '1.b',
      '1.b',
    ]);
    await markBy('2');
    expect(await here.records.schemeDrafts.pending(here.exam.id)).toMatchObject({ done: 9, wanted: 9 });
    expect((await item(open.id)).proposed?.marks).toBe('1');

    const rows = (await here.records.schemeDrafts.compare(draft.id)).filter(({ part }) => part === '1.b');
    const row = (id: string) => rows.find(({ submissionId }) => submissionId === id);
    expect(row(open.id)).toMatchObject({ before: { marks: '1' }, after: { marks: '2' }, mark: null });
    expect(row(confirmed.id)).toMatchObject({ mark: { marks: '1', origin: 'confirmed' } });
    expect(row(decided.id)).toMatchObject({ before: { outcome: 'needs-person', marks: null } });
    expect((await here.records.exams.get('midterm')).currentVersionNumber).toBe(1);
  });

  it('applied-it-is-one-change-and-undone-it-is-another-with-no-persons-mark-lost', async () => {
    const draft = await here.records.schemeDrafts.pending(here.exam.id);
    if (!draft) throw new Error('no draft');
    const before = await here.records.markingQueue.list({ examId: here.exam.id, part: '1.b' });
    const history = await here.database.query('SELECT count(*)::int AS marks FROM marks');
    const change = await apply(draft);
    expect(change).toMatchObject({ number: 1, confirmed: 'keep', marks: 0, submissions: 3, undoesId: null });
    expect(await here.records.schemeDrafts.pending(here.exam.id)).toBeNull();
    const [open] = before.items;
    if (!open) throw new Error('nothing awaits');
    expect((await item(open.answer.submissionId)).proposed?.marks).toBe('2');
    expect((await here.records.exams.get('midterm')).current).toMatchObject({ number: 2, schemeHash: 'a' });
    expect(await here.database.query('SELECT count(*)::int AS marks FROM marks')).toEqual(history);

    const undone = await undo(change.id);
    expect(undone).toMatchObject({ number: 2, undoesId: change.id, marks: 0 });
    expect((await item(open.answer.submissionId)).proposed?.marks).toBe('1');
    const { current } = await here.records.exams.get('midterm');
    expect(current).toMatchObject({ number: 3, schemeHash: here.exam.current.schemeHash });
    await expect(undo(change.id)).rejects.toThrow('has been undone already');
    await expect(undo(undone.id)).rejects.toBeInstanceOf(InvalidRecordError);
    const { items } = await here.records.audit.list({ objectType: 'exam', objectId: here.exam.id });
    expect(items.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['scheme-changed', 'scheme-change-undone', 'scheme-change-previewed']),
    );
  });

  it('confirmed-marks-may-follow-and-come-back-but-never-over-what-a-person-decided-since', async () => {
    const draft = await stage('b');
    await markBy('1.5');
    const both = [await here.submitted({ '1.b': '1' }), await here.submitted({ '1.b': '1' })];
    for (const { id } of both) await mark(id, '1');
    await markBy('1.5');
    const change = await apply(draft, 'follow');
    expect(change.marks).toBeGreaterThanOrEqual(2);
    const [first, second] = both;
    if (!first || !second) throw new Error('no submissions');
    const followed = (await item(first.id)).mark;
    expect(followed).toMatchObject({ marks: '1.5', setById: here.examiner, origin: 'confirmed' });
    await mark(second.id, '0.5');
    await undo(change.id);
    expect((await item(first.id)).mark).toMatchObject({ marks: '1', why: expect.stringContaining('undone') });
    expect((await item(second.id)).mark).toMatchObject({ marks: '0.5', setById: here.markers[0] });
    expect(
      (await here.records.marks.history((await item(first.id)).answer.id)).map(({ marks }) => marks),
    ).toEqual(['1', '1.5', '1']);
  });

  it('a-lower-maximum-than-a-person-gave-is-refused', async () => {
    const one = await here.submitted();
    await mark(one.id, '2.5');
    const draft = await stage('c', {
      parts: PARTS.map((part) => (part.part === '1.b' ? { ...part, maximum: '2' } : part)),
    });
    await markBy('1');
    await expect(apply(draft)).rejects.toThrow(/1\.b: 2 marks above 2, up to 2\.5/);
    expect((await here.records.exams.get('midterm')).current.schemeHash).toBe(here.exam.current.schemeHash);
  });

  it('other-parts-and-the-scheme-in-force-are-refused', async () => {
    await expect(stage(here.exam.current.schemeHash)).rejects.toThrow('nothing would change');
    await expect(stage('d', { parts: PARTS.slice(1) })).rejects.toThrow('it also has 1.a');
  });

  it('the-same-source-again-is-the-same-draft', async () => {
    const draft = await stage('e');
    expect((await stage('e')).id).toBe(draft.id);
  });

  it('two-marks-that-wait-for-a-decision-outlast-a-change-and-its-undoing', async () => {
    const { id } = await here.submitted({ '1.b': '1' });
    const { answer, proposed } = await item(id);
    const [first, second] = here.markers;
    await here.records.marks.set({
      answerId: answer.id,
      marks: '1',
      by: first,
      why: '',
      expectedCurrentMarkId: null,
      proposedMarkId: proposed?.id ?? null,
      secondMarking: { tolerance: '0.5', agreed: 'first', step: '0.5' },
    });
    const apart = await here.records.secondMarks.set({
      answerId: answer.id,
      marks: '2.5',
      by: second,
      why: 'It is all there.',
      agree: () => null,
    });
    const draft = await stage('twice', { sameParts: ['1.a', '2'] });
    await markBy('2');
    const change = await apply(draft, 'follow');
    expect(await item(id)).toMatchObject({
      mark: { marks: '2', setById: here.examiner },
      secondMarking: { second: { id: apart.id, marks: '2.5', moderation: null } },
    });
    await undo(change.id);
    const back = await item(id);
    expect(back).toMatchObject({ mark: { marks: '1' }, secondMarking: { second: { id: apart.id } } });
    // Who changed the scheme has marked nothing, and may decide.
    const decided = await here.records.secondMarks.moderate({
      secondMarkId: apart.id,
      by: here.examiner,
      why: 'The second marker is right.',
      expectedCurrentMarkId: back.mark?.id ?? null,
      decision: { outcome: 'second' },
    });
    expect(decided.moderation).toMatchObject({ outcome: 'second' });
    expect((await item(id)).mark).toMatchObject({ marks: '2.5', why: 'It is all there.' });
    expect((await here.records.marks.history(answer.id)).map(({ marks }) => marks)).toEqual([
      '2.5',
      '1',
      '2',
      '1',
    ]);
  });
});
