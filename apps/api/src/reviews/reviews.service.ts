import { Inject, Injectable } from '@nestjs/common';
import {
  type Records,
  type ReviewDecision,
  type ReviewRequest as Recorded,
  type Submission,
} from '@tensormark/records';
import { Candidates } from '../auth/candidates.js';
import type { Person } from '../auth/person.js';
import { KnownExams } from '../exams/known-exams.js';
import { Veil } from '../exams/veil.js';
import { notFound, Problem } from '../http/problem.js';
import { Basis, type Seen } from '../marking/basis.js';
import { decisionOf } from '../marking/decision.js';
import { Engine } from '../marking/engine.js';
import { RECORDS } from '../storage/tokens.js';
import { OpenSubmissions } from '../submissions/open-submissions.js';
import type {
  NewReviewRequest,
  ReviewAnswer,
  ReviewRequest,
  ReviewsQuery,
  SecondLooks,
} from './reviews.contract.js';

@Injectable()
export class ReviewsService {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly known: KnownExams,
    private readonly open: OpenSubmissions,
    private readonly candidates: Candidates,
    private readonly engine: Engine,
    private readonly veil: Veil,
    private readonly basis: Basis,
  ) {}

  async ofSubmission(id: string, person: Person): Promise<SecondLooks> {
    const submission = await this.open.find(id, person);
    const { reviewDays } = (await this.known.byId(submission.schemeVersionId)).definition;
    const until = await this.records.reviewRequests.openUntil(id, reviewDays);
    const requests = await this.records.reviewRequests.ofSubmission(id);
    const candidate = this.candidateOf(submission);
    return {
      until: until !== null && until.getTime() > Date.now() ? until.toISOString() : null,
      requests: requests.map((request) => viewOf(request, candidate)),
    };
  }

  async ask(id: string, asked: NewReviewRequest, person: Person): Promise<ReviewRequest> {
    const submission = await this.open.find(id, person);
    const version = await this.known.byId(submission.schemeVersionId);
    const part = version.part(asked.part);
    if (part === undefined) throw notFound('part');
    if (asked.item !== undefined) {
      const engine = await this.engine.opened();
      if (!engine.items(part).some((line) => line.id === asked.item))
        throw new Problem(422, `The scheme of part ${asked.part} has no item "${asked.item}".`, {
          name: 'review-refused',
        });
    }
    const request = await this.records.reviewRequests.ask({
      submissionId: id,
      part: asked.part,
      ...(asked.item === undefined ? {} : { item: asked.item }),
      reason: asked.reason,
      by: person.id,
      withinDays: version.definition.reviewDays,
    });
    return viewOf(request, this.candidateOf(submission));
  }

  async ofExam(
    name: string,
    { state, limit, offset }: ReviewsQuery,
    person: Person,
  ): Promise<{ requests: ReviewRequest[]; total: number }> {
    const exam = await this.known.find(name);
    const { requests, total } = await this.records.reviewRequests.ofExam({
      examId: exam.id,
      marker: person.id,
      limit,
      offset,
      ...(state === 'all' ? {} : { answered: state === 'answered' }),
    });
    return {
      // The student who asks is the one whose submission it is.
      requests: requests.map((request) =>
        viewOf(request, this.candidates.pseudonym(exam.id, request.askedById)),
      ),
      total,
    };
  }

  async answer(
    id: string,
    given: ReviewAnswer,
    ifMatch: string | undefined,
    person: Person,
  ): Promise<ReviewRequest> {
    const expectedCurrent = given.outcome === 'changed' ? given.expectedCurrent : null;
    const seen = { ifMatch, expectedCurrent };
    const decision = await this.decisionOn(id, given, seen, person);
    try {
      const request = await this.records.reviewRequests.answer({ requestId: id, by: person.id, decision });
      const submission = await this.records.submissions.get(request.submissionId);
      return viewOf(request, this.candidateOf(submission));
    } catch (error) {
      throw await this.basis.refusal(error, seen, given, person);
    }
  }

  /** Who keeps a mark need not say which. */
  private async decisionOn(
    id: string,
    given: ReviewAnswer,
    seen: Seen,
    person: Person,
  ): Promise<ReviewDecision> {
    if (given.outcome === 'kept') return given;
    const { answerId } = await this.records.reviewRequests.get(id);
    const { outcome, reason } = given;
    const item = await this.veil.item(answerId, person);
    const expectedCurrentMarkId = await this.basis.of(item, seen, given, person);
    const { schemeVersionId } = await this.records.submissions.get(item.answer.submissionId);
    const keyed = (await this.known.byId(schemeVersionId)).part(item.answer.part);
    if (keyed === undefined) throw notFound('part');
    const { marks: written, items: itemised } = given;
    const { marks, items } = decisionOf(
      {
        action: 'change',
        reason,
        ...(written === undefined ? {} : { marks: written }),
        ...(itemised === undefined ? {} : { items: itemised }),
      },
      (await this.engine.opened()).scheme(keyed),
      null,
    );
    return {
      outcome,
      reason,
      marks,
      expectedCurrentMarkId,
      ...(items === undefined ? {} : { breakdown: items.map((line) => ({ ...line })) }),
    };
  }

  private candidateOf({ examId, studentId }: Submission): string {
    return this.candidates.pseudonym(examId, studentId);
  }
}

function viewOf(request: Recorded, candidate: string): ReviewRequest {
  const { id, submissionId, answerId, part, item, reason, askedAt, answered } = request;
  return {
    id,
    submission: submissionId,
    answer: answerId,
    candidate,
    part,
    item,
    reason,
    askedAt: askedAt.toISOString(),
    answered: answered && {
      outcome: answered.outcome,
      reason: answered.reason,
      at: answered.at.toISOString(),
    },
  };
}
