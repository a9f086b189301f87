import { DETERMINERS, isFunctionWord } from '../text/function-words.js';
import type { Token } from '../text/tokens.js';
import type { Conflict } from './conflict.js';
import type { Reading } from './reading.js';

/**
 * "removes units in training and keeps them at test time" against "keeps them in training and removes units at test time": the item's own
 * words, the small ones too, where two things stand in each other's place and what ties them stays.
 */
export function transposed({ tokens: wanted }: Reading, { tokens }: Reading): Conflict[] {
  const mine = wanted.filter(({ word }) => !DETERMINERS.has(word));
  const theirs = tokens.filter(({ word }) => !DETERMINERS.has(word));
  const order = orderOf(mine, theirs);
  const exchange = order === undefined ? undefined : exchangeIn(order);
  if (exchange === undefined) return [];
  const { from, first, second, to } = exchange;
  const tie = mine.slice(first, second);
  if (!ties(tie) || mine.some(isMutual) || isParted(wanted, mine[from], mine[to - 1])) return [];
  const said = (part: readonly Token[]): string => part.map(({ word }) => word).join(' ');
  return [
    {
      kind: 'swapped',
      strength: 'weak',
      wanted: said(mine.slice(from, to)),
      found: said(
        order?.slice(from, to).flatMap((at) => {
          const token = mine[at];
          return token === undefined ? [] : [token];
        }) ?? [],
      ),
    },
  ];
}

/** Where each word of the sentence stands in the item; nothing where they are not the same words. */
function orderOf(mine: readonly Token[], theirs: readonly Token[]): readonly number[] | undefined {
  if (mine.length !== theirs.length) return undefined;
  const free = new Set(mine.keys());
  const places = theirs.map(({ stem }, at) => {
    // A word that stands where it stood has not moved.
    const same =
      mine[at]?.stem === stem && free.has(at) ? at : [...free].find((each) => mine[each]?.stem === stem);
    if (same !== undefined) free.delete(same);
    return same;
  });
  return places.every((place) => place !== undefined) ? places : undefined;
}

/** The two stretches that stand in each other's place, with what stays between them: in the item they begin at `from` and `second`. */
function exchangeIn(
  order: readonly number[],
):
  | { readonly from: number; readonly first: number; readonly second: number; readonly to: number }
  | undefined {
  const from = order.findIndex((place, at) => place !== at);
  const to = order.findLastIndex((place, at) => place !== at) + 1;
  if (from === -1) return undefined;
  const second = order[from] ?? 0;
  const length = to - second;
  const first = (order[to - 1] ?? 0) + 1;
  const middle = second - first;
  if (length <= 0 || middle <= 0 || first <= from) return undefined;
  const turned = [...range(second, to), ...range(first, second), ...range(from, first)];
  return turned.every((place, at) => order[from + at] === place) ? { from, first, second, to } : undefined;
}

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);

/** What ties two things so that it matters which stands first: a verb or a preposition, not "and". */
function ties(tie: readonly Token[]): boolean {
  return tie.some(({ word }) => !LISTS.test(word) && (isFunctionWord(word) || VERB.test(word)));
}

const LISTS = /^(?:and|or)$/;
const VERB = /(?:[^s]s|ed|ing)$/;

/** What holds of both where it holds of one, in either order. */
const MUTUAL =
  /^(?:compar|connect|equal|differ|interact|correlat|combin|meet|met$|touch|relat|match|resembl|attract|repel|balanc|overlap|link|join|intersect|alternat|exchang|separat|distinguish|mix|bond|coincid|correspond|similar|alike|same$|identical|parallel|independen|orthogonal|perpendicular|near|close|adjacent|together|between|beside|both$|each$|other$|mutual)/;

function isMutual({ word }: Token): boolean {
  return MUTUAL.test(word);
}

/** "a, b and c" are the same in any order: more than a space stands between two of their words. */
function isParted(tokens: readonly Token[], from: Token | undefined, to: Token | undefined): boolean {
  if (from === undefined || to === undefined) return true;
  return tokens.some(
    ({ start }, at) => start > from.start && start <= to.start && start - (tokens[at - 1]?.end ?? start) > 1,
  );
}
