import { oneOf } from './database.js';
import type { Prisma } from './generated/prisma/client.js';

/** What came of a second look: the mark was kept, or another was set. */
export const REVIEW_OUTCOMES = ['kept', 'changed'] as const;
export type ReviewOutcome = (typeof REVIEW_OUTCOMES)[number];

/** A student's request for a second look at one part of what was released, or at one item of its scheme. */
export interface ReviewRequest {
  readonly id: string;
  readonly submissionId: string;
  readonly answerId: string;
  readonly part: string;
  /** Of the scheme; null for the part as a whole. */
  readonly item: string | null;
  readonly reason: string;
  readonly askedById: string;
  readonly askedAt: Date;
  /** The mark it is about: what the release showed. */
  readonly releasedMarkId: string | null;
  readonly answered: {
    readonly outcome: ReviewOutcome;
    readonly reason: string;
    readonly markId: string | null;
    readonly by: string;
    readonly at: Date;
  } | null;
}

/** What a request is made of, for queries. */
export const WITH_OUTCOME = {
  answer: { select: { submissionId: true, part: true } },
  release: { select: { marks: { select: { answerId: true, markId: true } } } },
  outcome: true,
} as const satisfies Prisma.ReviewRequestInclude;

type Row = Prisma.ReviewRequestGetPayload<{ include: typeof WITH_OUTCOME }>;

export function reviewRequestOf({ answer, release, outcome, ...row }: Row): ReviewRequest {
  return {
    id: row.id,
    submissionId: answer.submissionId,
    answerId: row.answerId,
    part: answer.part,
    item: row.item === '' ? null : row.item,
    reason: row.reason,
    askedById: row.askedById,
    askedAt: row.askedAt,
    releasedMarkId: release.marks.find(({ answerId }) => answerId === row.answerId)?.markId ?? null,
    answered: outcome && {
      outcome: oneOf(REVIEW_OUTCOMES, outcome.outcome),
      reason: outcome.reason,
      markId: outcome.markId,
      by: outcome.answeredById,
      at: outcome.at,
    },
  };
}
