import { DETERMINERS, isFunctionWord } from '../text/function-words.js';
import type { Token } from '../text/tokens.js';
import type { Conflict } from './conflict.js';
import type { Reading } from './reading.js';

/** So much of the words, the small ones too, has to be the same: who says a thing in other words uses other small ones. */
const SAME_WORDS = 0.8;
/** Two things and what stands between them. */
const FEW = 3;
/** "keys are compared with queries": what stands between is little else than what holds of both. */
const SHORT = 2;

/**
 * "removes units in training and keeps them at test time" against "keeps units in training and removes them at test time": hardly any
 * other words than the item's, two of them in each other's place, and what ties them where it was.
 */
export function transposed({ tokens: wanted }: Reading, { tokens }: Reading): Conflict[] {
  if (alike(wanted, tokens) < SAME_WORDS) return [];
  const told = onceIn(tokens);
  const mine = onceIn(wanted).filter(({ stem }) => told.some((each) => each.stem === stem));
  const stems = mine.map(({ stem }) => stem);
  const order = told.map(({ stem }) => stems.indexOf(stem)).filter((place) => place !== -1);
  const exchange = order.length < FEW ? undefined : exchangeIn(order);
  if (exchange === undefined) return [];
  const { first, second } = exchange;
  const [one, other] = [mine[first], mine[second]];
  if (one === undefined || other === undefined || isList(wanted, one, other)) return [];
  const between = stems.slice(first + 1, second);
  if (between.length <= SHORT && between.some((stem) => MUTUAL.test(stem))) return [];
  const said = (...words: readonly string[]): string => words.join(' … ');
  return [
    {
      kind: 'swapped',
      strength: 'weak',
      wanted: said(one.word, ...between.slice(0, 1), other.word),
      found: said(other.word, ...between.slice(0, 1), one.word),
    },
  ];
}

/** Dice's coefficient of the words without articles, from 0 to 1. */
function alike(one: readonly Token[], other: readonly Token[]): number {
  const [left, right] = [one, other].map((tokens) =>
    tokens.filter(({ word }) => !DETERMINERS.has(word)).map(({ stem }) => stem),
  );
  const free = [...(left ?? [])];
  let common = 0;
  for (const stem of right ?? []) {
    const at = free.indexOf(stem);
    if (at === -1) continue;
    free.splice(at, 1);
    common += 1;
  }
  return (2 * common) / Math.max(1, (left?.length ?? 0) + (right?.length ?? 0));
}

/** Words that say something, and stand there once. */
function onceIn(tokens: readonly Token[]): readonly Token[] {
  const telling = tokens.filter(({ word }) => !isFunctionWord(word));
  return telling.filter(({ stem }) => telling.filter((each) => each.stem === stem).length === 1);
}

/** Where the two stretches begin that stand in each other's place, what is between them staying where it is. */
function exchangeIn(
  order: readonly number[],
): { readonly first: number; readonly second: number } | undefined {
  const first = order.findIndex((place, at) => place !== at);
  const to = order.findLastIndex((place, at) => place !== at) + 1;
  if (first === -1) return undefined;
  const second = order[first] ?? 0;
  const middle = (order[to - 1] ?? 0) + 1;
  if (middle <= first || second <= middle) return undefined;
  const turned = [...range(second, to), ...range(middle, second), ...range(first, middle)];
  return turned.every((place, at) => order[first + at] === place) ? { first, second } : undefined;
}

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);

/** What holds of both where it holds of one, in either order. */
const MUTUAL =
  /^(?:compar|connect|equal|differ|interact|correlat|combin|meet|met$|touch|relat|match|resembl|attract|repel|balanc|overlap|link|join|intersect|alternat|exchang|separat|distinguish|mix|bond|coincid|correspond|similar|alike|same$|identical|orthogonal|perpendicular|near|close|adjacent|together|between|beside|both$|mutual)/;

const LISTS = /^(?:and|or|the|a|an)$/;
const VERB = /(?:[^s]s|ed|ing)$/;

/** "a, b and c" are the same in any order: nothing stands between that ties one to the other. */
function isList(tokens: readonly Token[], one: Token, other: Token): boolean {
  const between = tokens.filter(({ start }) => start > one.start && start < other.start);
  return !between.some(({ word }) => !LISTS.test(word) && (isFunctionWord(word) || VERB.test(word)));
}
