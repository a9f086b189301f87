import type { Conflict, Core } from './conflict.js';
import type { Reading } from './reading.js';
import { stemsOf } from '../terms/stems.js';

/** Of each list, one thing is said where another is not: "added" is not "multiplied", "solid" not "liquid". */
const ALTERNATIVES: readonly (readonly string[])[] = [
  ['add', 'multiply', 'subtract', 'divide', 'concatenate'],
  ['solid', 'liquid', 'vapour'],
  ['left', 'right'],
  ['north', 'south', 'east', 'west'],
  ['row', 'column'],
  ['read', 'write'],
  ['integer', 'float', 'string'],
  ['melt', 'freeze'],
  ['evaporate', 'condense'],
  ['conductor', 'insulator'],
  ['compile time', 'run time'],
  ['constant time', 'linear time', 'logarithmic', 'quadratic time'],
  ['stack', 'queue', 'array', 'linked list'],
  ['inherit', 'overload'],
  ['client', 'server'],
  ['sender', 'receiver'],
  ['main memory', 'disk'],
  ['last in first out', 'first in first out'],
];

const GROUPS = ALTERNATIVES.map((group) => group.map((name) => ({ name, stem: stemsOf(name).join(' ') })));

export function alternatives(statement: Reading, sentence: Reading, core: Core): Conflict[] {
  return GROUPS.flatMap((group): Conflict[] => {
    const [mine, ...others] = group.filter((each) => says(statement, each));
    if (mine === undefined || others.length > 0) return [];
    const [theirs, ...more] = group.filter((each) => says(sentence, each));
    if (theirs === undefined || more.length > 0) return [];
    if (mine.name === theirs.name || !carries(statement, mine, core)) return [];
    return [{ kind: 'opposite', strength: 'weak', wanted: mine.name, found: theirs.name }];
  });
}

interface Alternative {
  readonly name: string;
  readonly stem: string;
}

function says({ said, tokens }: Reading, { name, stem }: Alternative): boolean {
  const isDenied = (at: number): boolean =>
    said.some((each) => each.at <= at && at < each.to && each.negated);
  return (
    said.some(({ unit, negated }) => !negated && unit === name) ||
    tokens.some((token, at) => token.stem === stem && !isDenied(at))
  );
}

/** Whether the statement would be another without it. */
function carries({ said, tokens }: Reading, { name, stem }: Alternative, core: Core): boolean {
  return said.some(
    ({ unit, at, to }) =>
      core.has(unit) && (unit === name || tokens.slice(at, to).some((token) => token.stem === stem)),
  );
}
