import type { Conflict } from './conflict.js';
import type { Reading } from './reading.js';
import { remembered } from './remembered.js';

/** "without scaling" against "the scaled dot products": a part of a term that the statement has, denied by itself. */
export function deniedParts(statement: Reading, sentence: Reading): Conflict[] {
  const parts = partsIn(statement);
  if (parts.size === 0) return [];
  return sentence.said.flatMap(({ at, source, negated }): Conflict[] => {
    const { stem, word } = sentence.tokens[at] ?? { stem: '', word: '' };
    if (!negated || source !== 'word' || !parts.has(stem)) return [];
    return [{ kind: 'negation', strength: 'weak', wanted: word, found: `not ${word}` }];
  });
}

const partsIn = remembered(
  ({ said, tokens }: Reading): ReadonlySet<string> =>
    new Set(
      said.flatMap(({ at, to, negated }) =>
        negated || to - at === 1 ? [] : tokens.slice(at, to).map(({ stem }) => stem),
      ),
    ),
);
