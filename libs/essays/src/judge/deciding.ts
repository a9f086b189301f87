import type { Reading } from '../meaning/reading.js';

/** Words that decide which of several is meant, and what a sentence that means the same has instead. */
interface Deciding {
  readonly named: RegExp;
  readonly met: RegExp;
}

const DECIDING: readonly Deciding[] = [
  {
    named: /^(?:clos|near)est$/,
    met: /^(?:clos\p{L}*|near\p{L}*|min\p{L}*|smallest|shortest|least|touch\p{L}*)$/u,
  },
  {
    named: /^(?:larg|great|high|bigg|long)est$/,
    met: /^(?:most|max\p{L}*|(?:larg|great|high|bigg|long|wid|strong)e(?:r|st)|more|best)$/u,
  },
  {
    named: /^(?:small|low|short|few)est$/,
    met: /^(?:least|min\p{L}*|(?:small|low|short|few|narrow|weak|clos|near)e(?:r|st)|less|best)$/u,
  },
  {
    // "the maximum is two", "only two", "up to two", "not more than two"
    named: /^maximum$/,
    met: /^(?:max\p{L}*|most|more|only|up|exceed\p{L}*|limit\p{L}*|bound|optim\p{L}*|best|(?:larg|great|high|bigg|wid|furth|farth)e(?:r|st))$/u,
  },
  {
    named: /^maxim(?!um$)\p{L}*$/u,
    met: /^(?:max\p{L}*|most|more|increas\p{L}*|rais\p{L}*|optim\p{L}*|best|(?:larg|great|high|bigg|wid|furth|farth)e(?:r|st))$/u,
  },
  {
    named: /^minim\p{L}*$/u,
    met: /^(?:min\p{L}*|least|less|few\p{L}*|reduc\p{L}*|decreas\p{L}*|lessen\p{L}*|shrink\p{L}*|falls?|drops?|down|optim\p{L}*|best|(?:small|low|short|clos|near)e(?:r|st|red|ring)|lowers?|short|small|little|low|close)$/u,
  },
  {
    named: /^negativ\p{L}*$/u,
    met: /^(?:negat\p{L}*|minus|opposite|inver\p{L}*|below|against|subtract\p{L}*)$/u,
  },
  {
    named: /^(?:opposite|opposing|inverse|inversely|reverse|reversed|against)$/,
    met: /^(?:opp?os\p{L}*|opp?o[ds]i\p{L}*|contrary|inver\p{L}*|revers\p{L}*|backwards?|negati\p{L}*|minus|against|away|decreas\p{L}*|other)$/u,
  },
];

/** Whether a word is one for which others stand here. */
export function isDeciding(word: string): boolean {
  return DECIDING.some(({ named }) => named.test(word));
}

/** Whether a statement's deciding word, which the question does not have, is left out by a stretch of an answer. */
export function leavesUndecided(
  statement: Reading,
  read: readonly Reading[],
  asked: ReadonlySet<string>,
): boolean {
  return DECIDING.some(
    ({ named, met }) =>
      statement.tokens.some(({ word, stem }) => named.test(word) && !asked.has(stem)) &&
      !read.some(({ tokens }) => tokens.some(({ word }) => named.test(word) || met.test(word))),
  );
}
