import type { Token } from '../text/tokens.js';
import { isFunctionWord } from '../text/function-words.js';

/** What is so of two things whichever of them comes first: wherever it stands, or where it stands between two that are near. */
const OF_BOTH =
  /^(?:between|together|mutual|equal|differ|connect|join|link|attach|coupl|combin|mix|relat|correlat|compar)/;
const AMONG_THEM =
  /^(?:and|or|nor|with|same|alike|similar|match|share[sd]?|meets?|touch|parallel|series|opposite|versus|vs)/;

/**
 * Whether a sentence is a statement word for word, but that two words stand in each other's place: "Probability training each unit is
 * zeroed at random with some during", "the set test is used once". Where both say something, they may be joined so that it is the same.
 */
export function isMisplaced(statement: readonly Token[], sentence: readonly Token[]): boolean {
  if (statement.length !== sentence.length) return false;
  const moved = statement.flatMap(({ word }, at) => (word === sentence[at]?.word ? [] : [at]));
  const [one, other, more] = moved;
  if (one === undefined || other === undefined || more !== undefined) return false;
  const [first, second] = [statement[one], statement[other]];
  if (first === undefined || second === undefined || first.stem === second.stem) return false;
  if (first.word !== sentence[other]?.word || second.word !== sentence[one]?.word) return false;
  const small = [first, second].filter(({ word }) => isFunctionWord(word)).length;
  return small === 1 || (small === 0 && !areMutual(statement, one, other));
}

const NEAR = 5;

function areMutual(statement: readonly Token[], one: number, other: number): boolean {
  return statement.some(
    ({ word }, at) =>
      OF_BOTH.test(word) || (other - one <= NEAR && at > one && at < other && AMONG_THEM.test(word)),
  );
}
