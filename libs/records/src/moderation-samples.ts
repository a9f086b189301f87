import { recordAudit } from './audit.js';
import {
  type Database,
  isForeignKeyViolation,
  isUniqueViolation,
  isUuid,
  oneOf,
  type Session,
  storable,
} from './database.js';
import type { Decimal } from './decimal.js';
import { InvalidRecordError, NotFoundError } from './errors.js';
import { examinesAlone, othersWhoMayMark } from './moderators.js';
import type { SecondMarkingOrder } from './second-marking-order.js';

export const CHOSEN_AS = ['highest', 'lowest', 'boundary', 'fail', 'spread'] as const;
export type ChosenAs = (typeof CHOSEN_AS)[number];
export const SAMPLE_OUTCOMES = ['accepted', 're-marked'] as const;

/** A mark that stands, that nobody else is to check yet, and that somebody else may. */
export interface SampleCandidate {
  readonly markId: string;
  readonly answerId: string;
  readonly markerId: string;
  readonly part: string;
  readonly marks: Decimal;
  readonly available: Decimal;
  /** What its paper comes to; null while parts of it are open. */
  readonly total: Decimal | null;
}

/** A mark of a sample, and what somebody else gave the answer. */
export interface SampledMark {
  readonly markId: string;
  readonly answerId: string;
  readonly markerId: string;
  readonly part: string;
  readonly marks: Decimal;
  readonly chosenAs: ChosenAs;
  /** Given without seeing the mark; null while it is awaited, and where the mark is `dropped`. */
  readonly second: Decimal | null;
  /**
   * Nobody else had marked the answer when its mark was taken back or changed, its text became another, its attempt ceased to
   * count, or its student was excused: nothing is compared with it any more.
   */
  readonly dropped: boolean;
}

/** What came of a sample for one marker and part. */
export interface SampleOutcome {
  readonly markerId: string;
  readonly part: string;
  readonly outcome: (typeof SAMPLE_OUTCOMES)[number];
  readonly why: string;
  /** How many more answers somebody else marks for it. */
  readonly answers: number;
  readonly byId: string;
  readonly at: Date;
}

export interface ModerationSample {
  readonly id: string;
  readonly examId: string;
  readonly number: number;
  readonly seed: string;
  readonly size: string;
  readonly tolerance: Decimal;
  readonly byId: string;
  readonly at: Date;
  readonly marks: readonly SampledMark[];
  readonly outcomes: readonly SampleOutcome[];
}

export interface ModerationSamples {
  /** Throws NotFoundError. */
  candidates(examId: string): Promise<readonly SampleCandidate[]>;
  /**
   * Has somebody else mark these answers too, without seeing the marks they have. What is no candidate any more is left out.
   * Throws NotFoundError; InvalidRecordError where nothing is left, or there is nobody else to mark them.
   */
  take(sample: {
    readonly examId: string;
    readonly seed: string;
    readonly size: string;
    readonly chosen: readonly { readonly markId: string; readonly as: ChosenAs }[];
    readonly order: SecondMarkingOrder;
    readonly by: string;
  }): Promise<ModerationSample>;
  /** Whether nobody but this person examines the exam, so that they judge samples of their own marks too. */
  examinesAlone(examId: string, person: string): Promise<boolean>;
  /** Newest first. Throws NotFoundError. */
  ofExam(examId: string): Promise<readonly ModerationSample[]>;
  /**
   * Accepts a marker's marks for a part, or has somebody else mark all the answers to it that they marked, under the sample's
   * tolerance; once, by somebody else, or by whoever examines the exam alone. Throws NotFoundError, InvalidRecordError.
   */
  decide(decision: {
    readonly sampleId: string;
    readonly markerId: string;
    readonly part: string;
    readonly outcome: SampleOutcome['outcome'];
    readonly why: string;
    readonly order: Pick<SecondMarkingOrder, 'agreed' | 'step'>;
    readonly by: string;
  }): Promise<SampleOutcome>;
}

export function moderationSamples(db: Database): ModerationSamples {
  return {
    candidates: (examId) => candidates(db, examId),
    take: (sample) => guarded(sample.by, () => db.$transaction((tx) => take(tx, sample))),
    examinesAlone: (examId, person) => examinesAlone(db, examId, person),
    ofExam: async (examId) => {
      if (!isUuid(examId)) throw new NotFoundError('exam', examId);
      const rows = await db.moderationSample.findMany({
        where: { examId },
        orderBy: { number: 'desc' },
        select: { id: true },
      });
      const samples: ModerationSample[] = [];
      for (const { id } of rows) samples.push(await get(db, id));
      return samples;
    },
    decide: (decision) => guarded(decision.by, () => db.$transaction((tx) => decide(tx, decision))),
  };
}

