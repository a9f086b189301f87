import type { Evidence } from '../proposal.js';

const MOST_MENTIONS = 6;

/**
 * The places where an answer uses an item's terms, whole words only and blind to case and hyphens, each as the span of
 * the term. A mention is a place to look at, never a mark.
 */
export function mentionsOf(item: { id: string; terms: readonly string[] }, answer: string): Evidence[] {
  const found: { start: number; end: number; term: string }[] = [];
  for (const term of item.terms) {
    for (const match of answer.matchAll(patternOf(term))) {
      found.push({ start: match.index, end: match.index + match[0].length, term });
      if (found.length > 200) break;
    }
  }
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const evidence: Evidence[] = [];
  let covered = -1;
  for (const { start, end, term } of found) {
    if (start < covered) continue;
    covered = end;
    evidence.push({ kind: 'mention', item: item.id, span: { start, end }, says: `Speaks of "${term}".` });
    if (evidence.length === MOST_MENTIONS) break;
  }
  return evidence;
}

function patternOf(term: string): RegExp {
  const words = term
    .split(/[\s-]+/)
    .filter((word) => word !== '')
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(
    `(?<![\\p{L}\\p{N}])${words.join('[\\s\\u00ad-]{0,3}')}(?:s|es)?(?![\\p{L}\\p{N}])`,
    'giu',
  );
}
