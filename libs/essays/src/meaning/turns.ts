import { BETWEEN } from './poles.js';
import type { Reading, Said } from './reading.js';
import { remembered } from './remembered.js';

/** A word of a pair of opposites as a sentence uses it, with what it is about. */
export interface Turn {
  readonly axis: string;
  readonly sign: 1 | -1;
  /** Its place among the tokens. */
  readonly at: number;
  /** The nearest things: what follows and what stands before. For "before" and "after" in their order. */
  readonly about: readonly string[];
  /** All else that its clause says. */
  readonly around: ReadonlySet<string>;
  readonly contrast: boolean;
  /** For the marker. */
  readonly words: string;
}

const FAR = 6;

export const turnsIn = remembered(({ said, contrast, tokens }: Reading): readonly Turn[] =>
  said.flatMap((word, index): Turn[] => {
    if (word.pole === undefined) return [];
    const { axis, sign } = word.pole;
    const before = nearest(said, index, -1, word);
    const after = nearest(said, index, 1, word);
    const about = BETWEEN.has(axis) ? [before, after] : [after, before];
    const around = said.filter(
      (each) =>
        each.clause === word.clause && each !== word && (each.pole === undefined || each.source === 'field'),
    );
    const written = tokens.slice(word.at, word.to).map((token) => token.word);
    return [
      {
        axis,
        sign,
        at: word.at,
        about: about.flatMap((each) => (each === undefined ? [] : [each.unit])),
        around: new Set(around.map(({ unit }) => unit)),
        contrast: contrast[word.clause] === true,
        words: `${word.negated ? 'not ' : ''}${written.join(' ')}`,
      },
    ];
  }),
);

function nearest(said: readonly Said[], index: number, step: 1 | -1, from: Said): Said | undefined {
  for (let at = index + step; at >= 0 && at < said.length; at += step) {
    const found = said[at];
    if (found === undefined || found.clause !== from.clause || Math.abs(found.at - from.at) > FAR)
      return undefined;
    if (found.pole === undefined || found.source === 'field') return found;
  }
  return undefined;
}
