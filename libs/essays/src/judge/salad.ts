import {
  AUXILIARIES,
  CONJUNCTIONS,
  DETERMINERS,
  isFunctionWord,
  PREPOSITIONS,
  PRONOUNS,
} from '../text/function-words.js';
import type { Token } from '../text/tokens.js';

const FEW = 5;

/** Words that would say something if they stood in a sentence: a list of terms, or words in no order. */
export function isSalad(prose: string, tokens: readonly Token[]): boolean {
  if (tokens.length < FEW) return false;
  const small = tokens.filter(({ word }) => isFunctionWord(word)).length / tokens.length;
  const commas = (prose.match(/[,;/|]/g)?.length ?? 0) / tokens.length;
  const repeated = 1 - new Set(tokens.map(({ stem }) => stem)).size / tokens.length;
  if (tokens.length >= 8 && repeated > 0.6) return true;
  if (small < 0.12 && !hasVerb(tokens)) return true;
  if (tokens.length >= 8 && glue(tokens) < 0.1) return true;
  if (commas > 0.3 && small < 0.2) return true;
  return tokens.length >= 8 && impossible(tokens) >= 0.1;
}

/** The share of words that tie others together. */
function glue(tokens: readonly Token[]): number {
  const ties = [DETERMINERS, PREPOSITIONS, AUXILIARIES, CONJUNCTIONS, PRONOUNS];
  return tokens.filter(({ word }) => ties.some((words) => words.has(word))).length / tokens.length;
}

function hasVerb(tokens: readonly Token[]): boolean {
  return tokens.some(({ word }) => AUXILIARIES.has(word) || /(?:[^s]s|ed)$/.test(word));
}

/** The share of places where one small word cannot follow another: "the of", "with is", "a and". */
function impossible(tokens: readonly Token[]): number {
  let clashes = 0;
  tokens.forEach(({ word }, at) => {
    const next = tokens[at + 1]?.word;
    if (next === undefined) {
      if ((DETERMINERS.has(word) && word.length <= 3) || CONJUNCTIONS.has(word)) clashes += 1;
      return;
    }
    const article = word === 'the' || word === 'a' || word === 'an';
    if (
      article &&
      (PREPOSITIONS.has(next) ||
        AUXILIARIES.has(next) ||
        CONJUNCTIONS.has(next) ||
        PRONOUNS.has(next) ||
        DETERMINERS.has(next)) &&
      next !== 'one'
    )
      clashes += 1;
    else if (
      PREPOSITIONS.has(word) &&
      word !== 'like' &&
      word !== 'as' &&
      word !== 'than' &&
      ((AUXILIARIES.has(next) && next !== 'being' && next !== 'having') ||
        next === 'and' ||
        next === 'or' ||
        next === 'but')
    )
      clashes += 1;
    else if (
      (word === 'of' || word === 'with') &&
      (next === 'of' || next === 'to' || next === 'is' || next === 'for')
    )
      clashes += 1;
    else if ((word === 'and' || word === 'or') && (next === 'and' || next === 'or' || next === 'of'))
      clashes += 1;
  });
  return clashes / tokens.length;
}
