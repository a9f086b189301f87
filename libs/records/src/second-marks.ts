import { recordAudit } from './audit.js';
import { conflictedStudents, mustBeFreeFor } from './conflicts.js';
import { type Database, isForeignKeyViolation, isUuid, type Session, storable, toJson } from './database.js';
import { type Decimal, fromThousandths, thousandths } from './decimal.js';
import { InvalidRecordError, MarkConflictError, MarkOutOfRangeError, NotFoundError } from './errors.js';
import type { JsonValue } from './json.js';
import type { Mark } from './mark.js';
import { appendMark, placeOf } from './marks.js';
import { mayModerate } from './moderators.js';
import { wantedOf } from './release-blockers.js';
import {
  lockAnswer,
  type ModerationOutcome,
  type SecondMark,
  secondMarkOf,
  standingTwice,
  WITH_MODERATION,
} from './second-marking.js';
import type { SecondMarkingOrder } from './second-marking-order.js';

export interface NewSecondMark {
  readonly answerId: string;
  readonly marks: Decimal;
  readonly by: string;
  readonly why: string;
  readonly breakdown?: JsonValue;
  /** What stands by the rule; null where the two are too far apart. */
  readonly agree: (pair: AgreeOn) => Decimal | null;
}

/** Two marks of an answer, and by what rules they agree. */
export interface AgreeOn {
  readonly first: Decimal;
  readonly second: Decimal;
  readonly order: SecondMarkingOrder;
  readonly maximum: Decimal;
}

export interface NewModeration {
  readonly secondMarkId: string;
  readonly by: string;
  /** Why it is decided so. */
  readonly why: string;
  /** The mark that stood when one looked. */
  readonly expectedCurrentMarkId: string | null;
  readonly decision:
    | { readonly outcome: 'first' }
    | { readonly outcome: 'second' }
    | {
        readonly outcome: 'other';
        readonly marks: Decimal;
        /** What the student is to read. */
        readonly feedback: string;
        readonly breakdown?: JsonValue;
      };
}

/** A pair of marks that two people gave, each without the other's. */
export interface MarkersPair {
  readonly part: string;
  readonly first: Decimal;
  readonly second: Decimal;
}

