import type { Token } from '../text/tokens.js';
import { isFunctionWord } from '../text/function-words.js';

/**
 * Whether a sentence is a statement word for word, but that a small word and one that says something stand in each other's place:
 * "Probability training each unit is zeroed at random with some during". No language says a thing so.
 */
export function isMisplaced(statement: readonly Token[], sentence: readonly Token[]): boolean {
  if (statement.length !== sentence.length) return false;
  const moved = statement.flatMap(({ word }, at) => (word === sentence[at]?.word ? [] : [at]));
  const [one, other, more] = moved;
  if (one === undefined || other === undefined || more !== undefined) return false;
  const [first = '', second = ''] = [statement[one]?.word, statement[other]?.word];
  return (
    first === sentence[other]?.word &&
    second === sentence[one]?.word &&
    isFunctionWord(first) !== isFunctionWord(second)
  );
}
