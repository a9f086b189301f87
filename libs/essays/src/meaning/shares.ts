import type { Conflict, Core } from './conflict.js';
import type { Reading } from './reading.js';

/**
 * "A gives x, while B takes y" against "B gives x, while A takes y": what the statement says of two things, each in a clause of its
 * own, the sentence says of the other. Seen where two clauses of the sentence each mix what the statement keeps apart.
 */
export function exchangedShares(statement: Reading, sentence: Reading, core: Core): Conflict[] {
  const clauses = unitsByClause(statement, core);
  for (let one = 0; one < clauses.length; one++) {
    for (let other = one + 1; other < clauses.length; other++) {
      const found = exchanged(
        difference(clauses[one], clauses[other]),
        difference(clauses[other], clauses[one]),
        unitsByClause(sentence, core),
      );
      if (found !== undefined)
        return [{ kind: 'swapped', strength: 'strong', wanted: found.wanted, found: found.found }];
    }
  }
  return [];
}

type Units = ReadonlySet<string>;

function unitsByClause({ said, contrast }: Reading, core: Core): readonly Units[] {
  return contrast.map(
    (_, clause) =>
      new Set(said.flatMap((each) => (each.clause === clause && core.has(each.unit) ? [each.unit] : []))),
  );
}

function difference(one: Units = new Set(), other: Units = new Set()): Units {
  return new Set([...one].filter((unit) => !other.has(unit)));
}

function exchanged(
  left: Units,
  right: Units,
  clauses: readonly Units[],
): { wanted: string; found: string } | undefined {
  if (left.size === 0 || right.size === 0 || left.size + right.size < 3) return undefined;
  const mixed = clauses.map((units) => ({
    left: [...units].filter((unit) => left.has(unit)),
    right: [...units].filter((unit) => right.has(unit)),
  }));
  const strays = (mostly: 'left' | 'right', stray: 'left' | 'right') =>
    mixed.find((each) => each[stray].length > 0 && each[mostly].length > each[stray].length - 1);
  // One clause has something of the left among what is right's, another something of the right among what is left's.
  const one = strays('right', 'left');
  if (one === undefined) return undefined;
  const other = mixed.find(
    (each) =>
      each !== one &&
      each.right.length > 0 &&
      each.left.length > 0 &&
      each.right.every((unit) => !one.right.includes(unit)) &&
      each.left.every((unit) => !one.left.includes(unit)),
  );
  if (other === undefined) return undefined;
  return {
    wanted: `${[...left].join(', ')} / ${[...right].join(', ')}`,
    found: `${[...one.left, ...one.right].join(', ')} / ${[...other.left, ...other.right].join(', ')}`,
  };
}
