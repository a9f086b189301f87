import {
  type Database,
  isForeignKeyViolation,
  isUniqueViolation,
  isUuid,
  type Session,
  toJson,
} from './database.js';
import { fromThousandths, thousandths } from './decimal.js';
import { InvalidRecordError, NotFoundError } from './errors.js';
import { type NewProposedMark, type ProposedMark, proposedMarkOf } from './proposed-mark.js';

export interface ProposedMarks {
  /**
   * Idempotent per reading, engine version and scheme: the first outcome stays, unless it was `failed`, which a
   * later run replaces. Throws NotFoundError; InvalidRecordError when a failed outcome carries marks or a
   * proposed one has none.
   */
  save(proposed: NewProposedMark): Promise<{ proposedMark: ProposedMark; created: boolean }>;
  /** Of the answer's latest reading, the newest by the scheme in force; null before marking. */
  current(answerId: string): Promise<ProposedMark | null>;
  /** The current one of each answer of the submission that has one. */
  ofSubmission(submissionId: string): Promise<readonly ProposedMark[]>;
  /** Those with these ids, by id. */
  byIds(ids: readonly string[]): Promise<ReadonlyMap<string, ProposedMark>>;
  /** All, newest first. */
  history(answerId: string): Promise<readonly ProposedMark[]>;
}

export function proposedMarks(db: Database): ProposedMarks {
  return {
    save: (proposed) => save(db, proposed),
    current: async (answerId) => {
      if (!isUuid(answerId)) return null;
      const reading = await db.answerReading.findFirst({
        where: { answerId },
        orderBy: { number: 'desc' },
        select: { id: true },
      });
      return reading ? ((await currentOfReadings(db, [reading.id])).get(reading.id) ?? null) : null;
    },
    ofSubmission: async (submissionId) => {
      if (!isUuid(submissionId)) return [];
      const rows = await db.answer.findMany({
        where: { submissionId },
        select: { readings: { orderBy: { number: 'desc' }, take: 1, select: { id: true } } },
      });
      const readings = rows.flatMap(({ readings: [latest] }) => latest?.id ?? []);
      return [...(await currentOfReadings(db, readings)).values()];
    },
    byIds: async (ids) => {
      const rows = await db.proposedMark.findMany({ where: { id: { in: ids.filter(isUuid) } } });
      return new Map(rows.map((row) => [row.id, proposedMarkOf(row)]));
    },
    history: async (answerId) => {
      if (!isUuid(answerId)) return [];
      const rows = await db.proposedMark.findMany({ where: { answerId }, orderBy: { seq: 'desc' } });
      return rows.map(proposedMarkOf);
    },
  };
}

/** The newest proposal of each of these readings, by the scheme its submission is marked under. */
export async function currentOfReadings(
  session: Session,
  readingIds: readonly string[],
): Promise<ReadonlyMap<string, ProposedMark>> {
  const rows = await session.proposedMark.findMany({
    where: { readingId: { in: [...readingIds] } },
    orderBy: { seq: 'asc' }, // Later ones replace earlier ones in the map.
    include: {
      answer: { select: { submission: { select: { schemeVersion: { select: { schemeHash: true } } } } } },
    },
  });
  return new Map(
    rows.flatMap(({ answer, ...row }) =>
      row.schemeHash === answer.submission.schemeVersion.schemeHash
        ? [[row.readingId, proposedMarkOf(row)] as const]
        : [],
    ),
  );
}

async function save(
  db: Database,
  given: NewProposedMark,
): Promise<{ proposedMark: ProposedMark; created: boolean }> {
  const { answerId, readingId, engineVersion, schemeHash } = given;
  if (!isUuid(answerId)) throw new NotFoundError('answer', answerId);
  const data = { ...given, marks: checkedMarks(given), evidence: toJson(given.evidence) };
  const key = { readingId_engineVersion_schemeHash: { readingId, engineVersion, schemeHash } };
  const reading = isUuid(readingId)
    ? await db.answerReading.findFirst({ where: { id: readingId, answerId }, select: { id: true } })
    : null;
  if (!reading) throw new NotFoundError('answer', `${answerId}, reading ${readingId}`);

  for (;;) {
    const known = await db.proposedMark.findUnique({ where: key });
    if (known && (known.outcome !== 'failed' || given.outcome === 'failed')) {
      return { proposedMark: proposedMarkOf(known), created: false };
    }
    try {
      if (!known)
        return { proposedMark: proposedMarkOf(await db.proposedMark.create({ data })), created: true };
      const { outcome, marks, doubt, evidence } = data;
      const { count } = await db.proposedMark.updateMany({
        where: { id: known.id, outcome: 'failed' },
        data: { outcome, marks, doubt, evidence, createdAt: new Date() },
      });
      if (count === 0) continue; // Another worker made it good first.
      return {
        proposedMark: proposedMarkOf(await db.proposedMark.findUniqueOrThrow({ where: { id: known.id } })),
        created: true,
      };
    } catch (error) {
      if (isForeignKeyViolation(error)) throw new NotFoundError('exam version', given.examVersionId);
      if (!isUniqueViolation(error)) throw error;
    }
  }
}

function checkedMarks({ outcome, marks, doubt }: NewProposedMark): string | null {
  if (!(doubt >= 0 && doubt <= 1))
    throw new InvalidRecordError(`Doubt is a number from 0 to 1, not ${doubt}.`);
  if ((outcome === 'proposed') !== (marks !== null)) {
    throw new InvalidRecordError(
      outcome === 'proposed' ? 'A proposal needs marks.' : `What is ${outcome} has no marks, not even 0.`,
    );
  }
  if (marks === null) return null;
  const exact = thousandths(marks);
  if (exact === null) {
    throw new InvalidRecordError(
      `Proposed marks are a decimal from 0 with at most three places, not ${JSON.stringify(marks)}.`,
    );
  }
  return fromThousandths(exact);
}
