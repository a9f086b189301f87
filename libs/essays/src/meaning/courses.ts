import type { Conflict } from './conflict.js';
import type { Reading, Said } from './reading.js';

const REACH = 8;
const NEAR = 3;
/** What stands before that from which something goes, or is made. */
const OUT_OF = /^(?:from|of|out|with|by|on|than|leaving|leaves?)$/;
const INTO = /^(?:to|into|towards?|onto)$/;

/**
 * "from high to low" against "the low ones move to the high ones", or "abstract at first, simple later": where a statement goes from one
 * thing to another, a sentence that names both goes there as well.
 */
export function reversedCourses(statement: Reading, sentence: Reading): Conflict[] {
  return coursesIn(statement).flatMap(([from, to]): Conflict[] => {
    const starts = placesOf(from, statement, sentence);
    const ends = placesOf(to, statement, sentence);
    if (starts.length === 0 || ends.length === 0) return [];
    const agrees = starts.some(
      (start) =>
        !isBehind(sentence, start, INTO) &&
        ends.some((end) => start < end || isBehind(sentence, end, INTO) || isBehind(sentence, start, OUT_OF)),
    );
    const goesThere = starts.some((start) => isBehind(sentence, start, INTO));
    // What is said of one is often denied of the other: their order alone tells nothing then.
    if (agrees || (!goesThere && sentence.tokens.some(({ word }) => DENIES.test(word)))) return [];
    return [
      {
        kind: 'swapped',
        strength: 'weak',
        wanted: `${from.unit} … ${to.unit}`,
        found: `${to.unit} … ${from.unit}`,
      },
    ];
  });
}

const DENIES = /^(?:not|no|never|without|neither|nor|nothing|none)$/;

/** What stands behind a "from" and behind the "to" that belongs to it, where they differ. */
function coursesIn({ tokens, said, clauseOf }: Reading): readonly (readonly [Said, Said])[] {
  return tokens.flatMap(({ word }, at): [Said, Said][] => {
    if (word !== 'from') return [];
    const isNext = (each: { word: string }, place: number): boolean =>
      place > at && (each.word === 'from' || INTO.test(each.word));
    const to = tokens.findIndex(isNext);
    if (to === -1 || to > at + REACH || tokens[to]?.word === 'from' || clauseOf[to] !== clauseOf[at])
      return [];
    const starts = said.filter((each) => each.at > at && each.at < to);
    const ends = said.filter(
      (each) => each.at > to && each.at <= to + NEAR + 1 && each.clause === clauseOf[to],
    );
    const start = starts.find(({ unit }) => !ends.some((each) => each.unit === unit));
    const end = ends.find(({ unit }) => !starts.some((each) => each.unit === unit));
    return start === undefined || end === undefined ? [] : [[start, end]];
  });
}

/** Where a sentence has a thing, as places of tokens: under the same name, on the same side of an axis, or in the same word. */
function placesOf({ unit, pole, at, to }: Said, statement: Reading, sentence: Reading): readonly number[] {
  // "simple to" is read as one, as in "simple to do".
  const isWord = to === at + 1 || (to === at + 2 && INTO.test(statement.tokens[to - 1]?.word ?? ''));
  const stem = isWord ? statement.tokens[at]?.stem : undefined;
  const named = sentence.said.filter(
    (each) =>
      each.unit === unit ||
      (pole !== undefined && each.pole?.axis === pole.axis && each.pole.sign === pole.sign),
  );
  const written = sentence.tokens.flatMap((token, place) => (token.stem === stem ? [place] : []));
  return [...named.map((each) => each.at), ...written];
}

/** "to one of high …", "into a place with a high …": what stands between is no other place. */
const PLACES = /^(?:a|an|the|one|ones|of|with|in|area|place|region|part|side|point|state|level|very|more)s?$/;

/** Whether a place stands behind a small word of a kind. */
function isBehind({ tokens }: Reading, at: number, kind: RegExp): boolean {
  for (let before = at - 1; before >= Math.max(0, at - REACH); before--) {
    const word = tokens[before]?.word ?? '';
    if (kind.test(word)) return kind === INTO || at - before <= NEAR;
    if (!PLACES.test(word)) return false;
  }
  return false;
}
