import type { Reading } from '../meaning/reading.js';
import type { Lexicon } from './lexicon.js';
import { tokensOf } from '../text/tokens.js';
import { stemsOf } from './stems.js';

const ASKS_WHAT =
  /\b(?:what (?:is|are|was|were|does|do)|how do(?:es)?(?=[^,;:.?!]* works?\b)|(?:explain|describe)(?! (?:what|how|why|in|two|three)\b)|defin\p{L}*|the terms?\b|meaning of|meant by)([^,;:.?!]*)/giu;

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
  const inQuestion = textOf(asked.tokens);
  // "What is dropout, how does it differ between training and testing?" asks what one of the three is.
  const terms = [...question.matchAll(ASKS_WHAT)].map(([, term = '']) => textOf(tokensOf(term)));
  const twice = explainedIn(statement);
  if (terms.length === 0) return twice;
  return new Set([
    ...twice,
    ...statement.said.flatMap(({ unit, source, at, to }) => {
      if (source !== 'field' && source !== 'subject') return [];
      const written = statement.tokens.slice(at, to).map(({ stem }) => stem);
      const others = [stemsOf(unit), ...lexicon.phrases(unit)].filter(
        (stems) => stems.join(' ') !== written.join(' '),
      );
      const isAsked = others.some(
        (stems) => stems.length > 0 && terms.some((term) => term.includes(` ${stems.join(' ')} `)),
      );
      return isAsked && !inQuestion.includes(` ${written.join(' ')} `) ? [unit] : [];
    }),
  ]);
}

const SAYS_WHAT_IT_IS = /^(?:is|are|consists?|means?|called|equals?|denotes?)$/;
/** Words between a term and what explains it. */
const REACH = 6;

/**
 * Terms that a statement itself explains in words that the tables hold for the same: "the gradient consists of the partial
 * derivatives". Who says only the one has not said the other.
 */
function explainedIn({ said, tokens }: Reading): ReadonlySet<string> {
  return new Set(
    said.flatMap((one, index) => {
      if (one.source !== 'field' && one.source !== 'subject') return [];
      const isExplained = said
        .slice(index + 1)
        .some(
          (other) =>
            other.unit === one.unit &&
            other.at - one.to <= REACH &&
            wordsOf(tokens, one) !== wordsOf(tokens, other) &&
            tokens.slice(one.to, other.at).some(({ word }) => SAYS_WHAT_IT_IS.test(word)),
        );
      return isExplained ? [one.unit] : [];
    }),
  );
}

function wordsOf(
  tokens: Reading['tokens'],
  { at, to }: { readonly at: number; readonly to: number },
): string {
  return textOf(tokens.slice(at, to));
}

function textOf(tokens: Reading['tokens']): string {
  return ` ${tokens.map(({ stem }) => stem).join(' ')} `;
}
