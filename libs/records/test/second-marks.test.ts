import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidRecordError, MarkConflictError, type SecondMark } from '@tensormark/records';
import { type Setting, setting } from './setting.js';

/** A few each time; a thousand where somebody asks for them. */
const INTERLEAVINGS = Number(process.env.TENSORMARK_INTERLEAVINGS ?? 12);
const ALL_OF_THEM_MS = 120_000 + INTERLEAVINGS * 2000;

const ORDER = { tolerance: '1', agreed: 'first', step: '0.5' } as const;

/** What somebody may try: to mark, on top of the mark they saw last or of none; or to decide between two. */
interface Attempt {
  readonly who: number;
  readonly does: 'mark' | 'mark-unseen' | 'second' | 'moderate';
  readonly marks: number;
}

describe('second marks', () => {
  let here: Setting;
  let people: readonly string[];
  beforeAll(async () => {
    here = await setting();
    people = [...here.markers, await here.person('marker'), here.examiner];
  });
  afterAll(() => here.close());

  const agree = ({ first, second }: { first: string; second: string }) =>
    Math.abs(Number(first) - Number(second)) <= 1 ? first : null;

  async function answerOf(part: string): Promise<{ answer: string; submission: string }> {
    const { id } = await here.submitted();
    const found = (await here.records.markingQueue.ofSubmission(id)).find(
      ({ answer }) => answer.part === part,
    );
    if (!found) throw new Error('there is no answer');
    return { answer: found.answer.id, submission: id };
  }

  async function attempt(answerId: string, { who, does, marks: given }: Attempt): Promise<string | null> {
    const by = people[who] ?? '';
    const marks = String(given);
    const seen = await here.records.marks.current(answerId);
    const why = `By ${who}.`;
    switch (does) {
      case 'mark':
      case 'mark-unseen':
        return (
          await here.records.marks.set({
            answerId,
            marks,
            by,
            why,
            expectedCurrentMarkId: does === 'mark' ? (seen?.id ?? null) : null,
            secondMarking: ORDER,
          })
        ).id;
      case 'second':
        return (await here.records.secondMarks.set({ answerId, marks, by, why, agree })).id;
      case 'moderate': {
        const { secondMarking } = await here.records.markingQueue.item(answerId);
        if (!secondMarking?.second) return null;
        const decided = await here.records.secondMarks.moderate({
          secondMarkId: secondMarking.second.id,
          by,
          why,
          expectedCurrentMarkId: seen?.id ?? null,
          decision: given === 0 ? { outcome: 'first' } : { outcome: 'other', marks, feedback: why },
        });
        return decided.moderation?.markId ?? null;
      }
    }
  }

  it(
    'of-anybody-in-any-order-none-is-lost-and-nobody-judges-their-own',
    async () => {
      const attempts = fc.record({
        who: fc.nat(3),
        does: fc.constantFrom('mark', 'mark-unseen', 'second', 'second', 'moderate'),
        marks: fc.nat(4),
      } satisfies Record<keyof Attempt, unknown>);
      await fc.assert(
        fc.asyncProperty(
          // Those in one list come at the same moment.
          fc.array(fc.array(attempts, { minLength: 1, maxLength: 3 }), { minLength: 3, maxLength: 6 }),
          async (rounds) => {
            const { answer, submission } = await answerOf('1.a');
            const taken: string[] = [];
            for (const round of rounds) {
              const outcomes = await Promise.allSettled(
                round.map((each) => attempt(answer, each as Attempt)),
              );
              for (const outcome of outcomes) {
                if (outcome.status === 'fulfilled')
                  taken.push(...(outcome.value === null ? [] : [outcome.value]));
                else if (
                  !(outcome.reason instanceof MarkConflictError) &&
                  !(outcome.reason instanceof InvalidRecordError)
                )
                  throw outcome.reason;
              }
            }
            const marks = (await here.records.marks.history(answer)).toReversed();
            const seconds = await here.database.query(
              'SELECT s.id::text, s.set_by_id AS "setById", f.number, m.by_id AS "moderatedBy", m.outcome FROM second_marks s JOIN marks f ON f.id = s.first_mark_id LEFT JOIN moderations m ON m.second_mark_id = s.id WHERE s.answer_id = $1::uuid',
              [answer],
            );
            // What somebody was told is taken is there.
            const kept = new Set([...marks.map(({ id }) => id), ...seconds.map(({ id }) => String(id))]);
            expect(taken.filter((id) => !kept.has(id))).toEqual([]);
            expect(marks.map(({ number }) => number)).toEqual(marks.map((_, at) => at + 1));
            expect(seconds.length).toBeLessThanOrEqual(1);
            for (const { setById, number, moderatedBy, outcome } of seconds) {
              const before = marks.filter((mark) => mark.number <= Number(number));
              expect(before.map((mark) => mark.setById)).not.toContain(setById);
              if (outcome !== null && outcome !== 'agreed')
                expect([setById, ...before.map((mark) => mark.setById)]).not.toContain(moderatedBy);
            }
            // Nothing is final that waits for somebody.
            const { secondMarking, mark } = await here.records.markingQueue.item(answer);
            const open = mark !== null && !secondMarking?.second?.moderation;
            for (const other of await here.records.markingQueue.ofSubmission(submission)) {
              if (other.answer.id !== answer)
                await here.records.marks.set({
                  answerId: other.answer.id,
                  marks: '1',
                  by: here.examiner,
                  why: 'One.',
                  expectedCurrentMarkId: null,
                });
            }
            const { released, heldBack } = await here.records.releases.release({
              examId: here.exam.id,
              submissionIds: [submission],
              by: here.examiner,
            });
            expect(released).toHaveLength(mark === null || open ? 0 : 1);
            if (open)
              expect(heldBack).toEqual([
                expect.objectContaining({ reason: expect.stringMatching(/-open$/) }),
              ]);
          },
        ),
        { numRuns: INTERLEAVINGS },
      );
    },
    ALL_OF_THEM_MS,
  );

  it('of-two-at-the-same-moment-one-is-the-second-mark', async () => {
    const { answer } = await answerOf('1.a');
    await attempt(answer, { who: 0, does: 'mark', marks: 1 });
    const outcomes = await Promise.allSettled([
      attempt(answer, { who: 1, does: 'second', marks: 3 }),
      attempt(answer, { who: 2, does: 'second', marks: 4 }),
    ]);
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(refused).toEqual([expect.any(MarkConflictError)]);
  });

  it('where-two-are-all-who-may-mark-the-examiner-of-them-decides-and-it-is-in-the-trail', async () => {
    const { exam } = await here.records.exams.put({
      slug: 'of-two',
      title: 'Of two',
      source: 'exam: of-two\n',
      definition: { exam: 'of-two' },
      parts: [{ part: '1', kind: 'essay', title: 'Why', maximum: '4' }],
      by: here.examiner,
      keptToMaker: true,
    });
    const [marker] = here.markers;
    await here.records.teams.name({ examId: exam.id, personId: marker, role: 'marker', by: here.examiner });
    const { submission } = await here.records.submissions.receive({
      examId: exam.id,
      studentId: await here.person('student'),
      fileName: 'a.md',
      mediaType: 'text/markdown',
      bytes: Buffer.from('a'),
    });
    const [{ id: answer } = { id: '' }] = await here.records.answers.saveSplit({
      submissionId: submission.id,
      engineVersion: '1',
      answers: [
        { part: '1', found: true, text: 'a', pieces: [{ start: 0, end: 1 }], confidence: 1, reasons: [] },
      ],
    });
    const given = { answerId: answer, why: 'So.' };
    const set = { ...given, expectedCurrentMarkId: null, secondMarking: ORDER };
    const first = await here.records.marks.set({ ...set, marks: '0', by: marker });
    const second = await here.records.secondMarks.set({ ...given, marks: '4', by: here.examiner, agree });
    const decide = (by: string) =>
      here.records.secondMarks.moderate({
        secondMarkId: second.id,
        by,
        why: 'We have talked.',
        expectedCurrentMarkId: first.id,
        decision: { outcome: 'second' },
      });
    await expect(decide(marker)).rejects.toThrow(InvalidRecordError);
    const third = here.markers[1];
    await here.records.teams.name({ examId: exam.id, personId: third, role: 'marker', by: here.examiner });
    await expect(decide(here.examiner)).rejects.toThrow(InvalidRecordError);
    // Who must not mark this student is nobody who could decide.
    await here.records.conflicts.declare({
      markerId: third,
      studentId: submission.studentId,
      why: 'They are siblings.',
      by: here.examiner,
    });
    expect((await decide(here.examiner)).moderation).toMatchObject({ outcome: 'second' });
    const [entry] = await here.database.query(
      "SELECT details FROM audit_entries WHERE action = 'marks-moderated' AND object_id = $1",
      [answer],
    );
    expect(entry?.['details']).toMatchObject({ gaveOne: true, why: 'We have talked.' });
  });

  it('a-mark-given-to-another-text-wants-a-first-mark-and-a-second-again', async () => {
    const { answer, submission } = await answerOf('1.a');
    await attempt(answer, { who: 0, does: 'mark', marks: 3 });
    await attempt(answer, { who: 1, does: 'second', marks: 3 });
    const settled = async () => (await here.records.markingQueue.item(answer)).secondMarking?.second;
    expect(await settled()).toMatchObject({ moderation: { outcome: 'agreed' } });
    const others = (await here.records.answers.ofSubmission(submission)).filter(({ id }) => id !== answer);
    await here.records.answers.saveSplit({
      submissionId: submission,
      engineVersion: 'newer',
      answers: [
        ...others,
        { part: '1.a', found: true, text: 'Another text.', pieces: [], confidence: 1, reasons: [] },
      ],
    });
    expect(await here.records.markingQueue.item(answer)).toMatchObject({
      changedSinceMarked: true,
      secondMarking: null,
    });
    await attempt(answer, { who: 0, does: 'mark', marks: 1 });
    expect(await settled()).toBeNull();
    await attempt(answer, { who: 2, does: 'second', marks: 4 });
    const second = (await settled()) as SecondMark;
    expect(second.moderation).toBeNull();
    expect(await here.records.secondMarks.inModeration(here.exam.id, here.examiner)).toContain(answer);
  });
});
