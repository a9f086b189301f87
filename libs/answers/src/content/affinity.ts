import type { Outline } from '../outline.js';
import { topicWords } from './words.js';

/** How far a text is about what each part asks, by the words they share. */
export interface Affinity {
  /** Whether the outline says enough to tell parts apart. */
  readonly informed: boolean;
  /** 0 to 1 for each part, in the order of the outline: the weight of the prompt's words that the text uses. */
  of(text: string): readonly number[];
}

/** Rare words weigh more: one that stands in every prompt tells nothing. Weights as in inverse document frequency. */
export function promptAffinity(outline: Outline): Affinity {
  const prompts = outline.questions.flatMap((question) => {
    const common = `${question.title ?? ''} ${question.prompt ?? ''}`;
    return question.parts.length === 0 ? [common] : question.parts.map((part) => part.prompt ?? '');
  });
  const stems = new Map<string, string>();
  const topics = prompts.map((prompt) => topicWords(prompt, stems));
  const frequency = new Map<string, number>();
  for (const topic of topics) for (const word of topic) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const weight = (word: string): number => Math.log((1 + topics.length) / (frequency.get(word) ?? 1));
  const holders = new Map<string, readonly number[]>();
  for (const word of frequency.keys()) {
    holders.set(
      word,
      topics.flatMap((topic, leaf) => (topic.has(word) ? [leaf] : [])),
    );
  }
  const totals = topics.map((topic) => [...topic].reduce((total, word) => total + weight(word), 0));
  return {
    informed: topics.filter((topic) => topic.size >= 3).length >= 2,
    of: (text) => {
      const shared = totals.map(() => 0);
      for (const word of topicWords(text, stems)) {
        for (const leaf of holders.get(word) ?? []) shared[leaf] = (shared[leaf] ?? 0) + weight(word);
      }
      return shared.map((sum, leaf) => sum / Math.max(3, totals[leaf] ?? 0));
    },
  };
}
