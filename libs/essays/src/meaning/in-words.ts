import { AXES } from './opposites.js';

const WORDS = new Map<string, string>(
  AXES.flatMap(({ name, plus, minus }) => [
    [`${name}+`, plus[0] ?? name] as const,
    [`${name}-`, minus[0] ?? name] as const,
  ]),
);
/** The longest first, so that "hardness of things" is not taken for "hardness". */
const POLES = new RegExp(
  [...WORDS.keys()]
    .toSorted((one, other) => other.length - one.length)
    .map((unit) => unit.replace('+', '\\+'))
    .join('|'),
  'g',
);

/** What the tables call `time+` as people say it: "early". Everything else stays as it is. */
export function inWords(units: string): string {
  return units.replaceAll(POLES, (unit) => WORDS.get(unit) ?? unit);
}
