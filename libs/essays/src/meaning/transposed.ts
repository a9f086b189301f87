import { DETERMINERS, isFunctionWord } from '../text/function-words.js';
import type { Token } from '../text/tokens.js';
import type { Conflict } from './conflict.js';
import type { Reading } from './reading.js';
import { remembered } from './remembered.js';

/** So much of the words, the small ones too, has to be the same: who says a thing in other words uses other small ones. */
const SAME_WORDS = 0.8;

/**
 * "removes units in training and keeps them at test time" against "keeps units in training and removes them at test time": hardly any
 * other words than the item's, two of them each in the place of the other, and what ties them where it was.
 */
export function transposed(statement: Reading, sentence: Reading): Conflict[] {
  const theirs = partsOf(sentence);
  for (const mine of partsOf(statement)) {
    for (const told of theirs) {
      const found = exchanged(statement, mine, told);
      if (found !== undefined) return [found];
    }
  }
  return [];
}

function exchanged(
  { tokens }: Reading,
  mine: readonly Token[],
  theirs: readonly Token[],
): Conflict | undefined {
  if (alike(mine, theirs) < SAME_WORDS) return undefined;
  const told = onceIn(theirs);
  const shared = onceIn(mine).filter(({ stem }) => told.some((each) => each.stem === stem));
  const order = told
    .map(({ stem }) => shared.findIndex((each) => each.stem === stem))
    .filter((place) => place !== -1);
  const exchange = exchangeIn(order);
  if (exchange === undefined) return undefined;
  const [one, between, other] = exchange.map(([from, to]) => shared.slice(from, to));
  if (one === undefined || other === undefined || between === undefined) return undefined;
  if (isList(tokens, one, other) || areClauses(mine, one, other)) return undefined;
  if (between.length <= SHORT && between.some(({ word }) => MUTUAL.test(word))) return undefined;
  if (!takesThePlace(mine, one, theirs, other) || !takesThePlace(mine, other, theirs, one)) return undefined;
  const said = (...parts: readonly (readonly Token[])[]): string =>
    parts.map((part) => part.map(({ word }) => word).join(' ')).join(' … ');
  return {
    kind: 'swapped',
    strength: 'weak',
    wanted: said(one, between, other),
    found: said(other, between, one),
  };
}

/** A sentence, and each of its clauses, without articles. */
const partsOf = remembered(({ tokens, clauseOf }: Reading): readonly (readonly Token[])[] => {
  const clauses = [...new Set(clauseOf)];
  const parts = clauses.map((clause) => tokens.filter((_, at) => clauseOf[at] === clause));
  return (clauses.length > 1 ? [tokens, ...parts] : [tokens]).map((part) =>
    part.filter(({ word }) => !DETERMINERS.has(word)),
  );
});

/** Dice's coefficient of the words, from 0 to 1; where the lengths alone make it too low, how high it is at most. */
function alike(one: readonly Token[], other: readonly Token[]): number {
  const most = (2 * Math.min(one.length, other.length)) / Math.max(1, one.length + other.length);
  if (most < SAME_WORDS) return most;
  const free = one.map(({ stem }) => stem);
  let common = 0;
  for (const { stem } of other) {
    const at = free.indexOf(stem);
    if (at === -1) continue;
    free.splice(at, 1);
    common += 1;
  }
  return (2 * common) / Math.max(1, one.length + other.length);
}

/** Words that say something, and stand there once. */
function onceIn(tokens: readonly Token[]): readonly Token[] {
  const telling = tokens.filter(({ word }) => !isFunctionWord(word));
  return telling.filter(({ stem }) => telling.filter((each) => each.stem === stem).length === 1);
}

type Range = readonly [number, number];

