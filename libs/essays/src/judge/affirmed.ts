import { takesAway } from '../meaning/denial.js';
import type { Reading } from '../meaning/reading.js';

/** What denies without a "not": "label-free", "needs only", "regardless", "unlabelled". */
const DENIES =
  /^(?:no|not|never|none|nor|neither|without|cannot|free|only|alone|just|regardless|instead|rather|less|zero|impossible|independent\p{L}*|forbid\p{L}*|(?:un(?!der|ti|iq|iv|io|if)|non)\p{L}{4,}|\p{L}+n['’]t|\p{L}{3,}less)$/u;

/**
 * Whether a statement denies something, "no labels are needed", and nothing in a stretch of an answer denies or takes away. What it
 * denies in a later clause, "so it does not vanish", only follows from the first.
 */
export function leavesAffirmed(statement: Reading, read: readonly Reading[]): boolean {
  const isDenied = statement.tokens.some(
    ({ word }, at) => OUTRIGHT.test(word) && (statement.clauseOf[at] === 0 || isRelative(statement, at)),
  );
  const denied = new Set(statement.said.flatMap(({ unit, negated }) => (negated ? [unit] : [])));
  return isDenied && !read.some((reading) => denies(reading, denied) || turnsAlike(statement, reading));
}

/** "a path in which there is no bulb" tells which path, and follows from nothing. */
function isRelative({ tokens, clauseOf }: Reading, at: number): boolean {
  return tokens[clauseOf.indexOf(clauseOf[at] ?? 0)]?.word === 'which';
}

/** "open" where the statement has "not closed". */
function turnsAlike(statement: Reading, reading: Reading): boolean {
  return statement.said.some(
    ({ negated, pole }) =>
      negated &&
      pole !== undefined &&
      reading.said.some((each) => each.pole?.axis === pole.axis && each.pole.sign === pole.sign),
  );
}

/** Whether a word denies, whatever it stands beside. */
export function isDenial(word: string): boolean {
  return OUTRIGHT.test(word);
}

const OUTRIGHT = /^(?:no|not|never|without|cannot|\p{L}+n['’]t)$/u;

/** What the statement denies is no denial by itself: "there is a gap" where it has "no gap". */
function denies(reading: Reading, denied: ReadonlySet<string>): boolean {
  const others = {
    ...reading,
    said: reading.said.filter(({ unit, negated }) => negated || !denied.has(unit)),
  };
  return (
    takesAway(others) || reading.denied.length > 0 || reading.tokens.some(({ word }) => DENIES.test(word))
  );
}
