import { AUXILIARIES } from '../text/function-words.js';
import type { Conflict } from './conflict.js';
import { labelsIn } from './labels.js';
import type { Reading } from './reading.js';

/** "three gates" against "two gates", unless the number wanted is there as well. */
export function otherCounts(statement: Reading, sentence: Reading): Conflict[] {
  return countsIn(statement).flatMap(({ value, of }): Conflict[] => {
    const counts = countsIn(sentence).filter((count) => count.of === of);
    const [other] = counts;
    const either = countsIn(statement).filter((count) => count.of === of);
    if (other === undefined || counts.some((count) => either.some((each) => each.value === count.value)))
      return [];
    return [{ kind: 'number', strength: 'strong', wanted: `${value} ${of}`, found: `${other.value} ${of}` }];
  });
}

function countsIn(reading: Reading): { value: number; of: string }[] {
  const { said, tokens } = reading;
  const labels = new Set(labelsIn(reading).map(({ at }) => at));
  return said.flatMap(({ value, at, clause }, index) => {
    if (value === undefined || labels.has(at) || tokens[at]?.word.endsWith('%') === true) return [];
    const counted = said
      .slice(index + 1, index + 3)
      .find((each) => each.clause === clause && each.value === undefined && each.at - at <= 3);
    if (counted === undefined || isNoCountOf(tokens, at, counted.at)) return [];
    return [{ value, of: counted.unit }];
  });
}

/** "at least one of the minerals" leaves open how many there are, and "4 and 5 are saturated" counts nothing. */
function isNoCountOf(tokens: Reading['tokens'], at: number, counted: number): boolean {
  const between = tokens.slice(at + 1, counted).map(({ word }) => word);
  return (
    (tokens[at - 1]?.word === 'least' && between[0] === 'of') || between.some((word) => AUXILIARIES.has(word))
  );
}
