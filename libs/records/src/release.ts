import { type Decimal, sumOfDecimals } from './decimal.js';
import type { Mark as MarkRow, Release as Row } from './generated/prisma/client.js';
import { type Mark, markOf } from './mark.js';

/** Marks as they stood when they were released; a later change needs another release. */
export interface Release {
  readonly id: string;
  readonly examId: string;
  readonly submissionId: string;
  readonly releasedById: string;
  readonly at: Date;
  readonly note: string;
  /** Exactly the marks the student may see. */
  readonly marks: readonly Mark[];
  readonly total: Decimal;
}

export type HeldBackReason = 'not-all-marked' | 'already-released' | 'not-latest-attempt';

export function releaseOf(row: Row & { readonly marks: readonly { readonly mark: MarkRow }[] }): Release {
  const marks = row.marks.map(({ mark }) => markOf(mark));
  const { id, examId, submissionId, releasedById, at, note } = row;
  return {
    id,
    examId,
    submissionId,
    releasedById,
    at,
    note,
    marks,
    total: sumOfDecimals(marks.map((each) => each.marks)),
  };
}
