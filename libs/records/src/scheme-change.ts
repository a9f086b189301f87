import { isUuid, oneOf, type Session } from './database.js';
import { NotFoundError } from './errors.js';
import type { Prisma } from './generated/prisma/client.js';

/** What becomes of marks that people confirmed as they were proposed; what they set otherwise always stays. */
export const CONFIRMED_MARKS = ['keep', 'follow'] as const;
export type ConfirmedMarks = (typeof CONFIRMED_MARKS)[number];

/** A change of the scheme for everything handed in, or the undoing of one. Append-only. */
export interface SchemeChange {
  readonly id: string;
  readonly examId: string;
  /** 1, 2, 3 … */
  readonly number: number;
  readonly fromVersionId: string;
  readonly toVersionId: string;
  /** The change that this one undoes; null for a change. */
  readonly undoesId: string | null;
  readonly undoneById: string | null;
  readonly confirmed: ConfirmedMarks;
  /** Marks that were set on top of confirmed ones. */
  readonly marks: number;
  readonly submissions: number;
  readonly why: string;
  readonly byId: string;
  readonly at: Date;
}

/** With what a change is read. */
export const WHOLE = {
  undoneBy: { select: { id: true } },
  _count: { select: { marks: true, submissions: true } },
} as const;
type Row = Prisma.SchemeChangeGetPayload<{ include: typeof WHOLE }>;

export function changeOf({ undoneBy, _count, draftId: _draft, ...row }: Row): SchemeChange {
  return {
    ...row,
    confirmed: oneOf(CONFIRMED_MARKS, row.confirmed),
    undoneById: undoneBy?.id ?? null,
    marks: _count.marks,
    submissions: _count.submissions,
  };
}

/** Throws NotFoundError. */
export async function schemeChange(session: Session, changeId: string): Promise<SchemeChange> {
  const row = isUuid(changeId)
    ? await session.schemeChange.findUnique({ where: { id: changeId }, include: WHOLE })
    : null;
  if (!row) throw new NotFoundError('scheme change', changeId);
  return changeOf(row);
}
