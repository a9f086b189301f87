import type { Reading } from '../meaning/reading.js';
import type { Lexicon } from './lexicon.js';
import { stemsOf } from './stems.js';

const ASKS_WHAT = /\b(?:what (?:is|are|was|were|does|do)|defin|the terms?\b|meaning of|meant by)/i;

/**
 * Terms that a question asks about and a statement explains in other words that the tables hold for the same: "What is a leaf?" and
 * "what has no children". There the other words are the answer, and the term itself is no answer.
 */
export function definedIn(
  question: string,
  asked: Reading,
  statement: Reading,
  lexicon: Lexicon,
): ReadonlySet<string> {
  if (!ASKS_WHAT.test(question)) return new Set();
  const inQuestion = textOf(asked);
  return new Set(
    statement.said.flatMap(({ unit, source, at, to }) => {
      if (source !== 'field' && source !== 'subject') return [];
      const written = statement.tokens.slice(at, to).map(({ stem }) => stem);
      const others = [stemsOf(unit), ...lexicon.phrases(unit)].filter(
        (stems) => stems.join(' ') !== written.join(' '),
      );
      const isAsked = others.some((stems) => stems.length > 0 && inQuestion.includes(` ${stems.join(' ')} `));
      return isAsked && !inQuestion.includes(` ${written.join(' ')} `) ? [unit] : [];
    }),
  );
}

function textOf({ tokens }: Reading): string {
  return ` ${tokens.map(({ stem }) => stem).join(' ')} `;
}
