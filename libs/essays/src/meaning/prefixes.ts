import { stem } from '../text/stem.js';
import type { Token } from '../text/tokens.js';
import type { Conflict } from './conflict.js';
import type { Reading } from './reading.js';

const PREFIX = /^(?:un|in|im|ir|non|dis|de)(?=[a-z]{4})/;
const SUFFIX = /less$/;

/** "sorted" against "unsorted", "covered" against "uncovered", "stateless" against "state": a word and its denial in one word. */
export function deniedByForm(statement: Reading, sentence: Reading): Conflict[] {
  return [
    ...formsAgainst(statement, sentence).map(({ word, base }) => ({ wanted: word, found: base })),
    ...formsAgainst(sentence, statement).map(({ word, base }) => ({ wanted: base, found: word })),
  ].map((words): Conflict => ({ kind: 'opposite', strength: 'weak', ...words }));
}

/** Words of one that deny, by their form alone, a word of the other; not where the other denies it as well. */
function formsAgainst(one: Reading, other: Reading): { word: string; base: string }[] {
  return one.tokens.flatMap((token) => {
    const base = baseOf(token);
    if (base === undefined || other.stems.has(token.stem) || one.stems.has(base)) return [];
    const at = other.tokens.findIndex((each) => each.stem === base);
    const found = other.tokens[at];
    if (found === undefined || one.said.some((said) => said.negated && one.tokens[said.at] === token))
      return [];
    const denied =
      other.tokens[at - 1]?.word === 'non' ||
      other.said.some(
        (said) => said.at <= at && at < said.to && (said.negated || other.tokens[said.at]?.word === 'not'),
      );
    return denied ? [] : [{ word: token.word, base: found.word }];
  });
}

function baseOf({ word }: Token): string | undefined {
  if (PREFIX.test(word)) return stem(word.replace(PREFIX, ''));
  return SUFFIX.test(word) && word.length > 6 ? stem(word.replace(SUFFIX, '')) : undefined;
}
