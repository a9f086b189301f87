import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConflictOfInterestError, MarkConflictError, NotFoundError } from '@tensormark/records';
import fc from 'fast-check';
import { sumsOf } from '../../marking/test/sums-of.js';
import { PARTS, type Setting, setting } from './setting.js';

describe('a mark that is taken back', () => {
  let here: Setting;
  beforeAll(async () => {
    here = await setting();
  });
  afterAll(() => here.close());

  const answers = async (submissionId: string) => here.records.markingQueue.ofSubmission(submissionId);
  const mark = async (answerId: string, marks: string, more = {}) => {
    const { basis } = await here.records.markingQueue.item(answerId);
    return here.records.marks.set({
      answerId,
      marks,
      by: here.markers[0],
      why: 'As it is.',
      expectedCurrentMarkId: basis,
      ...more,
    });
  };
  const takeBack = (answerId: string, markId: string, by: string = here.markers[0], why = '') =>
    here.records.marks.withdraw({ answerId, markId, by, why });
  const release = (submissionId: string) =>
    here.records.releases.release({ examId: here.exam.id, submissionIds: [submissionId], by: here.examiner });
  const awaiting = async () =>
    (await here.records.markingQueue.list({ examId: here.exam.id, limit: 500 })).items.map(
      ({ answer }) => answer.id,
    );

  /** All that is told of the exam's marks. */
  const told = async () => {
    const { records, exam } = here;
    const { rows } = await records.gradeReports.ofExam(exam.id);
    return {
      cells: rows.map(({ state, total, cells }) => ({
        state,
        total,
        cells: cells.map((cell) => ({
          state: cell.state,
          mark: cell.mark,
          proposed: cell.proposed,
          number: cell.markNumber,
        })),
      })),
      sums: await records.markSums.ofExam(exam.id),
      progress: await records.markingQueue.progress(exam.id),
      awaiting: (await awaiting()).toSorted(),
      agreement: await records.markingExperience.agreement(exam.id),
      markers: (await records.markingExperience.markers(exam.id)).map(({ markerId, answers: many }) => [
        markerId,
        many,
      ]),
      candidates: await records.moderationSamples.candidates(exam.id),
      examples: await records.markedAnswers.ofPart({
        examId: exam.id,
        part: '1.a',
        schemeHash: exam.current.schemeHash,
        except: '00000000-0000-4000-8000-000000000000',
        closed: new Set(),
        limit: 50,
      }),
    };
  };

  it('counts-nowhere-and-its-proposal-stands-as-if-it-was-never-given', async () => {
    const { id } = await here.submitted({ '1.a': '3', '1.b': '2', '2': '7' });
    const [first, ...others] = await answers(id);
    if (!first) throw new Error('there are three');
    for (const { answer, proposed } of others) await mark(answer.id, '1', { proposedMarkId: proposed?.id });
    const before = await told();
    const given = await mark(first.answer.id, '3', { proposedMarkId: first.proposed?.id });
    expect(await told()).not.toEqual(before);
    await takeBack(first.answer.id, given.id, here.markers[1], 'It was meant for another.');
    expect(await told()).toEqual(before);
    expect(await here.records.marks.current(first.answer.id)).toBeNull();
    expect((await here.records.marks.ofSubmission(id)).map(({ answerId }) => answerId)).not.toContain(
      first.answer.id,
    );
    const item = await here.records.markingQueue.item(first.answer.id);
    expect(item).toMatchObject({ mark: null, changedSinceMarked: false, proposed: { marks: '3' } });
    expect((await release(id)).heldBack).toEqual([{ submissionId: id, reason: 'not-all-marked' }]);
    // What it was is still there, and who took it back.
    expect(await here.records.marks.history(first.answer.id)).toMatchObject([
      { id: given.id, marks: '3', withdrawal: { byId: here.markers[1], why: 'It was meant for another.' } },
    ]);
    const [entry] = await here.database.query(
      "SELECT actor_id, details FROM audit_entries WHERE action = 'mark-withdrawn' AND object_id = $1",
      [first.answer.id],
    );
    expect(entry).toMatchObject({ actor_id: here.markers[1], details: { markId: given.id, marks: '3' } });
    // Marked again, it counts again; and is no earlier mark's.
    const again = await mark(first.answer.id, '4', { why: '' });
    expect(again).toMatchObject({ number: 2, supersedesId: given.id, marks: '4' });
    expect((await release(id)).released).toMatchObject([{ work: '6' }]);
  });

  it('is-no-way-back-to-the-mark-before-it', async () => {
    const { id } = await here.submitted();
    const [item] = await answers(id);
    const answer = item?.answer.id ?? '';
    const first = await mark(answer, '1');
    const second = await mark(answer, '2');
    await expect(takeBack(answer, first.id)).rejects.toMatchObject({
      code: 'mark-conflict',
      current: second,
    });
    await takeBack(answer, second.id);
    expect(await here.records.marks.current(answer)).toBeNull();
    await expect(takeBack(answer, first.id)).rejects.toThrow(MarkConflictError);
    await expect(takeBack(answer, second.id)).rejects.toMatchObject({ current: null });
  });

  it('is-set-again-only-by-who-has-seen-that-it-was-taken-back', async () => {
    const { id } = await here.submitted();
    const [item] = await answers(id);
    const answer = item?.answer.id ?? '';
    const given = await mark(answer, '1');
    await takeBack(answer, given.id);
    // A try that was late, from when there was none yet; and somebody who saw the mark stand.
    for (const expectedCurrentMarkId of [null, given.id])
      await expect(mark(answer, '1', { expectedCurrentMarkId })).rejects.toMatchObject({
        code: 'mark-conflict',
        current: null,
        message: expect.stringContaining('taken back'),
      });
    expect((await mark(answer, '2')).number).toBe(2);
  });

  it('is-refused-while-released-and-where-it-is-not-this-answers', async () => {
    const { id } = await here.submitted();
    const items = await answers(id);
    const given = new Map<string, string>();
    for (const { answer } of items) given.set(answer.id, (await mark(answer.id, '1')).id);
    const [[one, ofOne] = ['', ''], [other] = ['']] = [...given];
    await expect(takeBack(other, ofOne)).rejects.toThrow(NotFoundError);
    await expect(takeBack(one, 'none')).rejects.toThrow(NotFoundError);
    await expect(takeBack('none', ofOne)).rejects.toThrow(NotFoundError);
    await expect(takeBack(one, ofOne, 'nobody')).rejects.toThrow(NotFoundError);
    await release(id);
    await expect(takeBack(one, ofOne)).rejects.toThrow('hide the result first');
    expect((await here.records.marks.current(one))?.id).toBe(ofOne);
    await here.records.releases.withdraw({ submissionId: id, by: here.examiner, why: 'Too early.' });
    await takeBack(one, ofOne);
    expect(await here.records.marks.current(one)).toBeNull();
  });

  it('is-refused-to-who-must-not-mark-this-work', async () => {
    const { id, studentId } = await here.submitted();
    const [item] = await answers(id);
    const answer = item?.answer.id ?? '';
    const given = await mark(answer, '1');
    const kin = await here.person('marker');
    await here.records.conflicts.declare({ markerId: kin, studentId, why: 'Kin.', by: here.examiner });
    await expect(takeBack(answer, given.id, kin)).rejects.toThrow(ConflictOfInterestError);
    expect((await here.records.marks.current(answer))?.id).toBe(given.id);
  });

  it('of-two-markers-is-the-first-and-only-until-the-second-has-given-theirs', async () => {
    const [one, other] = here.markers;
    const third = await here.person('marker');
    const { id } = await here.submitted();
    const [item] = await answers(id);
    const answer = item?.answer.id ?? '';
    const secondMarking = { tolerance: '1', agreed: 'first', step: '0.5' } as const;
    const awaited = async (by: string) =>
      (await here.records.secondMarks.awaitedOf([answer], by)).has(answer);
    const second = (by: string, marks: string) =>
      here.records.secondMarks.set({ answerId: answer, marks, by, why: '', agree: () => null });

    const first = await mark(answer, '1', { secondMarking });
    expect([await awaited(one), await awaited(other)]).toEqual([false, true]);
    // Who knows nothing of it does not take it back.
    await expect(takeBack(answer, first.id, other)).rejects.toThrow(MarkConflictError);
    await takeBack(answer, first.id);
    expect([await awaited(one), await awaited(other)]).toEqual([false, false]);
    await expect(second(other, '3')).rejects.toThrow(MarkConflictError);
    const again = await mark(answer, '2', { by: other });
    // Who had marked it before knows what it is worth to them; who knows of nothing is the second marker.
    expect([await awaited(one), await awaited(third)]).toEqual([false, true]);
    await second(third, '4');
    await expect(takeBack(answer, again.id, other)).rejects.toThrow('waits for somebody to decide');
    const { secondMarking: open } = await here.records.markingQueue.item(answer);
    await here.records.secondMarks.moderate({
      secondMarkId: open?.second?.id ?? '',
      by: here.examiner,
      why: 'The second is right.',
      expectedCurrentMarkId: again.id,
      decision: { outcome: 'second' },
    });
    const settled = await here.records.marks.current(answer);
    await expect(takeBack(answer, settled?.id ?? '', here.examiner)).rejects.toThrow(
      'changed, not taken back',
    );
  });

  it('is-known-to-who-took-it-back-so-that-they-are-no-second-marker', async () => {
    const [one] = here.markers;
    const examiner = await here.person('examiner');
    const { id } = await here.submitted();
    const [item] = await answers(id);
    const answer = item?.answer.id ?? '';
    const given = await mark(answer, '1');
    await takeBack(answer, given.id, examiner);
    await mark(answer, '1', { by: one, secondMarking: { tolerance: '1', agreed: 'first', step: '0.5' } });
    expect((await here.records.secondMarks.awaitedOf([answer], examiner)).has(answer)).toBe(false);
    expect((await here.records.markingQueue.item(answer)).secondMarking?.knowing.has(examiner)).toBe(true);
  });

  it('at-the-same-moment-as-another-is-set-only-one-of-the-two-happens', async () => {
    const { id } = await here.submitted();
    const [item] = await answers(id);
    const answer = item?.answer.id ?? '';
    for (let round = 0; round < 10; round += 1) {
      const given = await mark(answer, '1');
      const outcomes = await Promise.allSettled([
        takeBack(answer, given.id),
        mark(answer, '2', { by: here.markers[1], expectedCurrentMarkId: given.id }),
      ]);
      const refused = outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
      expect(refused).toEqual([expect.any(MarkConflictError)]);
      expect((await here.records.marks.current(answer))?.marks ?? null).toBe(
        outcomes[0].status === 'fulfilled' ? null : '2',
      );
    }
  });

  it('is-never-changed-and-its-reason-goes-with-the-work', async () => {
    const submission = await here.submitted();
    const [item] = await answers(submission.id);
    const answer = item?.answer.id ?? '';
    const given = await mark(answer, '1');
    await takeBack(answer, given.id, here.markers[0], 'She wrote of Lovelace.');
    for (const statement of ["UPDATE mark_withdrawals SET why = ''", 'DELETE FROM mark_withdrawals'])
      await expect(here.database.query(statement)).rejects.toThrow('never changed or deleted');
    await here.records.erasures.person(submission.studentId, { by: here.examiner, why: 'Asked for.' });
    const [row] = await here.database.query('SELECT why FROM mark_withdrawals WHERE mark_id = $1', [
      given.id,
    ]);
    expect(row).toEqual({ why: 'erased' });
  });

  it('in-any-order-by-two-markers-leaves-the-sums-of-what-stands', async () => {
    const other = await setting();
    try {
      const papers = [await other.submitted(), await other.submitted()];
      const parts = new Map(PARTS.map(({ part, maximum }) => [part, Number(maximum)]));
      const all: { id: string; part: string }[] = [];
      for (const paper of papers)
        for (const { answer } of await other.records.markingQueue.ofSubmission(paper.id))
          all.push({ id: answer.id, part: answer.part });
      /** What stands by our own books, and what each marker saw when they looked last. */
      const stands = new Map<string, { mark: string; marks: number } | null>();
      const last = new Map<string, string | null>();
      const seen = [new Map<string, string | null>(), new Map<string, string | null>()] as const;
      const step = fc.record({
        who: fc.constantFrom(0, 1),
        at: fc.nat({ max: all.length - 1 }),
        does: fc.constantFrom('look', 'mark', 'mark', 'withdraw'),
        tenths: fc.nat({ max: 10 }),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 25 }), async (steps) => {
          for (const { who, at, does, tenths } of steps) {
            const each = all[at];
            const by = other.markers[who === 0 ? 0 : 1];
            if (!each) continue;
            const mine = seen[who === 0 ? 0 : 1];
            const basis = last.get(each.id) ?? null;
            if (does === 'look') mine.set(each.id, basis);
            const current = (mine.get(each.id) ?? null) === basis;
            if (does === 'mark') {
              const marks = ((parts.get(each.part) ?? 0) * tenths) / 10;
              const set = other.records.marks.set({
                answerId: each.id,
                marks: String(marks),
                by,
                why: 'So.',
                expectedCurrentMarkId: mine.get(each.id) ?? null,
              });
              if (!current) {
                await expect(set).rejects.toThrow(MarkConflictError);
                continue;
              }
              const { id } = await set;
              stands.set(each.id, { mark: id, marks });
              last.set(each.id, id);
              mine.set(each.id, id);
            }
            if (does === 'withdraw') {
              const had = mine.get(each.id) ?? null;
              const standing = stands.get(each.id) ?? null;
              if (had === null) continue;
              const gone = other.records.marks.withdraw({ answerId: each.id, markId: had, by, why: '' });
              if (standing === null || standing.mark !== had) {
                // A mark that stands no more, or what took one back, which is none.
                await expect(gone).rejects.toMatchObject({
                  code: expect.stringMatching(/^(?:mark-conflict|not-found)$/),
                });
                continue;
              }
              await gone;
              stands.set(each.id, null);
              const { basis: now } = await other.records.markingQueue.item(each.id);
              last.set(each.id, now);
              mine.set(each.id, now);
            }
          }
          const { titles: _titles, ...sums } = await other.records.markSums.ofExam(other.exam.id);
          const given = papers.map(
            (_paper, at) =>
              new Map(
                all
                  .slice(at * PARTS.length, (at + 1) * PARTS.length)
                  .map(({ id, part }) => [part, stands.get(id)?.marks ?? null] as const),
              ),
          );
          expect(sums).toEqual(
            sumsOf(
              PARTS.map(({ part, maximum }) => ({ part, available: Number(maximum) })),
              given,
            ),
          );
          const { rows } = await other.records.gradeReports.ofExam(other.exam.id);
          const reported = rows.map(({ submission, cells }) => [
            submission?.id,
            ...cells.map((cell) => (cell.mark === null ? null : Number(cell.mark))),
          ]);
          expect(new Set(reported.map((row) => JSON.stringify(row)))).toEqual(
            new Set(papers.map(({ id }, at) => JSON.stringify([id, ...(given[at]?.values() ?? [])]))),
          );
          const progress = await other.records.markingQueue.progress(other.exam.id);
          expect(progress.reduce((sum, { marked }) => sum + marked, 0)).toBe(
            [...stands.values()].filter((each) => each !== null).length,
          );
        }),
        { numRuns: 12 },
      );
    } finally {
      await other.close();
    }
  });

  it('where-a-change-of-the-scheme-had-set-it-stays-taken-back-when-that-is-undone', async () => {
    const other = await setting();
    try {
      const paper = await other.submitted({ '1.b': '1' });
      const of = async () => {
        const found = (await other.records.markingQueue.ofSubmission(paper.id)).find(
          ({ answer }) => answer.part === '1.b',
        );
        if (!found) throw new Error('there is a part 1.b');
        return found;
      };
      const { answer, proposed } = await of();
      await other.records.marks.set({
        answerId: answer.id,
        marks: '1',
        by: other.markers[0],
        why: '',
        expectedCurrentMarkId: null,
        proposedMarkId: proposed?.id ?? null,
      });
      const draft = await other.records.schemeDrafts.stage({
        slug: 'midterm',
        title: 'Midterm',
        source: 'exam: midterm # b\n',
        definition: { exam: 'midterm' },
        schemeHash: 'b',
        parts: PARTS,
        sameParts: ['1.a', '2'],
        by: other.examiner,
      });
      for (const {
        answerId,
        readingId,
        examVersionId,
        schemeHash,
      } of await other.records.schemeDrafts.unmarked(100))
        await other.records.proposedMarks.save({
          answerId,
          readingId,
          engineVersion: '1',
          examVersionId,
          schemeHash,
          outcome: 'proposed',
          marks: '2',
          doubt: 0,
          evidence: {},
        });
      const change = await other.records.schemeChanges.apply({
        examId: other.exam.id,
        draftId: draft.id,
        confirmed: 'follow',
        why: 'It was unclear.',
        by: other.examiner,
      });
      const moved = (await of()).mark;
      expect(moved).toMatchObject({ marks: '2', number: 2 });
      await other.records.marks.withdraw({
        answerId: answer.id,
        markId: moved?.id ?? '',
        by: other.markers[0],
        why: '',
      });
      // Neither the mark from before, which was given by another scheme, nor any other stands.
      expect((await of()).mark).toBeNull();
      const undone = await other.records.schemeChanges.undo({
        changeId: change.id,
        why: 'By mistake.',
        by: other.examiner,
      });
      expect(undone.marks).toBe(0);
      expect((await of()).mark).toBeNull();
    } finally {
      await other.close();
    }
  });
});
