import type { Conflict } from './conflict.js';
import type { Reading } from './reading.js';

/** "without scaling" against "the scaled dot products": a part of a term that the statement has, denied by itself. */
export function deniedParts(statement: Reading, sentence: Reading): Conflict[] {
  const parts = new Set(
    statement.said.flatMap(({ at, to, negated }) =>
      negated || to - at === 1 ? [] : statement.tokens.slice(at, to).map(({ stem }) => stem),
    ),
  );
  return sentence.said.flatMap(({ at, source, negated }): Conflict[] => {
    const { stem, word } = sentence.tokens[at] ?? { stem: '', word: '' };
    if (!negated || source !== 'word' || !parts.has(stem)) return [];
    return [{ kind: 'negation', strength: 'weak', wanted: word, found: `not ${word}` }];
  });
}
