import type { Conflict } from './conflict.js';
import type { Reading } from './reading.js';

/** "without a base case" against "with a base case": the same thing, there and not there. */
export function withAgainstWithout(statement: Reading, sentence: Reading): Conflict[] {
  const mine = thingsOf(statement);
  const theirs = thingsOf(sentence);
  return [...mine].flatMap(([thing, word]): Conflict[] => {
    const other = theirs.get(thing);
    if (other === undefined || other === word) return [];
    return [{ kind: 'negation', strength: 'weak', wanted: `${word} ${thing}`, found: `${other} ${thing}` }];
  });
}

/** What stands right after "with" or "without"; a thing after both tells nothing. */
function thingsOf({ tokens, said }: Reading): Map<string, string> {
  const things = new Map<string, string>();
  const both = new Set<string>();
  tokens.forEach(({ word }, at) => {
    if (word !== 'with' && word !== 'without') return;
    const thing = said.find((each) => each.at > at && each.at <= at + REACH);
    if (thing === undefined) return;
    const isNone = tokens[at + 1]?.word === 'no';
    const meant = (word === 'with') !== isNone ? 'with' : 'without';
    if (things.has(thing.unit) && things.get(thing.unit) !== meant) both.add(thing.unit);
    things.set(thing.unit, meant);
  });
  for (const thing of both) things.delete(thing);
  return things;
}

const REACH = 3;
