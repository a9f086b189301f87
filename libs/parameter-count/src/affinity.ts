import type { AskedQuantity } from './asked.js';
import type { Candidate } from './candidates.js';

const ORDINALS = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
];
const TOTAL = new Set([
  'total',
  'overall',
  'altogether',
  'whole',
  'entire',
  'sum',
  'network',
  'all',
  'together',
]);
const STOP = new Set(
  'the a an of in for to and or is are per number how many count parameters parameter params weights weight learnable trainable we have has this that with block blocks layer layers'.split(
    ' ',
  ),
);
/** Words for a piece of what is asked; such a number is a step on the way. */
const STEP = /\b(?:per|each|every|one|single|sub|bias(?:es)?)\b/i;

/**
 * How strongly the words around a number say that it is what was asked: the nearest words count most. 0 means that they
 * say nothing; below 0, that they speak of something else.
 */
export function affinity(
  asked: AskedQuantity,
  candidate: Candidate,
  others: readonly AskedQuantity[],
): number {
  const wanted = keywords(asked);
  const foreign = others.filter((other) => other.id !== asked.id).map(keywords);
  let score = 0;
  let weight = 4;
  for (const words of candidate.words) {
    const found = tokens(words);
    const hits = found.filter((token) => wanted.has(token)).length;
    const misses = found.filter(
      (token) => !wanted.has(token) && foreign.some((each) => each.has(token)),
    ).length;
    score += weight * (Math.min(hits, 2) - Math.min(misses, 2));
    if (STEP.test(words)) score -= weight / 2;
    if (hits > 0) break;
    weight = Math.max(1, weight / 2);
  }
  return score;
}

function keywords(asked: AskedQuantity): Set<string> {
  const words = new Set([...tokens(asked.says), ...tokens(asked.of ?? '')]);
  if (asked.of === undefined) for (const word of TOTAL) words.add(word);
  else for (const word of TOTAL) words.delete(word);
  return words;
}

/** Lower-case words and numbers; "block1" is also "1", and "first" is "1". */
function tokens(text: string): string[] {
  const words = text.toLowerCase().match(/\p{L}+|\d+/gu) ?? [];
  return words
    .filter((word) => !STOP.has(word))
    .map((word) => {
      const ordinal = ORDINALS.indexOf(word);
      return ordinal === -1 ? singular(word) : String(ordinal + 1);
    });
}

function singular(word: string): string {
  return word.length > 4 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}
