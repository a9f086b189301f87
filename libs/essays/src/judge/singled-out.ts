import type { Statement } from '../match/statement.js';
import type { Reading } from '../meaning/reading.js';

/** Words that tell one of two things apart from the other, and what has two of them whatever a statement speaks of. */
const ONE_SIDE = /^(?:positive|postive|negative)$/;
const SIDED = /^(?:ends?|sides?|poles?)$/;
const AXIS = ['sign+', 'sign-'];
const SEVERAL = /^\p{L}{3,}[^aisu]s$/u;
const REACH = 3;

/**
 * Whether a stretch says of one of two things what a statement says of the things: "the positive terminal is connected" where
 * statement and question speak of terminals.
 */
export function singlesOut({ reading, asked }: Statement, read: readonly Reading[]): boolean {
  if (AXIS.some((unit) => asked.has(unit) || reading.units.has(unit))) return false;
  const nouns = new Set(reading.tokens.flatMap(({ word, stem }) => (SEVERAL.test(word) ? [stem] : [])));
  if (nouns.size === 0) return false;
  const sides = read.flatMap(({ tokens }) =>
    tokens.flatMap(({ word }, at) => {
      const behind = tokens.slice(at + 1, at + REACH);
      const isOfIt = behind.some(({ word: noun, stem }) => nouns.has(stem) || SIDED.test(noun));
      return ONE_SIDE.test(word) ? [{ side: word.charAt(0), isOfIt }] : [];
    }),
  );
  return new Set(sides.map(({ side }) => side)).size === 1 && sides.some(({ isOfIt }) => isOfIt);
}
