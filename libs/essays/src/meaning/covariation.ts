import type { Conflict } from './conflict.js';
import { BETWEEN, isNaming } from './poles.js';
import type { Reading, Said } from './reading.js';

/** Two qualities that go together: "the tighter, the higher". Their signs alike or not is what it says. */
interface Bond {
  readonly axes: readonly [string, string];
  readonly alike: boolean;
  readonly words: string;
}

/** How a sentence binds the two qualities that a statement binds: as the statement does, the other way round, or not at all. */
export type Covariation =
  { readonly kind: 'agrees' | 'none' } | { readonly kind: 'against'; readonly conflict: Conflict };

/** "the tighter, the higher" is also said by "the looser, the lower", and denied by "the tighter, the lower". */
export function covariationOf(statement: Reading, sentence: Reading): Covariation {
  const wanted = polesOf(statement);
  const [one, other] = wanted;
  if (one?.pole === undefined || other?.pole === undefined || wanted.length !== 2) return { kind: 'none' };
  if (!isBound(one, other, statement)) return { kind: 'none' };
  const mine = bondOf(one, other, statement);
  const theirs = polesOf(sentence).filter(({ pole }) => pole !== undefined && mine.axes.includes(pole.axis));
  if (mine.axes[0] === mine.axes[1] && theirs.length !== 2) return { kind: 'none' };
  const bonds = bondsIn(theirs, mine, sentence);
  if (bonds.length === 0) return { kind: 'none' };
  const against = bonds.find(({ alike }) => alike !== mine.alike);
  return against === undefined
    ? { kind: 'agrees' }
    : {
        kind: 'against',
        conflict: { kind: 'swapped', strength: 'weak', wanted: mine.words, found: against.words },
      };
}

/** What ties one quality to another; "and" only puts them side by side. */
const TIES = new Set('when whenever if as because since with so therefore the makes make means'.split(' '));

function isBound(one: Said, other: Said, { tokens }: Reading): boolean {
  const before = tokens.slice(0, one.at).some(({ word }) => word !== 'the' && TIES.has(word));
  const between = tokens.slice(one.to, other.at);
  if (between.some(({ word }) => word === 'but' || word === 'while' || word === 'whereas')) return false;
  const ties = between.some(
    ({ word }, at) => TIES.has(word) && (word !== 'the' || at === between.length - 1),
  );
  return ties || (before && one.clause !== other.clause && !between.some(({ word }) => word === 'and'));
}

export function axesOf(statement: Reading): readonly string[] {
  return polesOf(statement).flatMap(({ pole }) => (pole === undefined ? [] : [pole.axis]));
}

function polesOf({ said }: Reading): readonly Said[] {
  return said.filter(({ pole, unit }) => pole !== undefined && !BETWEEN.has(pole.axis) && !isNaming(unit));
}

/** Neighbours are bound to each other, each one once. */
function bondsIn(poles: readonly Said[], mine: Bond, reading: Reading): readonly Bond[] {
  const bonds: Bond[] = [];
  for (let at = 0; at + 1 < poles.length; at++) {
    const one = poles[at];
    const other = poles[at + 1];
    if (one === undefined || other === undefined) break;
    const bond = bondOf(one, other, reading);
    const same =
      mine.axes.every((axis) => bond.axes.includes(axis)) &&
      bond.axes.every((axis) => mine.axes.includes(axis));
    if (!same || Math.abs(one.clause - other.clause) > 1) continue;
    bonds.push(bond);
    at += 1;
  }
  return bonds;
}

function bondOf(one: Said, other: Said, { tokens }: Reading): Bond {
  const words = [one, other].map(
    ({ at, to, negated }) =>
      `${negated ? 'not ' : ''}${tokens
        .slice(at, to)
        .map(({ word }) => word)
        .join(' ')}`,
  );
  return {
    axes: [one.pole?.axis ?? '', other.pole?.axis ?? ''],
    alike: one.pole?.sign === other.pole?.sign,
    words: words.join(' … '),
  };
}
