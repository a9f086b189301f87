import { fromJson, isUuid, oneOf, type Session } from './database.js';
import type { Decimal } from './decimal.js';
import { InvalidRecordError, MarkConflictError, NotFoundError } from './errors.js';
import type { Prisma } from './generated/prisma/client.js';
import type { JsonValue } from './json.js';
import { currentMark, type Mark } from './mark.js';
import { roleOf } from './teams/members.js';
import { AGREED_BY, type SecondMarkingOrder } from './second-marking-order.js';

/** `agreed` by the rule within the tolerance; else somebody decided for the `first` mark, the `second` or an `other`. */
export const MODERATION_OUTCOMES = ['agreed', 'first', 'second', 'other'] as const;
export type ModerationOutcome = (typeof MODERATION_OUTCOMES)[number];

/** Which mark stands of two. */
export interface Moderation {
  readonly outcome: ModerationOutcome;
  readonly markId: string;
  readonly why: string;
  readonly byId: string;
  readonly at: Date;
}

/** What somebody gave an answer without seeing the mark it has. */
export interface SecondMark {
  readonly id: string;
  readonly answerId: string;
  readonly marks: Decimal;
  readonly why: string;
  readonly setById: string;
  /** The mark that stood then. */
  readonly firstMarkId: string;
  readonly at: Date;
  readonly breakdown: JsonValue;
  /** Null while nobody has decided between the two. */
  readonly moderation: Moderation | null;
}

/** Of a marked answer that two people mark, as it reads now. */
export interface SecondMarking {
  readonly order: SecondMarkingOrder;
  /** Null until somebody else has marked it too. */
  readonly second: SecondMark | null;
  /** Who has marked the answer; none of them decides between the two. */
  readonly markers: ReadonlySet<string>;
  /** Who cannot give the second mark: who has marked it, and who has spoken of it with a colleague. */
  readonly knowing: ReadonlySet<string>;
}

export const WITH_MODERATION = { moderation: true } as const satisfies Prisma.SecondMarkInclude;
type Row = Prisma.SecondMarkGetPayload<{ include: typeof WITH_MODERATION }>;

export function secondMarkOf({ moderation, ...row }: Row): SecondMark {
  return {
    id: row.id,
    answerId: row.answerId,
    marks: row.marks.toString(),
    why: row.why,
    setById: row.setById,
    firstMarkId: row.firstMarkId,
    at: row.at,
    breakdown: row.breakdown === null ? null : fromJson(row.breakdown),
    moderation: moderation && {
      outcome: oneOf(MODERATION_OUTCOMES, moderation.outcome),
      markId: moderation.markId,
      why: moderation.why,
      byId: moderation.byId,
      at: moderation.at,
    },
  };
}

/** Until the transaction ends, nobody else marks the answer. */
export async function lockAnswer(tx: Session, answerId: string): Promise<void> {
  if (isUuid(answerId))
    await tx.$queryRaw`SELECT FROM answers WHERE id = ${answerId}::uuid FOR NO KEY UPDATE`;
}

