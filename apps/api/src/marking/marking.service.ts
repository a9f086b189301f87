import { Inject, Injectable } from '@nestjs/common';
import { confidenceLevel } from '@tensormark/answers';
import { formatMarks, type KeyedPart, type PartScheme } from '@tensormark/marking';
import {
  type Exam,
  MarkConflictError,
  type MarkingItem,
  type NewMark as RecordedNewMark,
  type Records,
  type Submission,
} from '@tensormark/records';
import { Candidates } from '../auth/candidates.js';
import type { Person } from '../auth/person.js';
import { KnownExams } from '../exams/known-exams.js';
import { type SeenItem, Veil } from '../exams/veil.js';
import { notFound, Problem } from '../http/problem.js';
import { OpenSubmissions } from '../submissions/open-submissions.js';
import { partStateOf } from '../submissions/part-state.js';
import { RECORDS } from '../storage/tokens.js';
import { Suggestions } from '../suggestions/suggestions.js';
import { agreedOn } from './agreed.js';
import { Basis, tagOf } from './basis.js';
import { decisionOf } from './decision.js';
import { choicesOf } from './choices.js';
import { Engine } from './engine.js';
import type {
  AnswerForMarking,
  Mark,
  MarkWithdrawal,
  NewMark,
  QueueEntry,
  QueueQuery,
} from './marking.contract.js';
import { MarkingQueueView } from './marking-queue.js';
import { MarksView } from './marks-view.js';
import { proposalIn } from './proposal.js';

interface Before {
  readonly item: SeenItem;
  readonly exam: Exam;
  readonly submission: Submission;
  readonly keyed: KeyedPart;
}

