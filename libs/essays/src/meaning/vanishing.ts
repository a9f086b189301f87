import { isFunctionWord } from '../text/function-words.js';
import type { Conflict } from './conflict.js';
import { poleOfStem } from './poles.js';
import type { Reading, Said } from './reading.js';
import { turnsIn, type Turn } from './turns.js';

/** What says that something goes away. */
const GOES = /^(?:vanish(?:es|ed)?|disappear(?:s|ed)?|cancel(?:s|l?ed)?|ceased?|ceases|fade[sd]?)$/;
const REACH = 6;

/** "the oscillations cancel out" against "the oscillations become larger": what goes away does not grow, and does not stay large. */
export function goesAgainstGrows(statement: Reading, sentence: Reading): Conflict[] {
  return [
    ...goesWhereItGrows(statement, sentence).map(({ goes, grows }) => ({ wanted: goes, found: grows })),
    ...goesWhereItGrows(sentence, statement).map(({ goes, grows }) => ({ wanted: grows, found: goes })),
  ].map((words): Conflict => ({ kind: 'opposite', strength: 'weak', ...words }));
}

/** "the signal vanishes". */
export function vanishesIn({ tokens, clauseOf }: Reading, { clause }: Said): boolean {
  return tokens.some(({ word }, at) => clauseOf[at] === clause && (GOES.test(word) || LOST.test(word)));
}

/** "nothing of the signal is left". */
export function isGoneIn({ tokens, clauseOf }: Reading, { clause, to }: Said): boolean {
  return tokens.some(({ word }, at) => at >= to && clauseOf[at] === clause && LEFT.test(word));
}

const LOST = /^(?:vanishing|shrink|shrinks|lost|loses|dies?)$/;
const LEFT = /^(?:left|remains?|remaining|arrives?|reaches?)$/;

function goesWhereItGrows(one: Reading, other: Reading): { goes: string; grows: string }[] {
  if (other.tokens.some(({ word }) => GOES.test(word))) return [];
  const turns = turnsIn(other).filter(({ axis, contrast }) => axis === 'amount' && !contrast);
  const about = (sign: Turn['sign'], things: readonly string[]): Turn | undefined =>
    turns.find(
      (turn) => turn.sign === sign && subjectsOf(other, turn.at).some((stem) => things.includes(stem)),
    );
  return one.tokens.flatMap(({ word }, at) => {
    if (!GOES.test(word) || one.contrast[one.clauseOf[at] ?? 0] === true) return [];
    if (one.denied.some((each) => each.at === at)) return [];
    const things = subjectsOf(one, at);
    const grows = about(1, things);
    return grows === undefined || about(-1, things) !== undefined ? [] : [{ goes: word, grows: grows.words }];
  });
}

/** Stems of the things that stand before a verb in its clause. */
function subjectsOf({ tokens, clauseOf }: Reading, verb: number): readonly string[] {
  return tokens.flatMap(({ word, stem }, at) =>
    at < verb &&
    verb - at <= REACH &&
    clauseOf[at] === clauseOf[verb] &&
    !isFunctionWord(word) &&
    poleOfStem(stem) === undefined
      ? [stem]
      : [],
  );
}
