import { COUNTERPARTS } from './counterparts.js';
import type { Reading, Said } from './reading.js';
import { remembered } from './remembered.js';

/** What a clause says of each thing of one group: the words that stand nearest to it. */
export type Roles = ReadonlyMap<string, ReadonlySet<string>>;

const GROUPS = COUNTERPARTS.map((group) => new Set(group));

/** For each group of counterparts that a statement speaks of, what it says of each of them. */
export const rolesIn = remembered((reading: Reading): ReadonlyMap<ReadonlySet<string>, Roles> => {
  const found = new Map<ReadonlySet<string>, Roles>();
  for (const group of GROUPS) {
    if (reading.said.some(({ unit }) => group.has(unit))) found.set(group, rolesOf(group, reading));
  }
  return found;
});

/** "recall matters when a miss is dangerous": what a clause that hangs on another says, it says of what stands there. */
const SUBORDINATES = new Set(['when', 'if', 'where', 'whenever']);

function isSubordinate(tokens: Reading['tokens'], clauseOf: Reading['clauseOf'], clause: number): boolean {
  return SUBORDINATES.has(tokens[clauseOf.indexOf(clause)]?.word ?? '');
}

function rolesOf(group: ReadonlySet<string>, { said, contrast, tokens, clauseOf }: Reading): Roles {
  const ruling = ({ clause }: Said): readonly Said[] =>
    said.filter((each) => group.has(each.unit) && each.clause === clause - 1).slice(-1);
  const roles = new Map<string, Set<string>>();
  for (const { unit } of said) if (group.has(unit) && !roles.has(unit)) roles.set(unit, new Set());
  for (const word of said) {
    if (group.has(word.unit) || contrast[word.clause] === true) continue;
    const own = said.filter(({ unit, clause }) => group.has(unit) && clause === word.clause);
    const inClause = own.length > 0 || !isSubordinate(tokens, clauseOf, word.clause) ? own : ruling(word);
    const passive = tokens[word.to]?.word === 'by' || tokens[word.to + 1]?.word === 'by';
    const before = inClause.filter(({ at }) => at < word.at).at(-1);
    const after = inClause.find(({ at }) => at > word.at);
    const subject = passive ? (after ?? before) : (before ?? after);
    if (subject !== undefined) roles.get(subject.unit)?.add(word.unit);
  }
  return roles;
}
