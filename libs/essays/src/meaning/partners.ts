import { PREPOSITIONS } from '../text/function-words.js';
import type { Conflict, Core } from './conflict.js';
import type { Reading, Said } from './reading.js';

/**
 * "the product of the error and the input" against "the product of the error and the weights": of two things that a preposition takes
 * together, a sentence takes one, and another for the other.
 */
export function otherPartners(statement: Reading, sentence: Reading, core: Core): Conflict[] {
  const theirs = pairsIn(sentence);
  return pairsIn(statement).flatMap((mine): Conflict[] => {
    const units = mine.map(({ unit }) => unit);
    if (units.some((unit) => !core.has(unit))) return [];
    const kept = theirs.filter((pair) => pair.some(({ unit }) => units.includes(unit)));
    const [other] = kept;
    if (other === undefined || kept.some((pair) => units.every((unit) => pair.some((e) => e.unit === unit))))
      return [];
    const missing = units.find((unit) => !other.some((each) => each.unit === unit)) ?? '';
    const found = other.find((each) => !units.includes(each.unit))?.unit ?? '';
    if (
      sentence.units.has(missing) ||
      !statement.said.some(({ unit, to }) => unit === found && to < mine[0].at)
    )
      return [];
    return [
      {
        kind: 'swapped',
        strength: 'weak',
        wanted: units.join(' and '),
        found: other.map(({ unit }) => unit).join(' and '),
      },
    ];
  });
}

/** Two things with nothing but "and" and an article between them, behind a preposition: "of the error and the input". */
function pairsIn({ said, tokens }: Reading): readonly (readonly [Said, Said])[] {
  return said.flatMap((one, index): [Said, Said][] => {
    const other = said[index + 1];
    if (other === undefined || one.pole !== undefined || other.pole !== undefined) return [];
    const between = tokens.slice(one.to, other.at).map(({ word }) => word);
    if (
      between[0] !== 'and' ||
      between.slice(1).some((word) => word !== 'the' && word !== 'a' && word !== 'an')
    )
      return [];
    const before = tokens.slice(Math.max(0, one.at - 2), one.at).map(({ word }) => word);
    return before.some((word) => PREPOSITIONS.has(word)) ? [[one, other]] : [];
  });
}
