import { type Database, isUuid } from './database.js';
import { InvalidRecordError, NotFoundError } from './errors.js';

/** A marker's word on what the machine suggests for one rubric item. */
export interface SuggestionDecision {
  readonly item: string;
  readonly scorer: string;
  readonly verdict: string;
  readonly accepted: boolean;
}

/** How often a scorer's suggestions for an item were accepted. */
export interface SuggestionAcceptance {
  readonly part: string;
  readonly item: string;
  readonly scorer: string;
  /** Answers whose suggestion somebody has decided on; the latest word counts. */
  readonly decided: number;
  readonly accepted: number;
  /** The same of those that were suggested as covered. */
  readonly coveredDecided: number;
  readonly coveredAccepted: number;
}

export interface SuggestionDecisions {
  /** Throws NotFoundError; InvalidRecordError where the proposal is not of the answer. */
  decide(
    decision: SuggestionDecision & {
      readonly answerId: string;
      readonly proposedMarkId: string;
      readonly by: string;
    },
  ): Promise<void>;
  /** The latest word on each item, of what was suggested in this proposal. */
  ofProposal(proposedMarkId: string): Promise<readonly SuggestionDecision[]>;
  /**
   * By part, item and scorer. What was decided about another scheme counts no longer: a rubric that was changed asks for
   * something else.
   */
  acceptance(examId: string, schemeHash: string): Promise<readonly SuggestionAcceptance[]>;
}

export function suggestionDecisions(db: Database): SuggestionDecisions {
  return {
    decide: async ({ answerId, proposedMarkId, by, item, scorer, verdict, accepted }) => {
      if (!isUuid(answerId)) throw new NotFoundError('answer', answerId);
      const proposal = isUuid(proposedMarkId)
        ? await db.proposedMark.findUnique({ where: { id: proposedMarkId }, select: { answerId: true } })
        : null;
      if (proposal === null) throw new NotFoundError('proposed mark', proposedMarkId);
      if (proposal.answerId !== answerId) throw new InvalidRecordError('The proposal is of another answer.');
      await db.suggestionDecision.create({
        data: { answerId, proposedMarkId, item, scorer, verdict, accepted, decidedById: by },
      });
    },
    ofProposal: async (proposedMarkId) => {
      if (!isUuid(proposedMarkId)) return [];
      return db.suggestionDecision.findMany({
        where: { proposedMarkId },
        orderBy: [{ item: 'asc' }, { seq: 'desc' }],
        distinct: ['item'],
        select: { item: true, scorer: true, verdict: true, accepted: true },
      });
    },
    acceptance: async (examId, schemeHash) => {
      if (!isUuid(examId)) throw new NotFoundError('exam', examId);
      return db.$queryRaw<SuggestionAcceptance[]>`
        WITH latest AS (
          SELECT DISTINCT ON (d.answer_id, d.item, d.scorer) a.part, d.item, d.scorer, d.verdict, d.accepted
          FROM suggestion_decisions d
          JOIN answers a ON a.id = d.answer_id
          JOIN submissions s ON s.id = a.submission_id
          JOIN proposed_marks p ON p.id = d.proposed_mark_id
          WHERE s.exam_id = ${examId}::uuid AND p.scheme_hash = ${schemeHash}
          ORDER BY d.answer_id, d.item, d.scorer, d.seq DESC
        )
        SELECT part, item, scorer,
          count(*)::int AS decided,
          (count(*) FILTER (WHERE accepted))::int AS accepted,
          (count(*) FILTER (WHERE verdict = 'likely-covered'))::int AS "coveredDecided",
          (count(*) FILTER (WHERE verdict = 'likely-covered' AND accepted))::int AS "coveredAccepted"
        FROM latest GROUP BY part, item, scorer ORDER BY part, item, scorer`;
    },
  };
}
