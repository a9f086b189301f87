import type { Conflict } from './conflict.js';
import type { Reading } from './reading.js';

/** What claims something of every case. */
const ALL = new Set(
  'all any anywhere every everywhere always whatever whenever wherever regardless irrespective independently each'.split(
    ' ',
  ),
);
/** What ties it to some of them, after "only". */
const SOME = new Set('if when where while at in for within'.split(' '));
const REACH = 3;

/** "wherever it appears" against "only if it appears there": what holds always is not said by what holds sometimes. */
export function restrictions({ tokens: wanted }: Reading, { tokens }: Reading): Conflict[] {
  const all = wanted.find(({ word }) => ALL.has(word));
  if (all === undefined || wanted.some(({ word }) => word === 'only')) return [];
  const tied = tokens.flatMap(({ word }, at) => {
    if (word !== 'only' || tokens[at - 1]?.word === 'not') return [];
    const some = tokens.slice(at + 1, at + 1 + REACH).find((each) => SOME.has(each.word));
    return some === undefined ? [] : [some.word];
  });
  return tied.map((some) => ({
    kind: 'opposite',
    strength: 'weak',
    wanted: all.word,
    found: `only … ${some}`,
  }));
}
