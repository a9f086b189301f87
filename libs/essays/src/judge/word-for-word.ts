import type { Reading } from '../meaning/reading.js';
import { DETERMINERS } from '../text/function-words.js';

/** Whether a sentence has a statement word for word, but for its articles and endings, and ends its clause with it. */
export function saysWordForWord(statement: Reading, read: readonly Reading[]): boolean {
  const wanted = stemsOf(statement).join(' ');
  return read.some(({ tokens, clauseOf }) =>
    [...new Set(clauseOf)].some((clause) => {
      const upTo = stemsOf({ tokens: tokens.filter((_, at) => (clauseOf[at] ?? 0) <= clause) });
      return ` ${upTo.join(' ')}`.endsWith(` ${wanted}`);
    }),
  );
}

function stemsOf({ tokens }: Pick<Reading, 'tokens'>): readonly string[] {
  return tokens.flatMap(({ word, stem }) => (DETERMINERS.has(word) ? [] : [stem]));
}
