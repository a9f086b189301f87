import { type Answer, LATEST_READING, type SplitAnswer } from './answer.js';
import { columnsOf, hashOf, ofSubmission, partsOf } from './answer-rows.js';
import { recordAudit } from './audit.js';
import {
  type Database,
  isForeignKeyViolation,
  isUniqueViolation,
  isUuid,
  type Session,
  storable,
} from './database.js';
import { InvalidRecordError, NotFoundError, SplitConflictError } from './errors.js';
import { writeOrder } from './outbox.js';
import { changeState } from './submission.js';

/** A person's word that the document is cut as it should be. */
export interface SplitConfirmation {
  readonly submissionId: string;
  /** 1 for the first word. */
  readonly number: number;
  readonly byId: string;
  /** The parts whose answers were other before. */
  readonly changed: readonly string[];
  readonly why: string;
  readonly at: Date;
}

export interface NewConfirmation {
  readonly submissionId: string;
  /** The number of the last word that the caller has seen; 0 where there was none. */
  readonly expected: number;
  /** Of every part of the exam. */
  readonly answers: readonly SplitAnswer[];
  readonly by: string;
  readonly why: string;
}

export async function latestConfirmation(
  session: Session,
  submissionId: string,
): Promise<SplitConfirmation | null> {
  if (!isUuid(submissionId)) return null;
  return session.splitConfirmation.findFirst({ where: { submissionId }, orderBy: { number: 'desc' } });
}

/** See Answers.confirm. */
export async function confirmSplit(db: Database, given: NewConfirmation): Promise<SplitConfirmation> {
  try {
    return await db.$transaction((tx) => confirm(tx, given));
  } catch (error) {
    if (isForeignKeyViolation(error)) throw new NotFoundError('user', given.by);
    // Two at the same moment, or the machine was still cutting: the caller looks again.
    if (isUniqueViolation(error)) throw new SplitConflictError(given.submissionId);
    throw error;
  }
}

async function confirm(
  tx: Session,
  { submissionId, expected, answers, by, why }: NewConfirmation,
): Promise<SplitConfirmation> {
  const parts = await partsOf(tx, submissionId);
  const byPart = new Map(answers.map((answer) => [answer.part, answer]));
  if (byPart.size !== answers.length || parts.some((part) => !byPart.has(part)) || byPart.size > parts.length)
    throw new InvalidRecordError(`Say what the answer to each part is: ${parts.join(', ')}.`);
  const before = await latestConfirmation(tx, submissionId);
  if ((before?.number ?? 0) !== expected) throw new SplitConflictError(submissionId);

  await tx.answer.createMany({ data: parts.map((part) => ({ submissionId, part })), skipDuplicates: true });
  const rows = await tx.answer.findMany({ where: { submissionId }, include: LATEST_READING });
  const readings = rows.flatMap(({ id, part, readings: [latest] }) => {
    const answer = byPart.get(part);
    if (answer === undefined || (latest !== undefined && sameText(latest, answer))) return [];
    return [
      {
        part,
        data: {
          answerId: id,
          number: (latest?.number ?? 0) + 1,
          readById: by,
          why: storable(why),
          contentHash: hashOf(answer),
          ...columnsOf(answer),
        },
      },
    ];
  });
  const moved = new Set(readings.map(({ part }) => part));
  const changed = parts.filter((part) => moved.has(part));
  const confirmation = await tx.splitConfirmation.create({
    data: { submissionId, number: expected + 1, byId: by, changed, why: storable(why) },
  });
  if (readings.length > 0) {
    await tx.answerReading.createMany({ data: readings.map(({ data }) => data) });
    const { schemeVersionId } = await changeState(tx, submissionId, 'marking', null);
    await writeOrder(tx, submissionId, schemeVersionId);
  }
  await recordAudit(tx, {
    actorId: by,
    action: 'split-confirmed',
    objectType: 'submission',
    objectId: submissionId,
    details: { number: confirmation.number, changed, why },
  });
  return confirmation;
}

/** Whether a person's cut gives what is there already; how sure the machine was of it makes no difference. */
function sameText(latest: { found: boolean; text: string; pieces: unknown }, answer: SplitAnswer): boolean {
  return (
    latest.found === answer.found &&
    latest.text === storable(answer.text) &&
    JSON.stringify(latest.pieces) === JSON.stringify(answer.pieces)
  );
}

/** See Answers.unproposed. */
export async function unproposed(
  db: Database,
  submissionId: string,
  engineVersion: string,
  schemeHash: string,
): Promise<readonly Answer[]> {
  const answers = (await ofSubmission(db, submissionId)).filter(({ readById }) => readById !== null);
  const proposed = await db.proposedMark.findMany({
    where: { readingId: { in: answers.map(({ readingId }) => readingId) }, engineVersion, schemeHash },
    select: { readingId: true },
  });
  const done = new Set(proposed.map(({ readingId }) => readingId));
  return answers.filter(({ readingId }) => !done.has(readingId));
}