/** Two stretches, each in the other's place, and what is between them and stays where it is. */
function exchangeIn(order: readonly number[]): readonly [Range, Range, Range] | undefined {
  const first = order.findIndex((place, at) => place !== at);
  if (first === -1) return undefined;
  const to = order.findLastIndex((place, at) => place !== at) + 1;
  const second = order[first] ?? 0;
  const middle = (order[to - 1] ?? 0) + 1;
  if (middle <= first || second <= middle) return undefined;
  const turned = [...range(second, to), ...range(middle, second), ...range(first, middle)];
  if (!turned.every((place, at) => order[first + at] === place)) return undefined;
  return [
    [first, middle],
    [middle, second],
    [second, to],
  ];
}

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);

/** Whether a stretch has the neighbour, before or behind, that another one has in the item. */
function takesThePlace(
  mine: readonly Token[],
  one: readonly Token[],
  theirs: readonly Token[],
  other: readonly Token[],
): boolean {
  const [before, behind] = neighboursOf(mine, one);
  const [left, right] = neighboursOf(theirs, other);
  return before === left || behind === right;
}

/** Before and behind; nothing at the edge. */
function neighboursOf(
  tokens: readonly Token[],
  part: readonly Token[],
): readonly [string | undefined, string | undefined] {
  const place = (token: Token | undefined): number => tokens.findIndex(({ stem }) => stem === token?.stem);
  return [tokens[place(part[0]) - 1]?.stem, tokens[place(part.at(-1)) + 1]?.stem];
}

/** "keys are compared with queries": what stands between is little else than what holds of both. */
const SHORT = 2;
/** What holds of both where it holds of one, in either order. */
const MUTUAL =
  /^(?:compar|connect|equal|differ|interact|correlat|combin(?!ation)|meet|met$|touch|relat(?!ion)|match|resembl|attract|repel|balanc|overlap|link|join|intersect|alternat|exchang|separat|distinguish|mix|bond|coincid|correspond|similar|alike|same$|identical|orthogonal|perpendicular|near|close|adjacent|together|between|beside|both$|mutual)/;

const LISTS = /^(?:and|or)$/;
const VERB = /(?:[^s]s|ed|ing)$/;

/** "a, b and c" are the same in any order: nothing stands between that ties one to the other. */
function isList(tokens: readonly Token[], one: readonly Token[], other: readonly Token[]): boolean {
  const [from, to] = [one.at(-1)?.end ?? 0, other[0]?.start ?? 0];
  const between = tokens.filter(({ start }) => start >= from && start < to);
  const ends = [from, ...between.map(({ end }) => end)];
  const isParted = [...between.map(({ start }) => start), to].some(
    (start, at) => start - (ends[at] ?? start) > 1,
  );
  const isListed = between.some(({ word }) => LISTS.test(word)) || isParted;
  return (
    isListed &&
    between.every(
      ({ word }, at) =>
        LISTS.test(word) ||
        DETERMINERS.has(word) ||
        !(isFunctionWord(word) || ORDERS.test(word) || takesAnObject(between, at)),
    )
  );
}

/** "splits the", "produces two": a verb, as it stands before what it is done to. */
function takesAnObject(tokens: readonly Token[], at: number): boolean {
  const [verb, next] = [tokens[at], tokens[at + 1]];
  if (verb === undefined || next === undefined || next.start - verb.end > 1) return false;
  return DETERMINERS.has(next.word) || next.value !== undefined || OBJECTS.test(next.word);
}

const OBJECTS = /^(?:all|both|many|more|less|fewer|only|it|them)$/;

/** "bias falls … and variance rises": what is said of each goes with it, unless one comes before the other. */
function areClauses(tokens: readonly Token[], one: readonly Token[], other: readonly Token[]): boolean {
  return (
    [one, other].every((part) => part.slice(1).some(({ word }) => VERB.test(word))) &&
    !tokens.some(({ word, start }) => ORDERS.test(word) && start < (other[0]?.start ?? 0))
  );
}

const ORDERS = /^(?:before|after|until|than|because|since)$/;
