import { recordAudit } from './audit.js';
import { mustBeFreeFor } from './conflicts.js';
import {
  type Database,
  isForeignKeyViolation,
  isUniqueViolation,
  isUuid,
  type Session,
  storable,
  toJson,
} from './database.js';
import { type Decimal, fromThousandths, thousandths } from './decimal.js';
import { InvalidRecordError, MarkConflictError, MarkOutOfRangeError, NotFoundError } from './errors.js';
import { lockAnswer, mustBeOpenTo } from './second-marking.js';
import {
  currentMark,
  lastWordOn,
  type Mark,
  markOf,
  type MarkOrigin,
  type NewMark,
  STANDING,
  type Withdrawal,
} from './mark.js';
import { withdrawMark, type WithdrawnMark } from './mark-withdrawals.js';

export interface Marks {
  /**
   * Appends a mark. Throws MarkConflictError when another mark is current than the one expected,
   * MarkOutOfRangeError, NotFoundError, InvalidRecordError (a change without a reason), ConflictOfInterestError.
   */
  set(mark: NewMark): Promise<Mark>;
  /**
   * Takes back the mark that stands: the answer has none until another is set, and its proposal stands as before any. Throws
   * NotFoundError; MarkConflictError when it does not stand (any longer); ConflictOfInterestError; InvalidRecordError while it is
   * released, or where two people have marked the answer.
   */
  withdraw(request: WithdrawnMark): Promise<void>;
  current(answerId: string): Promise<Mark | null>;
  /** The current mark of each answer of the submission that has one. */
  ofSubmission(submissionId: string): Promise<readonly Mark[]>;
  /** All, newest first, those that were taken back among them. */
  history(answerId: string): Promise<readonly PastMark[]>;
}

/** A mark with what became of it, where it was taken back. */
export interface PastMark extends Mark {
  readonly withdrawal: Withdrawal | null;
}

export function marks(db: Database): Marks {
  return {
    set: async (mark) => {
      try {
        return await db.$transaction(async (tx) => {
          await mustBeFreeFor(tx, mark.by, mark.answerId);
          return setMark(tx, mark);
        });
      } catch (error) {
        if (isForeignKeyViolation(error)) throw new NotFoundError('user', mark.by);
        // Two at the same moment: the number of the mark is taken, the other one's mark stands.
        if (isUniqueViolation(error))
          throw new MarkConflictError(mark.answerId, await currentMark(db, mark.answerId));
        throw error;
      }
    },
    withdraw: async (request) => {
      try {
        await db.$transaction((tx) => withdrawMark(tx, request));
      } catch (error) {
        if (isForeignKeyViolation(error)) throw new NotFoundError('user', request.by);
        throw error;
      }
    },
    current: (answerId) => currentMark(db, answerId),
    ofSubmission: async (submissionId) => {
      if (!isUuid(submissionId)) return [];
      const rows = await db.mark.findMany({ where: { answer: { submissionId }, ...STANDING } });
      return rows.map(markOf);
    },
    history: async (answerId) => {
      if (!isUuid(answerId)) return [];
      const rows = await db.mark.findMany({
        where: { answerId },
        orderBy: { number: 'desc' },
        include: { withdrawal: true },
      });
      return rows.map(({ withdrawal, ...row }) => ({ ...markOf(row), withdrawal }));
    },
  };
}

/** A marker's own mark, within a transaction: as `appendMark`, where second marking leaves the answer to them. */
export async function setMark(tx: Session, mark: NewMark): Promise<Mark> {
  const { answerId, secondMarking = null } = mark;
  await lockAnswer(tx, answerId);
  await mustBeOpenTo(tx, mark.by, answerId);
  const set = await appendMark(tx, mark);
  if (secondMarking !== null)
    await tx.secondMarkingOrder.createMany({
      data: [{ answerId, ...secondMarking }],
      skipDuplicates: true,
    });
  return set;
}

/** Appends a mark within a transaction; see Marks.set. */
export async function appendMark(tx: Session, given: NewMark): Promise<Mark> {
  const { answerId, by, expectedCurrentMarkId, breakdown } = given;
  const { maximum, readingId, version } = await placeOf(tx, answerId);
  const exact = thousandths(given.marks);
  const limit = thousandths(maximum);
  if (exact === null || limit === null || exact > limit) throw new MarkOutOfRangeError(given.marks, maximum);
  const value = fromThousandths(exact);

  const { latest, standing, basis } = await lastWordOn(tx, answerId);
  if (basis !== expectedCurrentMarkId) throw new MarkConflictError(answerId, standing);
  const proposed = await proposalOf(tx, answerId, given.proposedMarkId ?? null);
  const origin = originOf(value, proposed?.marks?.toString() ?? null);
  if (given.why.trim() === '' && (standing !== null || origin === 'changed')) {
    throw new InvalidRecordError(
      'Say why: this mark differs from what was proposed or replaces another mark.',
    );
  }

  const row = await tx.mark.create({
    data: {
      answerId,
      number: (latest?.number ?? 0) + 1,
      marks: value,
      origin,
      why: storable(given.why),
      setById: by,
      supersedesId: latest?.id ?? null,
      proposedMarkId: proposed?.id ?? null,
      readingId: proposed?.readingId ?? readingId,
      examVersionId: version.id,
      engineVersion: proposed?.engineVersion ?? null,
      schemeHash: proposed?.schemeHash ?? version.schemeHash,
      ...(breakdown === undefined ? {} : { breakdown: toJson(breakdown) }),
    },
  });
  const hidden = await proposalOf(tx, answerId, given.hiddenProposalId ?? null);
  if (hidden !== null) await tx.blindDecision.create({ data: { markId: row.id, proposedMarkId: hidden.id } });
  await recordAudit(tx, {
    actorId: by,
    action: 'mark-set',
    objectType: 'answer',
    objectId: answerId,
    details: { markId: row.id, marks: value, origin, before: standing?.marks ?? null, why: given.why },
  });
  return markOf(row);
}

export async function placeOf(tx: Session, answerId: string) {
  if (!isUuid(answerId)) throw new NotFoundError('answer', answerId);
  const row = await tx.answer.findUnique({
    where: { id: answerId },
    select: {
      part: true,
      submission: { select: { schemeVersion: { select: { id: true, schemeHash: true, parts: true } } } },
    },
  });
  const reading = await tx.answerReading.findFirst({
    where: { answerId },
    orderBy: { number: 'desc' },
    select: { id: true },
  });
  if (!row || !reading) throw new NotFoundError('answer', answerId);
  const { schemeVersion: version } = row.submission;
  const maximum: Decimal = version.parts.find(({ part }) => part === row.part)?.maximum.toString() ?? '0';
  return { maximum, readingId: reading.id, version };
}

async function proposalOf(tx: Session, answerId: string, proposedMarkId: string | null) {
  if (proposedMarkId === null) return null;
  const proposed = isUuid(proposedMarkId)
    ? await tx.proposedMark.findFirst({ where: { id: proposedMarkId, answerId } })
    : null;
  if (!proposed) throw new NotFoundError('proposed mark', proposedMarkId);
  return proposed;
}

function originOf(value: Decimal, proposed: Decimal | null): MarkOrigin {
  if (proposed === null) return 'set';
  return thousandths(value) === thousandths(proposed) ? 'confirmed' : 'changed';
}
