import type { ReadSentence } from '../answer.js';
import type { Token } from '../text/tokens.js';

const RUN = 3;

/**
 * Whether a stretch ends without a stop in the middle of a statement's own words: "by driving its residual" of "by driving its residual
 * to zero". A sentence of other words may end anywhere.
 */
export function breaksRun(statement: readonly Token[], read: readonly ReadSentence[]): boolean {
  const last = read.at(-1);
  if (last === undefined || last.sentence.closed) return false;
  const words = last.reading.tokens.map(({ word }) => word);
  const cut = words.at(-1) ?? '';
  return statement.some((_, end) => {
    if (end + 1 < RUN) return false;
    const run = statement.slice(end + 1 - RUN, end + 1).map(({ word }) => word);
    const goesOn = end + 1 < statement.length && run.every((word, at) => word === words.at(at - RUN));
    const isCutWord =
      cut.length < (run.at(-1) ?? '').length &&
      (run.at(-1) ?? '').startsWith(cut) &&
      run.slice(0, -1).every((word, at) => word === words.at(at - RUN));
    return goesOn || isCutWord;
  });
}
