import { Inject, Injectable } from '@nestjs/common';
import type { Exam, Records } from '@tensormark/records';
import { Candidates } from '../auth/candidates.js';
import type { Person } from '../auth/person.js';
import { seenBy, type SeenItem, Veil } from '../exams/veil.js';
import { PartKind } from '../exams/exams.contract.js';
import { partStateOf, stateBeforeSplitting } from '../submissions/part-state.js';
import { RECORDS } from '../storage/tokens.js';
import { Desks } from './desks.js';
import type { QueueEntry, QueueQuery } from './marking.contract.js';

/** What there is to mark, most doubtful first, and what has been marked. */
@Injectable()
export class MarkingQueueView {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly candidates: Candidates,
    private readonly desks: Desks,
    private readonly veil: Veil,
  ) {}

  async list(
    exam: Exam,
    query: QueueQuery,
    person: Person,
  ): Promise<{ entries: QueueEntry[]; total: number }> {
    const only = await this.called(exam, query.candidate);
    const { items, total } = await this.items(exam, query, person, only);
    const desks = await this.desks.others(
      items.map(({ answer }) => answer.id),
      person,
    );
    const hidden = this.veil.hidden(exam);
    const entries = items.map((item) => ({
      ...entryOf(seenBy(item, hidden, person), this.candidates.pseudonym(exam.id, item.studentId)),
      heldBy: desks.get(item.answer.id) ?? null,
    }));
    return { entries, total };
  }

  /** The students whose pseudonym has this in it; null for everybody. */
  private async called(exam: Exam, candidate: string | undefined): Promise<ReadonlySet<string> | null> {
    if (candidate === undefined) return null;
    const wanted = candidate.toUpperCase();
    const students = await this.records.markingQueue.students(exam.id);
    return new Set(students.filter((id) => this.candidates.pseudonym(exam.id, id).includes(wanted)));
  }

  private items(
    exam: Exam,
    { state, part, limit, offset }: QueueQuery,
    person: Person,
    only: ReadonlySet<string> | null,
  ) {
    const { order, seed = exam.slug } = this.veil.policy(exam);
    return this.records.markingQueue.list({
      examId: exam.id,
      state,
      marker: person.id,
      hidden: this.veil.hidden(exam),
      ...(order === 'shuffled' ? { shuffledBy: `${seed} ${person.id}` } : {}),
      limit,
      offset,
      ...(part === undefined ? {} : { part }),
      ...(only === null ? {} : { students: [...only] }),
    });
  }
}

function entryOf(item: SeenItem, candidate: string): Omit<QueueEntry, 'heldBy'> {
  const { answer, proposed, partKind, maximum } = item;
  const hidden = item.hiddenProposalId !== null;
  const state = partStateOf(item);
  return {
    answer: answer.id,
    candidate,
    part: answer.part,
    kind: PartKind.parse(partKind),
    outcome: hidden ? 'needs-person' : (proposed?.outcome ?? stateBeforeSplitting(item.submissionState)),
    hidden,
    second: item.blind,
    doubt: proposed?.doubt ?? 1,
    proposed: proposed?.marks ?? null,
    marks: state === 'marked' ? (item.mark?.marks ?? null) : null,
    available: maximum,
    state,
  };
}
