import { fromJson, isUuid, oneOf, type Session } from './database.js';
import type { Decimal } from './decimal.js';
import type { Mark as Row } from './generated/prisma/client.js';
import type { JsonValue } from './json.js';
import type { SecondMarkingOrder } from './second-marking-order.js';

/** How a mark came about. */
export const MARK_ORIGINS = ['confirmed', 'changed', 'set'] as const;
export type MarkOrigin = (typeof MARK_ORIGINS)[number];

/** A person's mark. Append-only; the one nobody superseded is current. */
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
  /** The mark the marker was looking at; null when there was none. */
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

export async function currentMark(session: Session, answerId: string): Promise<Mark | null> {
  if (!isUuid(answerId)) return null;
  const row = await session.mark.findFirst({ where: { answerId }, orderBy: { number: 'desc' } });
  return row && markOf(row);
}
