import { type Decimal, sumOfDecimals } from './decimal.js';
import type { Mark as MarkRow, Release as Row } from './generated/prisma/client.js';
import { lessDeduction } from './late.js';
import { type Mark, markOf } from './mark.js';

/** Marks as they stood when they were released; a later change needs another release. */
export interface Release {
  readonly id: string;
  readonly examId: string;
  readonly submissionId: string;
  readonly releasedById: string;
  readonly at: Date;
  readonly note: string;
  /** The version whose scheme it showed; null for releases from before schemes could change. */
  readonly schemeVersionId: string | null;
  /** Exactly the marks the student may see. */
  readonly marks: readonly Mark[];
  /** What those marks are together. */
  readonly work: Decimal;
  /** How late the work came; null when it came on time. */
  readonly lateSeconds: number | null;
  /** What was taken off for that. */
  readonly deduction: Decimal;
  /** What counts: the marks for the work less the deduction. */
  readonly total: Decimal;
}

export const HELD_BACK_REASONS = [
  'not-latest-attempt',
  'withheld',
  'planner-gone',
  'excused',
  'not-all-marked',
  'answer-changed',
  'moderation-open',
  'second-marking-open',
  'already-released',
] as const;
export type HeldBackReason = (typeof HELD_BACK_REASONS)[number];

export function releaseOf(row: Row & { readonly marks: readonly { readonly mark: MarkRow }[] }): Release {
  const marks = row.marks.map(({ mark }) => markOf(mark));
  const { id, examId, submissionId, releasedById, at, note, schemeVersionId, lateSeconds } = row;
  const work = sumOfDecimals(marks.map((each) => each.marks));
  const deduction = row.deduction.toString();
  return {
    id,
    examId,
    submissionId,
    releasedById,
    at,
    note,
    schemeVersionId,
    marks,
    work,
    lateSeconds,
    deduction,
    total: lessDeduction(work, deduction),
  };
}
