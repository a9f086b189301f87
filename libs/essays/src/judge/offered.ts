import type { Reading } from '../meaning/reading.js';

/** Two things that a question lets choose between: "by rows or by columns". */
export interface Choice {
  readonly one: string;
  readonly other: string;
}

const NEAR = 3;

/** What stands right before and right behind "or"; a word that both have behind it is left aside: "a compile-time or a run-time error". */
export function choicesIn({ tokens, said }: Reading): readonly Choice[] {
  return tokens.flatMap(({ word }, at): Choice[] => {
    if (word !== 'or') return [];
    const before = said.filter((each) => each.to <= at && at - each.to < NEAR);
    const [right, head] = said.filter((each) => each.at > at && each.at - at <= NEAR + 1);
    const last = before.at(-1);
    const left = last !== undefined && last.unit === head?.unit ? before.at(-2) : last;
    if (left === undefined || right === undefined || left.unit === right.unit) return [];
    return [{ one: left.unit, other: right.unit }];
  });
}

/** Whether a sentence names what a statement does not choose. What it denies, or sets apart, it does not name. */
export function namesOther(choices: readonly Choice[], statement: Reading, sentence: Reading): boolean {
  const named = new Set(
    sentence.said.flatMap(({ unit, negated, clause }) =>
      negated || sentence.contrast[clause] === true ? [] : [unit],
    ),
  );
  return choices.some(({ one, other }) =>
    [
      { chosen: one, left: other },
      { chosen: other, left: one },
    ].some(
      ({ chosen, left }) => statement.units.has(chosen) && !statement.units.has(left) && named.has(left),
    ),
  );
}