export interface SecondMarks {
  /**
   * Appends a mark of somebody who has not seen the one that stands, and lets the rule decide where the two are near enough;
   * else the answer waits for moderation. Throws NotFoundError, ConflictOfInterestError, MarkOutOfRangeError;
   * MarkConflictError where the answer wants no second mark (any longer); InvalidRecordError for who knows of the first mark.
   */
  set(mark: NewSecondMark): Promise<SecondMark>;
  /**
   * Decides between two marks that are too far apart, once, by somebody who gave neither, or by an examiner who gave one where
   * there is nobody else. Throws NotFoundError, ConflictOfInterestError, MarkOutOfRangeError; MarkConflictError when another mark stands; InvalidRecordError.
   */
  moderate(decision: NewModeration): Promise<SecondMark>;
  /** Whether this person may decide between the two marks of the answer. Throws NotFoundError. */
  mayModerate(answerId: string, markers: ReadonlySet<string>, person: string): Promise<boolean>;
  /** Those of the answers that wait for a second mark of somebody who knows nothing of the first, as this person does. */
  awaitedOf(answerIds: readonly string[], person: string): Promise<ReadonlySet<string>>;
  /** Answers of an exam that wait for a decision between two marks, oldest first; without what this person must not mark. */
  inModeration(examId: string, marker: string): Promise<readonly string[]>;
  /** What has been decided between two, newest first; at most as many as the limit. */
  moderated(examId: string, marker: string, limit: number): Promise<readonly string[]>;
  /** Of those of the submissions where a second mark, or a decision between two, is wanted: in which parts. */
  wantedIn(submissionIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** All there are of an exam. Throws NotFoundError. */
  pairs(examId: string): Promise<readonly MarkersPair[]>;
}

export function secondMarks(db: Database): SecondMarks {
  return {
    set: (mark) => byUser(mark.by, () => db.$transaction((tx) => set(tx, mark))),
    moderate: (decision) => byUser(decision.by, () => db.$transaction((tx) => moderate(tx, decision))),
    mayModerate: (answerId, markers, person) => mayModerate(db, answerId, markers, person),
    awaitedOf: async (answerIds, person) => {
      const rows = await db.$queryRaw<{ id: string }[]>`
        SELECT o.answer_id::text AS id FROM second_marking_orders o
        JOIN LATERAL (
          SELECT id FROM answer_readings WHERE answer_id = o.answer_id ORDER BY number DESC LIMIT 1
        ) r ON true
        JOIN LATERAL (
          SELECT reading_id FROM standing_marks WHERE answer_id = o.answer_id
        ) m ON mark_stands(m.reading_id, r.id)
        WHERE o.answer_id = ANY(${answerIds.filter(isUuid)}::uuid[])
          AND second_marking_wants(o.answer_id, r.id) = 'second-mark' AND NOT knows_of_answer(${person}, o.answer_id)`;
      return new Set(rows.map(({ id }) => id));
    },
    inModeration: async (examId, marker) => {
      if (!isUuid(examId)) throw new NotFoundError('exam', examId);
      const closed = await conflictedStudents(db, marker);
      const rows = await db.$queryRaw<{ id: string }[]>`
        SELECT o.answer_id::text AS id FROM second_marking_orders o
        JOIN answers a ON a.id = o.answer_id
        JOIN counting_submissions(${examId}::uuid) s ON s.id = a.submission_id
        JOIN LATERAL (
          SELECT id FROM answer_readings WHERE answer_id = a.id ORDER BY number DESC LIMIT 1
        ) r ON true
        JOIN LATERAL (
          SELECT reading_id FROM standing_marks WHERE answer_id = a.id
        ) m ON mark_stands(m.reading_id, r.id)
        JOIN LATERAL (
          SELECT at FROM second_marks WHERE answer_id = a.id ORDER BY number DESC LIMIT 1
        ) second ON true
        WHERE second_marking_wants(a.id, r.id) = 'moderation' AND s.student_id <> ALL(${closed}::text[])
        ORDER BY second.at, a.id`;
      return rows.map(({ id }) => id);
    },
    moderated: async (examId, marker, limit) => {
      if (!isUuid(examId)) throw new NotFoundError('exam', examId);
      const rows = await db.moderation.findMany({
        where: {
          outcome: { not: 'agreed' },
          mark: {
            answer: { submission: { examId, studentId: { notIn: await conflictedStudents(db, marker) } } },
          },
        },
        orderBy: [{ at: 'desc' }, { secondMarkId: 'asc' }],
        take: limit,
        select: { secondMark: { select: { answerId: true } } },
      });
      return [...new Set(rows.map(({ secondMark }) => secondMark.answerId))];
    },
    wantedIn: async (submissionIds) => {
      const parts = new Map<string, string[]>();
      for (const { id, part } of await wantedOf(db, submissionIds.filter(isUuid)))
        parts.set(id, [...(parts.get(id) ?? []), part]);
      return parts;
    },
    pairs: async (examId) => {
      if (!isUuid(examId)) throw new NotFoundError('exam', examId);
      return db.$queryRaw<MarkersPair[]>`
        SELECT a.part, trim_scale(m.marks)::text AS first, trim_scale(x.marks)::text AS second
        FROM second_marks x
        JOIN marks m ON m.id = x.first_mark_id
        JOIN answers a ON a.id = x.answer_id
        JOIN submissions s ON s.id = a.submission_id
        WHERE s.exam_id = ${examId}::uuid ORDER BY a.part, x.id`;
    },
  };
}

async function byUser<Result>(by: string, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    if (isForeignKeyViolation(error)) throw new NotFoundError('user', by);
    throw error;
  }
}

