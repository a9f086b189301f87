import type { Told } from '../match/features.js';
import type { Statement } from '../match/statement.js';

const A_PART = 0.15;

/**
 * Whether something is left out that the only item of a question names in its single clause: then the item is one claim, and each thing
 * in it belongs to it. Of several clauses one may only say more of the other.
 */
export function leavesPartOfTheWhole({ reading, text }: Statement, { lacking }: Told): boolean {
  return lacking >= A_PART && new Set(reading.clauseOf).size === 1 && !SEVERAL.test(text);
}

const SEVERAL = /[.;!?:]\s+\p{L}/u;
