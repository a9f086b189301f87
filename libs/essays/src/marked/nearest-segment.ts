import { readSentence } from '../meaning/reading.js';
import { lexiconWith } from '../terms/lexicon.js';
import type { RubricPoint } from '../question.js';

/** A sentence that a marker accepted for a rubric item. */
export interface MarkedSegment {
  /** Names the answer that it stands in. */
  readonly answer: string;
  readonly item: string;
  /** What the item said when it was marked; a changed item makes it stale. */
  readonly said: string;
  readonly text: string;
}

export interface NearestSegment {
  readonly segment: MarkedSegment;
  /** Shared units over all units of both (Jaccard's index), from 0 to 1; no chance of anything. */
  readonly nearness: number;
}

/** Fewer marked answers than this say nothing. */
export const ENOUGH_ANSWERS = 5;
const NEAR = 0.4;

/**
 * The accepted sentence for an item that is nearest to a sentence of another answer, or nothing: where fewer than five answers are
 * marked for the item as it now reads, where none is near, or where one denies what the other affirms.
 */
export function nearestSegment(
  item: Pick<RubricPoint, 'id' | 'says'>,
  sentence: string,
  marked: readonly MarkedSegment[],
): NearestSegment | undefined {
  const current = marked.filter(({ item: id, said }) => id === item.id && said === item.says);
  if (new Set(current.map(({ answer }) => answer)).size < ENOUGH_ANSWERS) return undefined;
  const own = meaningOf(sentence);
  let best: NearestSegment | undefined;
  for (const segment of current) {
    const nearness = nearnessOf(own, meaningOf(segment.text));
    if (nearness >= NEAR && (best === undefined || nearness > best.nearness)) best = { segment, nearness };
  }
  return best;
}

interface Meant {
  readonly units: ReadonlySet<string>;
  readonly denies: boolean;
}

function meaningOf(text: string): Meant {
  const { units, denied, said } = readSentence(text, 0, lexiconWith());
  return { units, denies: denied.length > 0 || said.some(({ negated }) => negated) };
}

function nearnessOf(one: Meant, other: Meant): number {
  if (one.denies !== other.denies) return 0;
  const shared = [...one.units].filter((unit) => other.units.has(unit)).length;
  return shared / Math.max(1, one.units.size + other.units.size - shared);
}
