import { isDenial } from './affirmed.js';
import { isDeciding } from './deciding.js';
import { isRelation } from './reckoned.js';
import type { Told } from '../match/features.js';
import type { Statement } from '../match/statement.js';

const A_PART = 0.15;

/**
 * Whether something is left out that the only item of a question names in its single clause: then the item is one claim, and each thing
 * in it belongs to it. Of several clauses one may only say more of the other. What denies, decides or reckons is met by other words as well.
 */
export function leavesPartOfTheWhole({ reading, text }: Statement, { lacking }: Told): boolean {
  if (new Set(reading.clauseOf).size > 1 || SEVERAL.test(text)) return false;
  return lacking.some(({ at, weight }) => {
    const word = reading.tokens[at]?.word ?? '';
    return weight >= A_PART && !isDenial(word) && !isDeciding(word) && !isRelation(word);
  });
}

const SEVERAL = /[.;!?:]\s+\p{L}/u;
