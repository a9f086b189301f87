import { Inject, Injectable } from '@nestjs/common';
import { isSilenced } from '@tensormark/essays';
import type { Evidence, ProposedMark } from '@tensormark/marking';
import type { Exam, ProposedMark as RecordedProposal, Records } from '@tensormark/records';
import type { Person } from '../auth/person.js';
import { KnownExams } from '../exams/known-exams.js';
import { Veil } from '../exams/veil.js';
import { notFound, Problem } from '../http/problem.js';
import { proposalIn } from '../marking/proposal.js';
import { RECORDS } from '../storage/tokens.js';
import type { ItemAcceptance, NewSuggestionDecision, SuggestionDecision } from './suggestions.contract.js';

type Suggestion = Extract<Evidence, { kind: 'suggestion' }>;

/** What is suggested for the items of essays, and what markers make of it. Nothing here touches a mark. */
@Injectable()
export class Suggestions {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly known: KnownExams,
    private readonly veil: Veil,
  ) {}

  /** The latest word on each item of a proposal. */
  async decisions(proposed: RecordedProposal | null): Promise<SuggestionDecision[]> {
    if (proposed === null) return [];
    const found = await this.records.suggestionDecisions.ofProposal(proposed.id);
    return found.map(({ item, accepted }) => ({ item, accepted }));
  }

  /** A proposal without what has been rejected too often to be shown; what a marker has decided on already stays. */
  async heard(
    proposed: RecordedProposal | null,
    exam: Exam,
    part: string,
    decided: readonly SuggestionDecision[],
  ): Promise<ProposedMark | null> {
    const proposal = proposalIn(proposed);
    if (proposed === null || proposal === null || !proposal.items.some((item) => suggestionIn(item.evidence)))
      return proposal;
    const silent = new Set(
      (await this.records.suggestionDecisions.acceptance(exam.id, proposed.schemeHash))
        .filter((each) => each.part === part && isSilenced(each))
        .map(({ item, scorer }) => `${scorer} ${item}`),
    );
    if (silent.size === 0) return proposal;
    return {
      ...proposal,
      items: proposal.items.map((item) => {
        const suggestion = suggestionIn(item.evidence);
        if (suggestion === undefined || !silent.has(`${suggestion.scorer} ${item.item}`)) return item;
        if (decided.some((each) => each.item === item.item)) return item;
        return {
          ...item,
          reason: 'Suggestions for this item were rejected too often, so none is shown.',
          evidence: item.evidence.filter((each) => each !== suggestion),
        };
      }),
    };
  }

  /** Throws 404; 409 where the proposal has changed; 422 where it suggests nothing for the item. */
  async decide(answerId: string, asked: NewSuggestionDecision, person: Person): Promise<SuggestionDecision> {
    const { proposed, studentId } = await this.veil.item(answerId, person);
    await this.records.conflicts.check(person.id, studentId);
    if (proposed === null || proposed.id !== asked.proposal) {
      throw new Problem(409, 'The proposal has changed since you looked. Look at the new one, then decide.', {
        name: 'proposal-conflict',
      });
    }
    const item = proposalIn(proposed)?.items.find((each) => each.item === asked.item);
    const suggestion = suggestionIn(item?.evidence ?? []);
    if (suggestion === undefined)
      throw new Problem(422, `Nothing is suggested for "${asked.item}".`, { name: 'no-suggestion' });
    await this.records.suggestionDecisions.decide({
      answerId,
      proposedMarkId: proposed.id,
      item: asked.item,
      scorer: suggestion.scorer,
      verdict: suggestion.verdict,
      accepted: asked.accepted,
      by: person.id,
    });
    return { item: asked.item, accepted: asked.accepted };
  }

  /** For the scheme that is in force: a changed rubric begins anew. */
  async acceptance(name: string): Promise<ItemAcceptance[]> {
    const { id, current } = await this.known.find(name);
    const { part } = this.known.read(current);
    const counted = await this.records.suggestionDecisions.acceptance(id, current.schemeHash);
    return counted.flatMap((each): ItemAcceptance[] => {
      const keyed = part(each.part);
      if (keyed === undefined) throw notFound('part');
      const says =
        keyed.part.kind === 'essay'
          ? keyed.part.rubric.find(({ id: own }) => own === each.item)?.says
          : undefined;
      return says === undefined ? [] : [{ ...each, says, silent: isSilenced(each) }];
    });
  }
}

function suggestionIn(evidence: readonly Evidence[]): Suggestion | undefined {
  return evidence.find((each): each is Suggestion => each.kind === 'suggestion');
}
