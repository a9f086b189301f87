import { readAnswer } from '../answer.js';
import { Question } from '../judge/copied.js';
import type { RubricPoint } from '../question.js';
import type { Span } from '../text/span.js';
import type { EmbeddingModel } from './embedding-model.js';

/** Where an answer comes nearest to an item in meaning. A place to look at, and no more. */
export interface PlaceInMeaning {
  readonly item: string;
  readonly span: Span;
  /** The cosine of both vectors; compared with nothing, so it is no confidence. */
  readonly similarity: number;
}

export interface MeaningBudget {
  readonly mostSentences: number;
  /** Asked before each text: whether time is up. */
  readonly isSpent: () => boolean;
}

/** Sentences further apart are about other things more often than not. */
const NEAR = 0.5;

/**
 * For each item, the sentence that is nearest to it or to one of its wordings, where any is near. Sentences that could not cover
 * anything (copied, in no order, in doubt) are passed over. Gives what was found when time is up.
 */
export async function nearestInMeaning(
  asked: string,
  points: readonly RubricPoint[],
  text: string,
  model: EmbeddingModel,
  { mostSentences, isSpent }: MeaningBudget,
): Promise<readonly PlaceInMeaning[]> {
  const sentences = readAnswer(text, new Question(asked))
    .sentences.filter(({ barriers, stance }) => barriers.size === 0 && stance === 'asserted')
    .slice(0, mostSentences);
  const read: { readonly span: Span; readonly vector: Float32Array }[] = [];
  for (const { sentence } of sentences) {
    if (isSpent()) break;
    const { start, end, prose } = sentence;
    read.push({ span: { start, end }, vector: await model.embed(prose.trim()) });
  }
  const found: PlaceInMeaning[] = [];
  for (const { id, says, wordings = [] } of points) {
    let best: PlaceInMeaning | undefined;
    for (const wording of [says, ...wordings]) {
      if (isSpent()) return found;
      const wanted = await model.embed(wording);
      for (const { span, vector } of read) {
        const similarity = cosine(wanted, vector);
        if (similarity >= NEAR && similarity > (best?.similarity ?? 0)) best = { item: id, span, similarity };
      }
    }
    if (best !== undefined) found.push(best);
  }
  return found;
}

/** Of two vectors of length 1. Throws where they are of different models. */
function cosine(one: Float32Array, other: Float32Array): number {
  if (one.length !== other.length)
    throw new Error(`vectors of ${one.length} and ${other.length} numbers cannot be compared`);
  return one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
}
