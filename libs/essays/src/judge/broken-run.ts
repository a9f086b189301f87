import type { ReadSentence } from '../answer.js';
import type { Statement } from '../match/statement.js';
import { isFunctionWord } from '../text/function-words.js';

const RUN = 3;

/**
 * Whether a stretch ends without a stop in the middle of a statement's own words: "by driving its residual" of "by driving its residual
 * to zero". A sentence of other words may end anywhere, and so may one that has said before what would follow.
 */
export function breaksRun(
  { reading: { tokens: statement }, text }: Pick<Statement, 'reading' | 'text'>,
  read: readonly ReadSentence[],
  isLast: boolean,
): boolean {
  const last = read.at(-1);
  // An item of a list that others follow ends as they do.
  if (last === undefined || last.sentence.closed || (last.sentence.kind === 'item' && !isLast)) return false;
  const words = last.reading.tokens.map(({ word }) => word);
  const said = new Set(read.flatMap(({ reading }) => reading.tokens.map(({ stem }) => stem)));
  const values = new Set(read.flatMap(({ reading }) => reading.tokens.map(({ value }) => value)));
  const cut = words.at(-1) ?? '';
  return statement.some((_, end) => {
    if (end + 1 < RUN) return false;
    const run = statement.slice(end + 1 - RUN, end + 1).map(({ word }) => word);
    const goesOn =
      run.every((word, at) => word === words.at(at - RUN)) &&
      restOf(statement, end, text).some(
        ({ word, stem, value }) =>
          !isFunctionWord(word) && !said.has(stem) && (value === undefined || !values.has(value)),
      );
    const isCutWord =
      !(run.at(-1) === `${cut}s` && statement[end + 1]?.word === 'or') &&
      cut.length < (run.at(-1) ?? '').length &&
      (run.at(-1) ?? '').startsWith(cut) &&
      run.slice(0, -1).every((word, at) => word === words.at(at - RUN));
    return goesOn || isCutWord;
  });
}

/** What follows in the same sentence of a statement; whoever has said one side of an "or" may end there. */
function restOf(
  tokens: Statement['reading']['tokens'],
  end: number,
  text: string,
): Statement['reading']['tokens'] {
  if (tokens[end + 1]?.word === 'or') return [];
  const from = tokens[end]?.end ?? text.length;
  const stop = text.slice(from).search(/[.!?;](?:\s|$)/);
  return tokens.slice(end + 1).filter(({ start }) => stop === -1 || start < from + stop);
}