/** Of those of the answers that are marked twice, given which reading each has now. One query after another, as in a transaction. */
export async function secondMarkings(
  session: Session,
  readings: ReadonlyMap<string, { readonly id: string; readonly found: boolean; readonly text: string }>,
): Promise<ReadonlyMap<string, SecondMarking>> {
  const orders = await session.secondMarkingOrder.findMany({
    where: { answerId: { in: [...readings.keys()] } },
  });
  if (orders.length === 0) return new Map();
  const answerId = { in: orders.map((order) => order.answerId) };
  const seconds = await session.secondMark.findMany({
    where: { answerId },
    orderBy: { number: 'asc' },
    include: { ...WITH_MODERATION, reading: { select: { id: true, found: true, text: true } } },
  });
  const marks = await session.mark.findMany({
    where: { answerId, schemeChange: { is: null } },
    select: { answerId: true, setById: true },
  });
  // Whoever took a mark back has seen it.
  const withdrawn = await session.markWithdrawal.findMany({
    where: { mark: { answerId } },
    select: { byId: true, mark: { select: { answerId: true } } },
  });
  const flags = await session.markingFlag.findMany({
    where: { answerId },
    select: {
      answerId: true,
      raisedById: true,
      askedId: true,
      outcome: { select: { outcome: true, byId: true } },
    },
  });
  return new Map(
    orders.map((order) => {
      const mine = <Row extends { answerId: string }>(rows: readonly Row[]) =>
        rows.filter((row) => row.answerId === order.answerId);
      const now = readings.get(order.answerId);
      const latest = mine(seconds).at(-1);
      const stands =
        latest !== undefined &&
        now !== undefined &&
        (latest.reading.id === now.id ||
          (latest.reading.found === now.found && latest.reading.text === now.text));
      const markers = new Set([...mine(marks), ...mine(seconds)].map(({ setById }) => setById));
      const spoken = mine(flags).flatMap(({ raisedById, askedId, outcome }) => [
        ...(askedId === null ? [] : [askedId]),
        ...(outcome?.outcome === 'answered' ? [outcome.byId, raisedById] : []),
      ]);
      return [
        order.answerId,
        {
          order: {
            tolerance: order.tolerance.toString(),
            agreed: oneOf(AGREED_BY, order.agreed),
            step: order.step.toString(),
          },
          second: stands ? secondMarkOf(latest) : null,
          markers,
          knowing: new Set([
            ...markers,
            ...spoken,
            ...withdrawn.flatMap(({ byId, mark }) => (mark.answerId === order.answerId ? [byId] : [])),
          ]),
        },
      ] as const;
    }),
  );
}

/** The answer as it stands: null as second marking where nothing is ordered, or the mark was given to another text. */
export async function standingTwice(
  tx: Session,
  answerId: string,
): Promise<{ marking: SecondMarking | null; current: Mark | null; readingId: string }> {
  const reading = await tx.answerReading.findFirst({ where: { answerId }, orderBy: { number: 'desc' } });
  if (!reading) throw new NotFoundError('answer', answerId);
  const current = await currentMark(tx, answerId);
  const read = current && (await tx.answerReading.findUniqueOrThrow({ where: { id: current.readingId } }));
  const stands =
    read !== null && (read.id === reading.id || (read.found === reading.found && read.text === reading.text));
  const found = await secondMarkings(tx, new Map([[answerId, reading]]));
  return { marking: stands ? (found.get(answerId) ?? null) : null, current, readingId: reading.id };
}

/**
 * Whether this person may set the mark of an answer that two people mark. Throws InvalidRecordError: while a second mark is
 * awaited, only who knows of the first changes it; while two wait for a decision, nobody; after it, an examiner.
 */
export async function mustBeOpenTo(tx: Session, by: string, answerId: string): Promise<void> {
  const ordered = isUuid(answerId) && (await tx.secondMarkingOrder.findUnique({ where: { answerId } }));
  if (!ordered) return;
  const { marking, current } = await standingTwice(tx, answerId);
  if (marking === null || current === null) return;
  if (marking.second === null) {
    // Who has not seen the mark that stands cannot be on top of it.
    if (!marking.knowing.has(by)) throw new MarkConflictError(answerId, current);
    return;
  }
  if (marking.second.moderation === null)
    throw new InvalidRecordError(
      'Two people have marked this answer and are too far apart; it waits for somebody to decide between them.',
    );
  const place = await tx.answer.findUniqueOrThrow({
    where: { id: answerId },
    select: { submission: { select: { examId: true } } },
  });
  if ((await roleOf(tx, place.submission.examId, by)) !== 'examiner')
    throw new InvalidRecordError(
      'Two people have marked this answer. An examiner can change what they came to.',
    );
}