async function guarded<Result>(by: string, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    if (isForeignKeyViolation(error)) throw new NotFoundError('user', by);
    if (isUniqueViolation(error))
      throw new InvalidRecordError('Somebody did the same at this moment. Look again.');
    throw error;
  }
}

async function candidates(session: Session, examId: string): Promise<readonly SampleCandidate[]> {
  const mayBeMarked = await othersWhoMayMark(session, examId);
  return (await unchecked(session, examId)).flatMap(({ studentId, ...each }) =>
    mayBeMarked(each.markerId, studentId) ? [each] : [],
  );
}

/** Marks that nobody else is to check yet, whoever may. */
function unchecked(session: Session, examId: string): Promise<(SampleCandidate & { studentId: string })[]> {
  if (!isUuid(examId)) throw new NotFoundError('exam', examId);
  return session.$queryRaw<(SampleCandidate & { studentId: string })[]>`
    WITH standing AS (
      SELECT a.submission_id, s.student_id, a.id AS answer_id, a.part, p.maximum, m.id AS mark_id, m.marks, m.set_by_id
      FROM counting_submissions(${examId}::uuid) s
      JOIN answers a ON a.submission_id = s.id
      JOIN exam_parts p ON p.exam_version_id = s.scheme_version_id AND p.part = a.part
      JOIN LATERAL (
        SELECT id FROM answer_readings WHERE answer_id = a.id ORDER BY number DESC LIMIT 1
      ) r ON true
      LEFT JOIN LATERAL (
        SELECT id, marks, set_by_id, reading_id FROM standing_marks WHERE answer_id = a.id
      ) m ON mark_stands(m.reading_id, r.id)
      WHERE s.erased_at IS NULL
    ), papers AS (
      SELECT submission_id, CASE WHEN bool_and(mark_id IS NOT NULL) THEN sum(marks) END AS total
      FROM standing GROUP BY submission_id
    )
    SELECT s.mark_id::text AS "markId", s.answer_id::text AS "answerId", s.set_by_id AS "markerId", s.part,
      trim_scale(s.marks)::text AS marks, trim_scale(s.maximum)::text AS available,
      trim_scale(p.total)::text AS total, s.student_id AS "studentId"
    FROM standing s JOIN papers p USING (submission_id)
    WHERE s.mark_id IS NOT NULL
      AND NOT EXISTS (SELECT FROM second_marking_orders WHERE answer_id = s.answer_id)
      AND NOT EXISTS (SELECT FROM scheme_change_marks WHERE mark_id = s.mark_id)
    ORDER BY s.set_by_id, s.part, s.answer_id`;
}

async function take(
  tx: Session,
  { examId, seed, size, chosen, order, by }: Parameters<ModerationSamples['take']>[0],
): Promise<ModerationSample> {
  const there = new Map((await candidates(tx, examId)).map((each) => [each.markId, each]));
  const left = chosen.flatMap(({ markId, as }) => {
    const candidate = there.get(markId);
    return candidate === undefined ? [] : [{ ...candidate, as }];
  });
  if (left.length === 0) {
    const nobodyElse = there.size === 0 && (await unchecked(tx, examId)).length > 0;
    throw new InvalidRecordError(
      nobodyElse ? NOBODY_ELSE : 'There are no marks of which a sample could be taken.',
    );
  }
  const latest = await tx.moderationSample.findFirst({ where: { examId }, orderBy: { number: 'desc' } });
  const row = await tx.moderationSample.create({
    data: {
      examId,
      number: (latest?.number ?? 0) + 1,
      seed: storable(seed),
      size,
      tolerance: order.tolerance,
      byId: by,
      marks: { create: left.map(({ markId, as }) => ({ markId, chosenAs: as })) },
    },
  });
  await mustBeMarkedTwice(tx, left, order);
  await recordAudit(tx, {
    actorId: by,
    action: 'moderation-sample-taken',
    objectType: 'exam',
    objectId: examId,
    details: { sampleId: row.id, seed, size, tolerance: order.tolerance, answers: left.length },
  });
  return get(tx, row.id);
}

const NOBODY_ELSE =
  'Nobody but who set these marks may mark this work, so nobody could give them a second mark. First name a colleague in the ' +
  'team of this exam or, where it is open to all who mark, add one on the people page.';

