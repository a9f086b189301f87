import { stemsOf } from '../terms/stems.js';
import type { Meaning } from '../terms/lexicon.js';
import { AXES } from './opposites.js';

/** A side of an axis of opposites. */
export interface Pole {
  readonly axis: string;
  readonly sign: 1 | -1;
}

const BY_UNIT = new Map<string, Pole>();
const BY_STEMS = new Map<string, Pole>();
for (const { name, plus, minus } of AXES) {
  BY_UNIT.set(`${name}+`, { axis: name, sign: 1 });
  BY_UNIT.set(`${name}-`, { axis: name, sign: -1 });
  for (const phrase of plus) add(phrase, { axis: name, sign: 1 });
  for (const phrase of minus) add(phrase, { axis: name, sign: -1 });
}

/** Who creates overfitting causes it; who makes a copy causes nothing. */
add('create', { axis: 'effect', sign: 1 });

function add(phrase: string, pole: Pole): void {
  const key = stemsOf(phrase).join(' ');
  if (!BY_STEMS.has(key)) BY_STEMS.set(key, pole);
}

/** The pole of a meaning; a negation turns it round. */
export function poleOf({ unit, source }: Meaning, negated: boolean): Pole | undefined {
  const pole = source === 'axis' ? BY_UNIT.get(unit) : BY_STEMS.get(stemsOf(unit).join(' '));
  if (pole === undefined || !negated) return pole;
  return { axis: pole.axis, sign: pole.sign === 1 ? -1 : 1 };
}

/** The side of an axis that a single word stands on, by its stem, whatever phrase it is a part of. */
export function poleOfStem(stem: string): Pole | undefined {
  return BY_STEMS.get(stem);
}

const NAMING: ReadonlySet<string> = new Set(
  AXES.flatMap(({ name, names }) => (names === true ? [`${name}+`, `${name}-`] : [])),
);

/** Whether a unit says which of two things is meant; only a negation right before it turns it round. */
export function isNaming(unit: string): boolean {
  return NAMING.has(unit);
}

export const BETWEEN: ReadonlySet<string> = new Set(
  AXES.flatMap(({ name, between }) => (between === true ? [name] : [])),
);
