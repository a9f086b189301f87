import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { alikeTexts } from '@tensormark/essays';
import { givenIn, groupKey } from '@tensormark/marking';
import {
  ConflictOfInterestError,
  type Exam,
  InvalidRecordError,
  type MarkingItem,
  type Records,
} from '@tensormark/records';
import { Candidates } from '../auth/candidates.js';
import type { Person } from '../auth/person.js';
import { KnownExams } from '../exams/known-exams.js';
import { Veil } from '../exams/veil.js';
import { Problem } from '../http/problem.js';
import { Desks } from '../marking/desks.js';
import { MarkingService } from '../marking/marking.service.js';
import { proposalIn } from '../marking/proposal.js';
import { compare } from '../shared-passages/compare.js';
import { OpenSubmissions } from '../submissions/open-submissions.js';
import { RECORDS } from '../storage/tokens.js';
import type {
  AnswerGroup,
  GroupDecision,
  GroupMarked,
  GroupWithdrawal,
  GroupWithdrawn,
} from './answer-groups.contract.js';

/** How many answers to a part are put into groups at once; the rest follows when these are marked. */
const MOST_ANSWERS = 500;
const MOST_PAIRS = 5000;

/** Answers that are alike, decided on together: one decision of a person, and a mark for each answer. */
@Injectable()
export class AnswerGroups {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly known: KnownExams,
    private readonly candidates: Candidates,
    private readonly desks: Desks,
    private readonly marking: MarkingService,
    private readonly veil: Veil,
    private readonly open: OpenSubmissions,
  ) {}

  /** The largest first; answers that are like no other are not among them. */
  async list(name: string, part: string, person: Person): Promise<AnswerGroup[]> {
    const exam = await this.known.find(name);
    const alike = await this.groupsOf(exam, part, person);
    const held = await this.desks.others(
      alike.flatMap(([, members]) => members.map(({ answer }) => answer.id)),
      person,
    );
    const groups = alike.flatMap(([key, members]) => this.view(exam, key, members, held) ?? []);
    const shown = groups.flatMap(({ answers }) => answers.map(({ answer }) => answer));
    await this.open.viewedAll(person, 'answer', shown, 'answer-groups');
    return groups.toSorted(
      (one, other) => other.answers.length - one.answers.length || one.key.localeCompare(other.key),
    );
  }

  /** Each answer is marked by itself; one that was changed or marked meanwhile is passed over, and said to be. */
  async decide(name: string, decision: GroupDecision, person: Person): Promise<GroupMarked> {
    const exam = await this.known.find(name);
    const { key, part, answers, action, marks, items, reason } = decision;
    const group = (await this.groupsOf(exam, part, person)).find(([own]) => own === key)?.[1] ?? [];
    const members = new Set(group.map((item) => item.answer.id));
    const marked: GroupMarked['marked'] = [];
    const passed: GroupMarked['passed'] = [];
    for (const { answer, proposal, mark: before } of answers) {
      const item = await this.veil.item(answer, person);
      const isOfGroup = members.has(answer) || keyOf(item) === key;
      if (item.examId !== exam.id || item.answer.part !== part || !isOfGroup) {
        passed.push({ answer, why: 'It is not, or no longer, like the others.' });
        continue;
      }
      try {
        const { id } = await this.marking.decide(
          answer,
          {
            action,
            expectedCurrent: before ?? null,
            proposal,
            ...(marks === undefined ? {} : { marks }),
            ...(items === undefined ? {} : { items }),
            ...(reason === undefined ? {} : { reason }),
          },
          undefined,
          person,
        );
        marked.push({ answer, mark: id });
      } catch (error) {
        // What is wrong with the decision is wrong for all; what happened to one answer concerns it alone.
        const aboutThisOne =
          error instanceof ConflictOfInterestError || (error instanceof Problem && error.status === 409);
        if (!aboutThisOne) throw error;
        passed.push({ answer, why: error.message });
      }
    }
    if (marked.length > 0)
      await this.records.audit.record({
        actorId: person.id,
        action: 'group-marked',
        objectType: 'exam',
        objectId: exam.id,
        details: { key, part, action, answers: marked.map(({ answer }) => answer) },
      });
    return { marked, passed };
  }

  /** Each mark is taken back by itself; an answer that somebody has decided on since keeps its mark, and is said to. */
  async withdraw(
    name: string,
    { part, answers, reason }: GroupWithdrawal,
    person: Person,
  ): Promise<GroupWithdrawn> {
    const exam = await this.known.find(name);
    const withdrawn: GroupWithdrawn['withdrawn'] = [];
    const passed: GroupWithdrawn['passed'] = [];
    for (const { answer, mark } of answers) {
      const item = await this.veil.item(answer, person);
      if (item.examId !== exam.id || item.answer.part !== part) {
        passed.push({ answer, why: 'It is no answer to this part.' });
        continue;
      }
      try {
        await this.marking.withdraw(answer, mark, reason === undefined ? {} : { reason }, undefined, person);
        withdrawn.push(answer);
      } catch (error) {
        // Each has a student and a mark of its own: what stands in the way of one concerns it alone.
        const aboutThisOne =
          error instanceof ConflictOfInterestError ||
          error instanceof InvalidRecordError ||
          (error instanceof Problem && error.status < 500);
        if (!aboutThisOne) throw error;
        passed.push({ answer, why: error.message });
      }
    }
    if (withdrawn.length > 0)
      await this.records.audit.record({
        actorId: person.id,
        action: 'group-withdrawn',
        objectType: 'exam',
        objectId: exam.id,
        details: { part, answers: withdrawn },
      });
    return { withdrawn, passed };
  }

  /** Groups of two and more: by what their evidence tells, and of the essays left over those that say nearly the same. */
  private async groupsOf(
    exam: Exam,
    part: string,
    person: Person,
  ): Promise<readonly (readonly [key: string, members: readonly MarkingItem[]])[]> {
    const { items } = await this.records.markingQueue.list({
      examId: exam.id,
      part,
      marker: person.id,
      hidden: this.veil.hidden(exam),
      limit: MOST_ANSWERS,
    });
    const groups = new Map<string, MarkingItem[]>();
    for (const item of items) {
      const key = keyOf(item);
      if (key !== null) groups.set(key, [...(groups.get(key) ?? []), item]);
    }
    const alike = [...groups].filter(([, members]) => members.length > 1);
    const single = [...groups.values()].flatMap((members) => (members.length === 1 ? members : []));
    return [...alike, ...(await this.nearlyTheSame(exam, part, single))];
  }

  /** Of essays; the first of a group names it. */
  private async nearlyTheSame(exam: Exam, part: string, items: readonly MarkingItem[]) {
    const keyed = this.known.read(exam.current).part(part);
    const essays = items.filter(({ partKind, answer }) => partKind === 'essay' && answer.text.trim() !== '');
    if (keyed === undefined || essays.length < 2) return [];
    const texts = essays.map(({ answer }) => ({ id: answer.id, text: answer.text }));
    const { pairs } = await compare({ texts, given: givenIn(keyed), most: MOST_PAIRS });
    return alikeTexts(texts, pairs).map((ids): [string, MarkingItem[]] => [
      short(JSON.stringify([part, 'alike', ids[0]])),
      essays.filter(({ answer }) => ids.includes(answer.id)),
    ]);
  }

  private view(
    exam: Exam,
    key: string,
    members: readonly MarkingItem[],
    held: ReadonlyMap<string, string>,
  ): AnswerGroup | null {
    const [first] = members;
    const proposal = first === undefined ? null : proposalIn(first.proposed);
    if (first === undefined || proposal === null) return null;
    const answers: AnswerGroup['answers'] = [];
    for (const { answer, studentId, proposed, mark, basis } of members) {
      if (proposed === null) continue;
      answers.push({
        answer: answer.id,
        candidate: this.candidates.pseudonym(exam.id, studentId),
        text: answer.text,
        proposal: proposed.id,
        // A mark that stands is not what a group decides on top of: one gave it to another text of the answer.
        mark: mark === null ? basis : null,
        heldBy: held.get(answer.id) ?? null,
      });
    }
    return {
      key,
      part: first.answer.part,
      outcome: proposal.outcome,
      proposed: proposal.marks,
      available: first.maximum,
      says: proposal.summary,
      evidence: [...proposal.items.flatMap(({ evidence }) => evidence), ...proposal.evidence],
      answers,
    };
  }
}

/** The key as it goes out: short, and telling nothing. Null for what was marked, or is like nothing. */
function keyOf({ proposed, answer }: MarkingItem): string | null {
  const proposal = proposalIn(proposed);
  const key = proposal === null ? null : groupKey(proposal, answer.text);
  return key === null ? null : short(key);
}

function short(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}
