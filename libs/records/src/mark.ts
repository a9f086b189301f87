import { fromJson, isUuid, oneOf, type Session } from './database.js';
import type { Decimal } from './decimal.js';
import type { MarkWithdrawal, Prisma, Mark as Row } from './generated/prisma/client.js';
import type { JsonValue } from './json.js';
import type { SecondMarkingOrder } from './second-marking-order.js';

/** How a mark came about. */
export const MARK_ORIGINS = ['confirmed', 'changed', 'set'] as const;
export type MarkOrigin = (typeof MARK_ORIGINS)[number];

/** A person's mark. Append-only; the one nobody superseded is current, unless it was taken back. */
export interface Mark {
  readonly id: string;
  readonly answerId: string;
  /** 1 for the first mark of the answer. */
  readonly number: number;
  readonly marks: Decimal;
  /** `confirmed` as proposed, `changed` from the proposal, or `set` without one. */
  readonly origin: MarkOrigin;
  readonly why: string;
  readonly setById: string;
  readonly at: Date;
  readonly supersedesId: string | null;
  readonly proposedMarkId: string | null;
  readonly readingId: string;
  readonly examVersionId: string;
  /** Of the proposal it rests on. */
  readonly engineVersion: string | null;
  readonly schemeHash: string;
  /** Marks by rubric item, where the marker gave them. */
  readonly breakdown: JsonValue;
}

export interface NewMark {
  readonly answerId: string;
  readonly marks: Decimal;
  readonly by: string;
  /** Required when it changes a mark or a proposal; may be empty when it confirms one. */
  readonly why: string;
  /**
   * What the marker was looking at: the mark that stood, or the withdrawal of the one that stood before; null when the answer never had
   * one. Whoever did not see that a mark was taken back cannot set it again by a try that was late.
   */
  readonly expectedCurrentMarkId: string | null;
  /** The proposal the marker was looking at, if any. */
  readonly proposedMarkId?: string | null;
  readonly breakdown?: JsonValue;
  /** The proposal that was kept from the marker: the mark is one set without any, and the two can be compared. */
  readonly hiddenProposalId?: string | null;
  /** Somebody else is to mark the answer too, by these rules; what was ordered before holds. */
  readonly secondMarking?: SecondMarkingOrder | null;
}

export function markOf(row: Row): Mark {
  return {
    ...row,
    marks: row.marks.toString(),
    origin: oneOf(MARK_ORIGINS, row.origin),
    breakdown: row.breakdown === null ? null : fromJson(row.breakdown),
  };
}

/** Which marks stand, for queries; in SQL they are the view `standing_marks`. */
export const STANDING = { supersededBy: null, withdrawal: null } as const satisfies Prisma.MarkWhereInput;

/** A mark was taken back: the answer has none since. */
export interface Withdrawal {
  readonly id: string;
  readonly byId: string;
  readonly why: string;
  readonly at: Date;
}

/** What was last done to the mark of an answer. */
export interface LastWord {
  /** The latest mark, whether it stands or not. */
  readonly latest: Mark | null;
  readonly standing: Mark | null;
  /** What the next one has to have seen; see NewMark.expectedCurrentMarkId. */
  readonly basis: string | null;
}

export function lastWordOf(
  row: (Row & { readonly withdrawal: MarkWithdrawal | null }) | undefined | null,
): LastWord {
  if (!row) return { latest: null, standing: null, basis: null };
  const { withdrawal, ...mark } = row;
  const latest = markOf(mark);
  return { latest, standing: withdrawal === null ? latest : null, basis: withdrawal?.id ?? latest.id };
}

export async function lastWordOn(session: Session, answerId: string): Promise<LastWord> {
  if (!isUuid(answerId)) return lastWordOf(null);
  return lastWordOf(
    await session.mark.findFirst({
      where: { answerId },
      orderBy: { number: 'desc' },
      include: { withdrawal: true },
    }),
  );
}

/** The mark that stands. */
export async function currentMark(session: Session, answerId: string): Promise<Mark | null> {
  return (await lastWordOn(session, answerId)).standing;
}
