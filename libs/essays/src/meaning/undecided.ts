import type { Conflict } from './conflict.js';
import type { Reading } from './reading.js';

/** "higher or lower": who names both sides of what a statement decides has not said it. */
export function undecided(statement: Reading, { said, tokens }: Reading): Conflict[] {
  return said.flatMap((one, index): Conflict[] => {
    const other = said[index + 1];
    if (one.pole === undefined || other?.pole === undefined || one.pole.axis !== other.pole.axis) return [];
    const isEither = other.at - one.to === 1 && tokens[one.to]?.word === 'or';
    if (!isEither || one.pole.sign === other.pole.sign) return [];
    const wanted = statement.said.filter(({ pole }) => pole?.axis === one.pole?.axis);
    const [decided] = wanted;
    if (decided === undefined || wanted.some(({ pole }) => pole?.sign !== decided.pole?.sign)) return [];
    const words = (at: number, to: number): string =>
      tokens
        .slice(at, to)
        .map(({ word }) => word)
        .join(' ');
    return [{ kind: 'opposite', strength: 'weak', wanted: decided.unit, found: words(one.at, other.to) }];
  });
}
