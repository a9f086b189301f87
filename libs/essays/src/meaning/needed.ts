import type { Token } from '../text/tokens.js';
import type { Conflict } from './conflict.js';
import type { Reading } from './reading.js';

/** "is not known without labels" against "so no labels are needed": the same thing, needed and not needed. */
export function neededAgainstNeedless(statement: Reading, sentence: Reading): Conflict[] {
  const theirs = needsIn(sentence);
  return [...needsIn(statement)].flatMap(([thing, mine]): Conflict[] => {
    const other = theirs.get(thing);
    if (other === undefined || other.isNeeded === mine.isNeeded) return [];
    const words = ({ isNeeded }: Need): string => `${isNeeded ? '' : 'no '}need of ${thing}`;
    // "without labels" alone is weaker than a sentence that says whether they are needed.
    const strength = mine.isNeeded && other.isSaid ? 'strong' : 'weak';
    return [{ kind: 'negation', strength, wanted: words(mine), found: words(other) }];
  });
}

interface Need {
  readonly isNeeded: boolean;
  /** Whether a word for needing says so. */
  readonly isSaid: boolean;
}

const NEEDS = /^(?:needs?|needed|requir(?:e|es|ed|ing)|necessary|essential|indispensable)$/;
const DENIES =
  /^(?:no|not|never|cannot|nothing|none|nobody|hardly|\p{L}+n['’]t|un(?:known|able)|impossible)$/u;
const STATIVE = /^(?:is|are|was|were|be|been)$/;
const REACH = 4;

function needsIn({ tokens, said, clauseOf }: Reading): Map<string, Need> {
  const needs = new Map<string, Need>();
  tokens.forEach(({ word }, at) => {
    const clause = clauseOf[at];
    if (word === 'without') {
      const thing = said.find((each) => each.at > at && each.at <= at + REACH);
      const before = tokens.slice(0, at).filter((_, place) => clauseOf[place] === clause);
      const isDenied = before.some((token) => DENIES.test(token.word));
      if (thing !== undefined && isDenied) needs.set(thing.unit, { isNeeded: true, isSaid: false });
      return;
    }
    if (!NEEDS.test(word)) return;
    const isPassive = isStated(tokens, at);
    const own = said.filter((each) => each.clause === clause && !(each.at <= at && at < each.to));
    const thing = isPassive
      ? own.findLast((each) => each.to <= at && at - each.to <= REACH)
      : own.find((each) => each.at > at && each.at - at <= REACH);
    // "no labels" may be a term of its own.
    if (thing === undefined || tokens.slice(thing.at, thing.to).some((token) => DENIES.test(token.word)))
      return;
    const from = isPassive ? thing.at - 2 : at - 3;
    const isDenied = tokens
      .slice(Math.max(0, from), isPassive ? at : thing.at)
      .some((token, index) => clauseOf[Math.max(0, from) + index] === clause && DENIES.test(token.word));
    needs.set(thing.unit, { isNeeded: !isDenied, isSaid: true });
  });
  return needs;
}

/** "labels are needed", "are not needed", where "needs labels" has them behind. */
function isStated(tokens: readonly Token[], at: number): boolean {
  return tokens.slice(Math.max(0, at - 2), at).some(({ word }) => STATIVE.test(word));
}
