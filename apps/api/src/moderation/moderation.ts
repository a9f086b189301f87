import { Inject, Injectable } from '@nestjs/common';
import type { MarkingItem, NewModeration as Recorded, Records } from '@tensormark/records';
import { Candidates } from '../auth/candidates.js';
import type { Person } from '../auth/person.js';
import { KnownExams } from '../exams/known-exams.js';
import { Veil } from '../exams/veil.js';
import { notFound } from '../http/problem.js';
import { Basis } from '../marking/basis.js';
import { decisionOf } from '../marking/decision.js';
import { Engine } from '../marking/engine.js';
import { MarksView } from '../marking/marks-view.js';
import { Names } from '../marking/names.js';
import { RECORDS } from '../storage/tokens.js';
import { OpenSubmissions } from '../submissions/open-submissions.js';
import type { ModerationCase, ModerationQuery, NewModeration } from './moderation.contract.js';

/** Of what has been decided, as many are shown; all of it is in the trail. */
const MOST_DECIDED = 100;

/** Two marks of one answer that are too far apart, and who decides between them. */
@Injectable()
export class Moderation {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly known: KnownExams,
    private readonly candidates: Candidates,
    private readonly engine: Engine,
    private readonly marks: MarksView,
    private readonly names: Names,
    private readonly veil: Veil,
    private readonly basis: Basis,
    private readonly open: OpenSubmissions,
  ) {}

  async list(name: string, { state }: ModerationQuery, person: Person): Promise<ModerationCase[]> {
    const exam = await this.known.find(name);
    const answers =
      state === 'open'
        ? await this.records.secondMarks.inModeration(exam.id, person.id)
        : await this.records.secondMarks.moderated(exam.id, person.id, MOST_DECIDED);
    const cases: ModerationCase[] = [];
    for (const id of answers) {
      const found = await this.caseOf(id, person);
      if (found !== null && (found.decided === null) === (state === 'open')) cases.push(found);
    }
    const shown = cases.map(({ answer }) => answer);
    await this.open.viewedAll(person, 'answer', shown, 'moderation');
    return cases;
  }

  /** Throws 404, 409 or 412 where another mark stands, 422 where it is decided already, one's own, or contradicts the scheme. */
  async decide(
    answerId: string,
    asked: NewModeration,
    ifMatch: string | undefined,
    person: Person,
  ): Promise<ModerationCase> {
    const item = await this.veil.item(answerId, person);
    if (item.secondMarking?.second?.id !== asked.second) throw notFound('second mark');
    const seen = { ifMatch, expectedCurrent: asked.expectedCurrent };
    const expectedCurrentMarkId = await this.basis.of(item, seen, asked, person);
    try {
      await this.records.secondMarks.moderate({
        secondMarkId: asked.second,
        by: person.id,
        why: asked.reason,
        expectedCurrentMarkId,
        decision: await this.decisionOn(item, asked),
      });
    } catch (error) {
      throw await this.basis.refusal(error, seen, asked, person);
    }
    const decided = await this.caseOf(answerId, person);
    if (decided === null) throw new Error('what was decided is not there');
    await this.open.viewed(person, 'answer', answerId, 'moderation');
    return decided;
  }

  private async decisionOn({ answer }: MarkingItem, asked: NewModeration): Promise<Recorded['decision']> {
    if (asked.outcome !== 'other') return { outcome: asked.outcome };
    const submission = await this.records.submissions.get(answer.submissionId);
    const keyed = (await this.known.byId(submission.schemeVersionId)).part(answer.part);
    if (keyed === undefined) throw notFound('answer');
    const engine = await this.engine.opened();
    const { marks, items } = decisionOf(
      {
        action: 'change',
        ...(asked.marks === undefined ? {} : { marks: asked.marks }),
        ...(asked.items === undefined ? {} : { items: asked.items }),
      },
      engine.scheme(keyed),
      null,
    );
    return {
      outcome: 'other',
      marks,
      feedback: asked.feedback,
      ...(items === undefined ? {} : { breakdown: items.map((line) => ({ ...line })) }),
    };
  }

  private async caseOf(answerId: string, person: Person): Promise<ModerationCase | null> {
    const { answer, mark, secondMarking, examId, studentId, maximum, partTitle } =
      await this.records.markingQueue.item(answerId);
    const second = secondMarking?.second ?? null;
    if (secondMarking === null || second === null || mark === null) return null;
    const { moderation } = second;
    const history = await this.records.marks.history(answerId);
    const first = history.find(({ id }) => id === second.firstMarkId) ?? mark;
    const came = history.find(({ id }) => id === moderation?.markId);
    const [firstView] = await this.marks.all([moderation === null ? mark : first]);
    const [secondView] = await this.marks.ofSecond([second]);
    if (firstView === undefined || secondView === undefined) return null;
    const names = await this.names.of(moderation === null ? [] : [moderation.byId]);
    return {
      answer: answerId,
      candidate: this.candidates.pseudonym(examId, studentId),
      part: answer.part,
      title: partTitle,
      available: maximum,
      tolerance: secondMarking.order.tolerance,
      text: answer.text,
      first: firstView,
      second: secondView,
      current: mark.id,
      mayDecide:
        moderation === null &&
        (await this.records.secondMarks.mayModerate(answerId, secondMarking.markers, person.id)),
      yours: secondMarking.markers.has(person.id),
      decided: moderation && {
        outcome: moderation.outcome,
        marks: came?.marks ?? mark.marks,
        reason: moderation.why,
        feedback: moderation.outcome === 'other' ? (came?.why ?? '') : null,
        by: names.get(moderation.byId) ?? '',
        at: moderation.at.toISOString(),
      },
    };
  }
}