async function set(tx: Session, given: NewSecondMark): Promise<SecondMark> {
  const { answerId, by } = given;
  await mustBeFreeFor(tx, by, answerId);
  await lockAnswer(tx, answerId);
  const { marking, current, readingId } = await standingTwice(tx, answerId);
  if (marking === null || marking.second !== null || current === null)
    throw new MarkConflictError(answerId, current);
  if (marking.knowing.has(by))
    throw new InvalidRecordError('A second mark is given by somebody who knows nothing of the first.');
  const { maximum, version } = await placeOf(tx, answerId);
  const exact = thousandths(given.marks);
  const limit = thousandths(maximum);
  if (exact === null || limit === null || exact > limit) throw new MarkOutOfRangeError(given.marks, maximum);
  const marks = fromThousandths(exact);

  const before = await tx.secondMark.count({ where: { answerId } });
  const row = await tx.secondMark.create({
    data: {
      answerId,
      number: before + 1,
      marks,
      why: storable(given.why),
      setById: by,
      firstMarkId: current.id,
      readingId,
      examVersionId: version.id,
      ...(given.breakdown === undefined ? {} : { breakdown: toJson(given.breakdown) }),
    },
  });
  await recordAudit(tx, {
    actorId: by,
    action: 'second-mark-set',
    objectType: 'answer',
    objectId: answerId,
    details: { secondMarkId: row.id, marks, firstMarkId: current.id, why: given.why },
  });
  const agreed = given.agree({ first: current.marks, second: marks, order: marking.order, maximum });
  if (agreed !== null) {
    const mark =
      agreed === current.marks
        ? current
        : await appendMark(tx, {
            answerId,
            marks: agreed,
            by,
            why: current.why.trim() === '' ? AGREED : current.why,
            expectedCurrentMarkId: current.id,
          });
    await settle(tx, { secondMarkId: row.id, outcome: 'agreed', first: current, mark, by, why: '' });
  }
  return get(tx, row.id);
}

/** What a student reads where neither of two markers has written anything. */
const AGREED = 'Two people have marked this answer; this is what they agree on.';

async function moderate(tx: Session, given: NewModeration): Promise<SecondMark> {
  const { secondMarkId, by, decision, expectedCurrentMarkId } = given;
  const { answerId } = await get(tx, secondMarkId);
  await mustBeFreeFor(tx, by, answerId);
  await lockAnswer(tx, answerId);
  const why = storable(given.why.trim());
  if (why === '') throw new InvalidRecordError('Say why it is decided so.');
  const { marking, current } = await standingTwice(tx, answerId);
  if (current === null || marking === null || marking.second?.id !== secondMarkId)
    throw new InvalidRecordError('The answer is another now than these two marks were given to.');
  if (marking.second.moderation !== null)
    throw new InvalidRecordError('Somebody has decided between these two marks already.');
  if (!(await mayModerate(tx, answerId, marking.markers, by)))
    throw new InvalidRecordError('You gave one of the two marks; somebody else decides between them.');
  if (current.id !== expectedCurrentMarkId) throw new MarkConflictError(answerId, current);
  const { second } = marking;
  const mark =
    decision.outcome === 'first'
      ? current
      : await appendMark(tx, {
          answerId,
          by,
          expectedCurrentMarkId,
          ...(decision.outcome === 'second'
            ? {
                marks: second.marks,
                why: second.why.trim() === '' ? AGREED : second.why,
                breakdown: second.breakdown,
              }
            : {
                marks: decision.marks,
                why: decision.feedback.trim() === '' ? AGREED : decision.feedback,
                ...(decision.breakdown === undefined ? {} : { breakdown: decision.breakdown }),
              }),
        });
  const { outcome } = decision;
  const gaveOne = marking.markers.has(by);
  await settle(tx, { secondMarkId, outcome, first: current, mark, by, why, gaveOne });
  return get(tx, secondMarkId);
}

interface Settled {
  readonly secondMarkId: string;
  readonly outcome: ModerationOutcome;
  readonly first: Mark;
  readonly mark: Mark;
  readonly by: string;
  readonly why: string;
  /** Whether one of the two marks is of whoever decides: there was nobody else. */
  readonly gaveOne?: boolean;
}

async function settle(
  tx: Session,
  { secondMarkId, outcome, first, mark, by, why, gaveOne }: Settled,
): Promise<void> {
  await tx.moderation.create({
    data: { secondMarkId, outcome, firstMarkId: first.id, markId: mark.id, why, byId: by },
  });
  await recordAudit(tx, {
    actorId: by,
    action: outcome === 'agreed' ? 'marks-agreed' : 'marks-moderated',
    objectType: 'answer',
    objectId: mark.answerId,
    details: {
      secondMarkId,
      outcome,
      markId: mark.id,
      marks: mark.marks,
      why,
      ...(gaveOne === true ? { gaveOne } : {}),
    },
  });
}

async function get(tx: Session, id: string): Promise<SecondMark> {
  const row = isUuid(id) ? await tx.secondMark.findUnique({ where: { id }, include: WITH_MODERATION }) : null;
  if (!row) throw new NotFoundError('second mark', id);
  return secondMarkOf(row);
}
