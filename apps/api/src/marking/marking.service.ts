import { Inject, Injectable } from '@nestjs/common';
import { confidenceLevel } from '@tensormark/answers';
import { formatMarks, type KeyedPart, type PartScheme } from '@tensormark/marking';
import {
  MarkConflictError,
  type MarkingItem,
  type NewMark as RecordedNewMark,
  type Records,
  type Submission,
} from '@tensormark/records';
import { Candidates } from '../auth/candidates.js';
import type { Person } from '../auth/person.js';
import { KnownExams } from '../exams/known-exams.js';
import { Veil } from '../exams/veil.js';
import { notFound, Problem } from '../http/problem.js';
import { OpenSubmissions } from '../submissions/open-submissions.js';
import { partStateOf } from '../submissions/part-state.js';
import { RECORDS } from '../storage/tokens.js';
import { Suggestions } from '../suggestions/suggestions.js';
import { decisionOf } from './decision.js';
import { Engine } from './engine.js';
import type { AnswerForMarking, Mark, NewMark, QueueEntry, QueueQuery } from './marking.contract.js';
import { MarkingQueueView } from './marking-queue.js';
import { MarksView } from './marks-view.js';
import { proposalIn } from './proposal.js';

interface Before {
  readonly item: MarkingItem;
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
    private readonly veil: Veil,
  ) {}

  async list(
    examName: string,
    query: QueueQuery,
    person: Person,
  ): Promise<{ entries: QueueEntry[]; total: number }> {
    return this.queue.list(await this.known.find(examName), query, person);
  }

  async answer(id: string, person: Person): Promise<AnswerForMarking> {
    const { item, submission, keyed } = await this.before(id, person);
    const [exam, engine, history] = await Promise.all([
      this.known.find(item.examId),
      this.engine.opened(),
      this.records.marks.history(id),
    ]);
    await this.open.viewed(person, 'answer', id, 'answer');
    const { answer, proposed } = item;
    const state = partStateOf(item);
    const suggestions = await this.suggestions.decisions(proposed);
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
      proposal: await this.suggestions.heard(proposed, exam, keyed.key, suggestions),
      proposalId: proposed?.id ?? null,
      suggestions,
      current: await this.marks.one(item.mark),
      history: await this.marks.all(history),
    };
  }

  /** Sets a mark on top of the one the marker was looking at; 409 with both when another stands. */
  async decide(id: string, asked: NewMark, person: Person): Promise<Mark> {
    const mark = await this.asRecorded(id, asked, person);
    try {
      const [view] = await this.marks.all([await this.records.marks.set(mark)]);
      if (view === undefined) throw new Error('a mark that was set is not there');
      return view;
    } catch (error) {
      throw await this.bothSides(error, asked);
    }
  }

  /** What a marker's request is to the records. Throws 409 where the proposal changed, 422 for what contradicts the scheme. */
  async asRecorded(id: string, asked: NewMark, person: Person): Promise<RecordedNewMark> {
    const { item, keyed } = await this.before(id, person);
    const engine = await this.engine.opened();
    if (asked.proposal !== undefined && asked.proposal !== item.proposed?.id) throw proposalChanged(item);
    const proposal = proposalIn(item.proposed);
    const { marks, why, items } = decisionOf(asked, engine.scheme(keyed), proposal);
    return {
      answerId: id,
      marks,
      by: person.id,
      why,
      expectedCurrentMarkId: asked.expectedCurrent,
      proposedMarkId: item.proposed?.id ?? null,
      hiddenProposalId: item.hiddenProposalId,
      ...(items === undefined ? {} : { breakdown: items.map((line) => ({ ...line })) }),
    };
  }

  /** What was thrown where a mark was to be set; where another stands, with the mark that stands and the one that was refused. */
  async bothSides(error: unknown, asked: NewMark): Promise<unknown> {
    if (!(error instanceof MarkConflictError)) return error;
    return new Problem(409, error.message, {
      name: error.code,
      title: 'Someone else was faster',
      members: { current: await this.marks.one(error.current), yours: asked },
    });
  }

  /** Throws 404, and 403 where the marker must not mark this work. */
  async mayBeShown(id: string, person: Person): Promise<void> {
    await this.before(id, person);
  }

  private async before(id: string, person: Person): Promise<Before> {
    const item = await this.veil.item(id);
    const submission = await this.records.submissions.get(item.answer.submissionId);
    await this.records.conflicts.check(person.id, submission.studentId);
    const keyed = (await this.known.byId(submission.schemeVersionId)).part(item.answer.part);
    if (keyed === undefined) throw notFound('answer');
    return { item, submission, keyed };
  }
}

function schemeView({
  lines,
  floor,
  cap,
}: PartScheme): Pick<AnswerForMarking['part'], 'rubric' | 'floor' | 'cap'> {
  return {
    floor: formatMarks(floor),
    cap: formatMarks(cap),
    rubric: lines.map(({ id, says, marks, least, most, feedback, adjustment }) => ({
      item: id,
      says,
      marks: formatMarks(marks),
      least: formatMarks(least),
      most: formatMarks(most),
      feedback,
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