@Injectable()
export class MarkingService {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly known: KnownExams,
    private readonly open: OpenSubmissions,
    private readonly candidates: Candidates,
    private readonly engine: Engine,
    private readonly queue: MarkingQueueView,
    private readonly marks: MarksView,
    private readonly suggestions: Suggestions,
    private readonly basis: Basis,
    private readonly veil: Veil,
  ) {}

  async list(
    examName: string,
    query: QueueQuery,
    person: Person,
  ): Promise<{ entries: QueueEntry[]; total: number }> {
    return this.queue.list(await this.known.find(examName), query, person);
  }

  /** With its entity tag. */
  async answer(id: string, person: Person): Promise<{ view: AnswerForMarking; tag: string }> {
    const before = await this.before(id, person);
    return { view: await this.shown(id, before, person), tag: tagOf(before.item) };
  }

  private async shown(
    id: string,
    { item, submission, keyed, exam }: Before,
    person: Person,
  ): Promise<AnswerForMarking> {
    const [engine, history] = await Promise.all([
      this.engine.opened(),
      item.blind ? [] : this.records.marks.history(id),
    ]);
    await this.open.viewed(person, 'answer', id, 'answer');
    const { answer, proposed } = item;
    const state = partStateOf(item);
    // What a colleague said of the suggestions would tell what they think of the answer.
    const suggestions = item.blind ? [] : await this.suggestions.decisions(proposed);
    const second = item.secondMarking?.second ?? null;
    return {
      id,
      exam: exam.slug,
      submission: submission.id,
      changedSinceMarked: item.changedSinceMarked,
      candidate: this.candidates.pseudonym(exam.id, submission.studentId),
      part: {
        key: keyed.key,
        kind: keyed.part.kind,
        title: keyed.title ?? null,
        questionPrompt: keyed.questionPrompt ?? null,
        prompt: keyed.part.prompt,
        code: keyed.part.kind === 'critique' ? keyed.part.code : null,
        choices: choicesOf(keyed),
        marks: item.maximum,
        question: keyed.question,
        ...schemeView(engine.scheme(keyed)),
      },
      state,
      awaitsRun: state === 'pending' && engine.wantsRun(keyed),
      text: answer.text,
      split: {
        level: confidenceLevel(answer.confidence),
        confidence: answer.confidence,
        reasons: answer.reasons.map((says) => ({ says })),
      },
      hidden: item.hiddenProposalId !== null,
      secondMarking: secondMarkingView(item),
      second: second && this.only(await this.marks.ofSecond([second])),
      proposal: await this.suggestions.heard(proposed, exam, keyed.key, suggestions),
      proposalId: proposed?.id ?? null,
      suggestions,
      current: await this.marks.one(item.mark),
      expectedCurrent: item.basis,
      history: await this.marks.past(history),
    };
  }

  /**
   * Sets a mark on top of the one the marker was looking at; 409, or 412 by `If-Match`, with both when another stands. Where somebody else has
   * marked the answer and it wants a second mark, it is that one, beside the first.
   */
  async decide(id: string, asked: NewMark, ifMatch: string | undefined, person: Person): Promise<Mark> {
    const before = await this.before(id, person);
    const mark = await this.asRecorded(before, asked, ifMatch, person);
    const refused = (error: unknown) => this.refusal(error, asked, ifMatch, person);
    if (before.item.blind) return this.second(mark, refused);
    try {
      return this.only(await this.marks.all([await this.records.marks.set(mark)]));
    } catch (error) {
      // A colleague was faster, and it is the second mark that is wanted now: this one was given without seeing theirs.
      const overtaken = error instanceof MarkConflictError && mark.expectedCurrentMarkId === null;
      if (overtaken && (await this.veil.item(id, person)).blind) return this.second(mark, refused);
      throw await refused(error);
    }
  }

  /**
   * Takes back the mark that stands, so that the answer has none; 409 or 412 where another stands, 422 once it is released. Gives the
   * answer as it is then.
   */
  async withdraw(
    id: string,
    mark: string,
    { reason = '' }: MarkWithdrawal,
    ifMatch: string | undefined,
    person: Person,
  ): Promise<{ view: AnswerForMarking; tag: string }> {
    const { item } = await this.before(id, person);
    if (item.blind) throw notFound('mark');
    // What is refused is shown beside what stands, as where a mark is set.
    const seen = { ifMatch, expectedCurrent: mark };
    const yours = { takeBack: mark, reason };
    await this.basis.of(item, seen, yours, person);
    try {
      await this.records.marks.withdraw({ answerId: id, markId: mark, by: person.id, why: reason });
    } catch (error) {
      throw await this.basis.refusal(error, seen, yours, person);
    }
    return this.answer(id, person);
  }

  /** Of an answer that this marker may mark now; 409 or 412 where it changed, 422 for what contradicts the scheme. */
  async markOf(
    id: string,
    asked: NewMark,
    ifMatch: string | undefined,
    person: Person,
  ): Promise<RecordedNewMark> {
    return this.asRecorded(await this.before(id, person), asked, ifMatch, person);
  }

  /** What was thrown where a mark was to be set; where another stands, with both sides. */
  refusal(error: unknown, asked: NewMark, ifMatch: string | undefined, person: Person): Promise<unknown> {
    return this.basis.refusal(error, { ifMatch, expectedCurrent: asked.expectedCurrent }, asked, person);
  }

  private async second(mark: RecordedNewMark, refused: (error: unknown) => Promise<unknown>): Promise<Mark> {
    const { answerId, marks, why, breakdown, by } = mark;
    try {
      if (mark.expectedCurrentMarkId !== null) throw new MarkConflictError(answerId, null);
      const set = await this.records.secondMarks.set({
        answerId,
        marks,
        why,
        by,
        ...(breakdown === undefined ? {} : { breakdown }),
        agree: agreedOn,
      });
      return this.only(await this.marks.ofSecond([set]));
    } catch (error) {
      throw await refused(error);
    }
  }

  private only([view]: readonly Mark[]): Mark {
    if (view === undefined) throw new Error('a mark that was set is not there');
    return view;
  }

  private async asRecorded(
    { item, keyed, exam }: Before,
    asked: NewMark,
    ifMatch: string | undefined,
    person: Person,
  ): Promise<RecordedNewMark> {
    const seen = { ifMatch, expectedCurrent: asked.expectedCurrent };
    const expectedCurrentMarkId = await this.basis.of(item, seen, asked, person);
    const engine = await this.engine.opened();
    if (asked.proposal !== undefined && asked.proposal !== item.proposed?.id) throw proposalChanged(item);
    const proposal = proposalIn(item.proposed);
    const { marks, why, items } = decisionOf(asked, engine.scheme(keyed), proposal);
    return {
      answerId: item.answer.id,
      marks,
      by: person.id,
      why,
      expectedCurrentMarkId,
      proposedMarkId: item.proposed?.id ?? null,
      hiddenProposalId: item.hiddenProposalId,
      secondMarking: this.veil.secondMarking(exam, keyed.key, item.answer.id),
      ...(items === undefined ? {} : { breakdown: items.map((line) => ({ ...line })) }),
    };
  }

  /** Throws 404, and 403 where the marker must not mark this work. */
  async mayBeShown(id: string, person: Person): Promise<void> {
    await this.before(id, person);
  }

  private async before(id: string, person: Person): Promise<Before> {
    const item = await this.veil.item(id, person);
    const submission = await this.records.submissions.get(item.answer.submissionId);
    await this.records.conflicts.check(person.id, submission.studentId);
    const keyed = (await this.known.byId(submission.schemeVersionId)).part(item.answer.part);
    if (keyed === undefined) throw notFound('answer');
    return { item, submission, keyed, exam: await this.known.find(item.examId) };
  }
}

function secondMarkingView({ blind, secondMarking }: SeenItem): AnswerForMarking['secondMarking'] {
  if (blind) return 'yours';
  if (secondMarking === null) return null;
  if (secondMarking.second === null) return 'awaited';
  return secondMarking.second.moderation === null ? 'in-moderation' : 'settled';
}

function schemeView({
  lines,
  floor,
  cap,
}: PartScheme): Pick<AnswerForMarking['part'], 'rubric' | 'floor' | 'cap'> {
  return {
    floor: formatMarks(floor),
    cap: formatMarks(cap),
    rubric: lines.map(({ id, says, marks, least, most, feedback, note, adjustment }) => ({
      item: id,
      says,
      marks: formatMarks(marks),
      least: formatMarks(least),
      most: formatMarks(most),
      feedback,
      note,
      adjustment,
    })),
  };
}

function proposalChanged(item: MarkingItem): Problem {
  return new Problem(409, 'The proposal has changed since you looked. Look at the new one, then decide.', {
    name: 'proposal-conflict',
    members: { proposal: proposalIn(item.proposed), proposalId: item.proposed?.id ?? null },
  });
}
