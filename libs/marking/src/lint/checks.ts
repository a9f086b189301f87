import { CHECKS, JUDGEMENTS } from '@tensormark/code-review';
import type { NotePath, SchemeNote } from './note.js';

/** Faults that have no check of their own: what PyTorch and Python raise, and code that cannot be read. */
const OTHERS = ['refused', 'syntax-error'];

/** Everything that code review finds, by the ids that a scheme may name. */
export const KNOWN_CHECKS: readonly string[] = [
  ...new Set([...CHECKS.map(({ id }) => id), ...JUDGEMENTS.map(({ id }) => id), ...OTHERS]),
].toSorted();

const KNOWN = new Set(KNOWN_CHECKS);

/** A note on a check that there is not, with the one that is spelled most alike; nothing where there is one. */
export function unknownCheck(id: string, path: NotePath, item?: string): SchemeNote[] {
  if (KNOWN.has(id)) return [];
  const [nearest] = [...KNOWN]
    .map((known) => ({ known, apart: differences(known, id) }))
    .filter(({ apart }) => apart <= Math.ceil(id.length / 4))
    .toSorted((one, other) => one.apart - other.apart);
  const meant = nearest === undefined ? '' : ` Perhaps "${nearest.known}" is meant.`;
  return [
    {
      check: 'unknown-check',
      path,
      ...(item !== undefined && { item }),
      says: `Code review has no check "${id}", so nothing will ever be found under that name.${meant}`,
    },
  ];
}

/** Levenshtein's distance. */
function differences(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [at, letter] of [...one].entries()) {
    const next = [at + 1];
    for (let to = 0; to < other.length; to += 1) {
      const changed = (row[to] ?? 0) + (letter === other[to] ? 0 : 1);
      next.push(Math.min(changed, (row[to + 1] ?? 0) + 1, (next[to] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
