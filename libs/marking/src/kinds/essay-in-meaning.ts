import {
  nearestInMeaning,
  type EmbeddingModel,
  type MeaningBudget,
  type ModelIdentity,
} from '@tensormark/essays';
import { essayQuestionOf } from '../asked.js';
import type { KeyedPart } from '../exam/parts.js';
import type { Evidence, ItemProposal, ProposedMark } from '../proposal.js';
import { summaryOf } from './essay.js';

type Suggested = Extract<Evidence, { kind: 'suggestion' }>;

/**
 * An essay's proposal with a place to look at for items for which no words were found, where a model finds a sentence that is near in
 * meaning. Such a place is always `unclear`, has no confidence and counts as a scorer of its own, so that what people make of it is
 * counted apart. Other proposals stay as they are.
 */
export async function withPlacesInMeaning(
  keyed: KeyedPart,
  answer: string,
  proposal: ProposedMark,
  model: EmbeddingModel,
  budget: MeaningBudget,
): Promise<ProposedMark> {
  const question = essayQuestionOf(keyed);
  const open = new Set(
    proposal.items.flatMap((item) =>
      suggestionIn(item)?.verdict === 'no-evidence-found' ? [item.item] : [],
    ),
  );
  if (question === undefined || open.size === 0) return proposal;
  const points = question.points.filter(({ id }) => open.has(id));
  const places = await nearestInMeaning(question.asked, points, answer, model, budget);
  if (places.length === 0) return proposal;
  const items = proposal.items.map((item): ItemProposal => {
    const place = places.find((each) => each.item === item.item);
    if (place === undefined || !open.has(item.item)) return item;
    return {
      ...item,
      reason: 'A sentence is near to this in meaning; whether it says it is for a person.',
      evidence: item.evidence.map((each) =>
        each.kind === 'suggestion'
          ? foundInMeaning(item.item, { start: place.span.start, end: place.span.end }, model.identity)
          : each,
      ),
    };
  });
  return {
    ...proposal,
    summary: summaryOf(items.flatMap((item) => suggestionIn(item)?.verdict ?? [])),
    items,
  };
}

function suggestionIn({ evidence }: ItemProposal): Suggested | undefined {
  return evidence.find((each): each is Suggested => each.kind === 'suggestion');
}

function foundInMeaning(
  item: string,
  span: { start: number; end: number },
  { name, sha256, runtime }: ModelIdentity,
): Suggested {
  return {
    kind: 'suggestion',
    item,
    verdict: 'unclear',
    span,
    scorer: `meaning-1:${sha256.slice(0, 16)}`,
    says: `Of all sentences this one is nearest to the item in meaning, in other words. Found by ${name} (SHA-256 ${sha256}, ${runtime}).`,
  };
}
