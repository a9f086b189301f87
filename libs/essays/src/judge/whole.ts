import { isDenial } from './affirmed.js';
import { isDeciding } from './deciding.js';
import { isRelation } from './reckoned.js';
import { A_PART } from './scattered.js';
import type { Told } from '../match/features.js';
import { isNaming } from '../meaning/poles.js';
import { hasSeveralSentences, isCommon, type Statement } from '../match/statement.js';

/**
 * Whether something is left out that the only item of a question names in its single clause: then the item is one claim, and each thing
 * in it belongs to it. Of several clauses one may only say more of the other. What denies, decides or reckons is met by other words as well.
 */
export function leavesPartOfTheWhole({ reading, text, wanted }: Statement, { lacking }: Told): boolean {
  if (new Set(reading.clauseOf).size > 1 || hasSeveralSentences(text)) return false;
  // "the amount of product", "the energy it takes": such a word adds nothing to those that say what it is.
  const telling = wanted.filter(({ unit, asked }) => !asked && !isCommon(unit)).length;
  return lacking.some(({ at, unit, weight, source }) => {
    if (isCommon(unit) && telling >= TELLING) return false;
    const word = reading.tokens[at]?.word ?? '';
    // Opposites are said by how things are put.
    if ((source === 'axis' && !isNaming(unit)) || isDenial(word) || isDeciding(word) || isRelation(word))
      return false;
    return weight >= A_PART;
  });
}

const TELLING = 2;

/** Whether one of two things that a statement of one clause says of something is left out: "are random and stay fixed". */
export function leavesOneOfTwo({ reading, wanted }: Statement, { lacking }: Told): boolean {
  if (new Set(reading.clauseOf).size > 1) return false;
  return wanted.some((one, index) => {
    const other = wanted[index + 1];
    if (other === undefined || Math.min(one.weight, other.weight) < A_PART) return false;
    const isOne = lacking.includes(one) !== lacking.includes(other);
    const between = reading.tokens.slice(one.to, other.at).map(({ word }) => word);
    return (
      isOne &&
      isPredicate(reading, one.at) &&
      between[0] === 'and' &&
      between.slice(1).every((word) => STAYS.test(word))
    );
  });
}

function isPredicate({ tokens }: Statement['reading'], at: number): boolean {
  return IS.test(tokens[at - 1]?.word ?? '');
}

const IS = /^(?:is|are|was|were|stays?|remains?|becomes?)$/;
const STAYS = /^(?:is|are|was|were|stays?|remains?|becomes?|kept|also|then|the|a|an)$/;
