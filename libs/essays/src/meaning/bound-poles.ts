import type { Conflict } from './conflict.js';
import type { Reading, Said } from './reading.js';

/**
 * "high variance leads to overfitting and high bias to underfitting" against a sentence that has the bias with overfitting: of two
 * things that a statement binds to the two sides of an axis, a sentence names one, with the side of the other.
 */
export function exchangedBindings(statement: Reading, sentence: Reading): Conflict[] {
  return bindingsIn(statement).flatMap(({ axis, sides }): Conflict[] => {
    const signs = new Set(
      sentence.said.flatMap(({ pole }) =>
        pole?.axis === axis && pole.sign !== undefined ? [pole.sign] : [],
      ),
    );
    const [sign] = signs;
    if (sign === undefined || signs.size !== 1) return [];
    const [own, other] = sign === 1 ? sides : [sides[1], sides[0]];
    if (sentence.stems.has(own.stem) || !sentence.stems.has(other.stem)) return [];
    return [
      {
        kind: 'swapped',
        strength: 'weak',
        wanted: `${own.stem}: ${own.pole}`,
        found: `${other.stem}: ${own.pole}`,
      },
    ];
  });
}

interface Side {
  readonly stem: string;
  readonly pole: string;
}

/** By axis, the things that stand before its two sides, where each side is named once and by a word that is nothing but a side. */
function bindingsIn(statement: Reading): { axis: string; sides: readonly [Side, Side] }[] {
  const axes = new Set(statement.said.flatMap(({ pole }) => (pole === undefined ? [] : [pole.axis])));
  return [...axes].flatMap((axis) => {
    const uses = statement.said.filter(({ pole }) => pole?.axis === axis);
    const [plus, minus] = [1, -1].map((sign) => uses.filter(({ pole }) => pole?.sign === sign));
    const [up, down] = [plus?.[0], minus?.[0]];
    if (plus?.length !== 1 || minus?.length !== 1 || up === undefined || down === undefined) return [];
    const first = thingBefore(statement, up);
    const second = thingBefore(statement, down);
    if (first === undefined || second === undefined || first === second) return [];
    return [
      {
        axis,
        sides: [
          { stem: first, pole: up.unit },
          { stem: second, pole: down.unit },
        ] as const,
      },
    ];
  });
}

const REACH = 6;

/** The stem of the last word of the thing that stands before a side, in its clause and behind the other side. */
function thingBefore({ said, tokens }: Reading, side: Said): string | undefined {
  const found = said.findLast(
    (each) =>
      each.to <= side.at && side.at - each.to < REACH && (each.pole === undefined || each.source === 'field'),
  );
  return found === undefined || found.pole?.axis === side.pole?.axis ? undefined : tokens[found.to - 1]?.stem;
}
