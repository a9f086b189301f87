import { CHECKS, didYouMean, JUDGEMENTS } from '@tensormark/code-review';
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
  const nearest = didYouMean(id, KNOWN);
  const meant = nearest === undefined ? '' : ` Perhaps "${nearest}" is meant.`;
  return [
    {
      check: 'unknown-check',
      path,
      ...(item !== undefined && { item }),
      says: `Code review has no check "${id}", so nothing will ever be found under that name.${meant}`,
    },
  ];
}
