import type { Reading } from '../meaning/reading.js';

/** Words for what comes first and for what comes then. */
const FIRST = /^(?:start(?:s|ing)?|begin(?:s|ning)?|first|initial(?:ly)?)$/;
const THEN = /^(?:later|then|afterwards?|finally|eventually|subsequently|lastly)$/;
/** What speaks of one after the other in any way. */
const IN_TIME =
  /^(?:start\p{L}*|beg[aiu]n\p{L}*|first\p{L}*|initial\p{L}*|late\p{L}*|then|after\p{L}*|final\p{L}*|eventual\p{L}*|subsequen\p{L}*|last\p{L}*|before|next|second|during|while|gradual\p{L}*|slowly|over|step\p{L}*|schedul\p{L}*|decay\p{L}*|anneal\p{L}*|warm\p{L}*|progress\p{L}*|end|until|once|follow\p{L}*|previous\p{L}*|increasingly|epochs?|iterations?|every|each|time|soon|now|when|as|recent\p{L}*|long\p{L}*)$/u;

/** Whether a statement says what comes first and what comes then, and a stretch speaks of no time at all. */
export function leavesTheOrder(statement: Reading, read: readonly Reading[]): boolean {
  const has = (words: RegExp): boolean => statement.tokens.some(({ word }) => words.test(word));
  return has(FIRST) && has(THEN) && !read.some(({ tokens }) => tokens.some(({ word }) => IN_TIME.test(word)));
}
