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
import { mustBeOpenTo } from './second-marking.js';
import { currentMark, type Mark, markOf, type MarkOrigin, type NewMark } from './mark.js';

export interface Marks {
  /**
   * Appends a mark. Throws MarkConflictError when another mark is current than the one expected,
   * MarkOutOfRangeError, NotFoundError, InvalidRecordError (a change without a reason), ConflictOfInterestError.
   */
  set(mark: NewMark): Promise<Mark>;
  current(answerId: string): Promise<Mark | null>;
  /** The current mark of each answer of the submission that has one. */
  ofSubmission(submissionId: string): Promise<readonly Mark[]>;
  /** All, newest first. */
  history(answerId: string): Promise<readonly Mark[]>;
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
    current: (answerId) => currentMark(db, answerId),
    ofSubmission: async (submissionId) => {
      if (!isUuid(submissionId)) return [];
      const rows = await db.mark.findMany({ where: { answer: { submissionId }, supersededBy: null } });
      return rows.map(markOf);
    },
    history: async (answerId) => {
      if (!isUuid(answerId)) return [];
      return (await db.mark.findMany({ where: { answerId }, orderBy: { number: 'desc' } })).map(markOf);
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

/** Until the transaction ends, nobody else marks the answer. */
export async function lockAnswer(tx: Session, answerId: string): Promise<void> {
  if (isUuid(answerId))
    await tx.$queryRaw`SELECT FROM answers WHERE id = ${answerId}::uuid FOR NO KEY UPDATE`;
}

/** Appends a mark within a transaction; see Marks.set. */
export async function appendMark(tx: Session, given: NewMark): Promise<Mark> {
  const { answerId, by, expectedCurrentMarkId, breakdown } = given;
  const { maximum, readingId, version } = await placeOf(tx, answerId);
  const exact = thousandths(given.marks);
  const limit = thousandths(maximum);
  if (exact === null || limit === null || exact > limit) throw new MarkOutOfRangeError(given.marks, maximum);
  const value = fromThousandths(exact);

  const before = await currentMark(tx, answerId);
  if ((before?.id ?? null) !== expectedCurrentMarkId) throw new MarkConflictError(answerId, before);
  const proposed = await proposalOf(tx, answerId, given.proposedMarkId ?? null);
  const origin = originOf(value, proposed?.marks?.toString() ?? null);
  if (given.why.trim() === '' && (before !== null || origin === 'changed')) {
    throw new InvalidRecordError(
      'Say why: this mark differs from what was proposed or replaces another mark.',
    );
  }

  const row = await tx.mark.create({
    data: {
      answerId,
      number: (before?.number ?? 0) + 1,
      marks: value,
      origin,
      why: storable(given.why),
      setById: by,
      supersedesId: before?.id ?? null,
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
    details: { markId: row.id, marks: value, origin, before: before?.marks ?? null, why: given.why },
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