function mustBeMarkedTwice(
  tx: Session,
  marks: readonly Pick<SampleCandidate, 'answerId'>[],
  order: SecondMarkingOrder,
): Promise<unknown> {
  return tx.secondMarkingOrder.createMany({
    data: marks.map(({ answerId }) => ({ answerId, ...order })),
    skipDuplicates: true,
  });
}

async function decide(
  tx: Session,
  { sampleId, markerId, part, outcome, why, order, by }: Parameters<ModerationSamples['decide']>[0],
): Promise<SampleOutcome> {
  const sample = await get(tx, sampleId);
  const reason = storable(why.trim());
  if (reason === '') throw new InvalidRecordError('Say why it is decided so.');
  if (markerId === by && !(await examinesAlone(tx, sample.examId, by)))
    throw new InvalidRecordError('Nobody judges a sample of their own marks; another examiner does.');
  if (!sample.marks.some((each) => each.markerId === markerId && each.part === part))
    throw new InvalidRecordError('The sample has nothing of this marker in this part.');
  if (sample.outcomes.some((each) => each.markerId === markerId && each.part === part))
    throw new InvalidRecordError('This has been decided already.');
  const theirs = (each: SampleCandidate) => each.markerId === markerId && each.part === part;
  const more = outcome === 'accepted' ? [] : (await candidates(tx, sample.examId)).filter(theirs);
  if (outcome === 're-marked' && more.length === 0 && (await unchecked(tx, sample.examId)).some(theirs))
    throw new InvalidRecordError(NOBODY_ELSE);
  await mustBeMarkedTwice(tx, more, { ...order, tolerance: sample.tolerance });
  const row = await tx.sampleOutcome.create({
    data: { sampleId, markerId, part, outcome, why: reason, answers: more.length, byId: by },
  });
  await recordAudit(tx, {
    actorId: by,
    action: outcome === 'accepted' ? 'sampled-marks-accepted' : 'sampled-marks-re-marked',
    objectType: 'exam',
    objectId: sample.examId,
    details: { sampleId, markerId, part, why: reason, answers: more.length },
  });
  return { ...row, outcome: oneOf(SAMPLE_OUTCOMES, row.outcome) };
}

async function get(session: Session, id: string): Promise<ModerationSample> {
  const row = isUuid(id)
    ? await session.moderationSample.findUnique({ where: { id }, include: { outcomes: true } })
    : null;
  if (!row) throw new NotFoundError('moderation sample', id);
  // A mark that was changed before somebody else had marked the answer is not what they would be compared with. What stands
  // in the way is what leaves the answer out of every queue.
  const marks = await session.$queryRaw<(Omit<SampledMark, 'chosenAs'> & { chosenAs: string })[]>`
    WITH counting AS MATERIALIZED (
      SELECT id FROM counting_submissions(${row.examId}::uuid)
    ), excused AS MATERIALIZED (
      SELECT student_id, part FROM standing_excusals(${row.examId}::uuid)
    )
    SELECT m.id::text AS "markId", a.id::text AS "answerId", m.set_by_id AS "markerId", a.part,
      trim_scale(m.marks)::text AS marks, c.chosen_as AS "chosenAs", trim_scale(x.marks)::text AS second,
      x.marks IS NULL AND (
        NOT EXISTS (SELECT FROM standing_marks WHERE id = m.id)
        OR NOT mark_stands(m.reading_id, r.id)
        OR s.id NOT IN (SELECT id FROM counting)
        OR EXISTS (SELECT FROM excused e WHERE e.student_id = s.student_id AND e.part IN ('', a.part))
      ) AS dropped
    FROM sampled_marks c
    JOIN marks m ON m.id = c.mark_id
    JOIN answers a ON a.id = m.answer_id
    JOIN submissions s ON s.id = a.submission_id
    JOIN LATERAL (
      SELECT id FROM answer_readings WHERE answer_id = a.id ORDER BY number DESC LIMIT 1
    ) r ON true
    LEFT JOIN LATERAL (
      SELECT marks FROM second_marks WHERE first_mark_id = m.id ORDER BY number DESC LIMIT 1
    ) x ON true
    WHERE c.sample_id = ${id}::uuid ORDER BY m.set_by_id, a.part, a.id`;
  return {
    ...row,
    tolerance: row.tolerance.toString(),
    marks: marks.map((each) => ({ ...each, chosenAs: oneOf(CHOSEN_AS, each.chosenAs) })),
    outcomes: row.outcomes.map((each) => ({ ...each, outcome: oneOf(SAMPLE_OUTCOMES, each.outcome) })),
  };
}
