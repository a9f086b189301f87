import type { Marks } from '../marks.js';

/** A marked answer that may be in a sample. */
export interface SampleCandidate {
  readonly id: string;
  readonly marks: Marks;
  readonly available: Marks;
  /** Its paper comes out close to a grade boundary. */
  readonly nearBoundary: boolean;
  readonly fails: boolean;
}

/** Why an answer is in a sample; `spread`: for what its marks are among the others. */
export type SampleReason = 'highest' | 'lowest' | 'boundary' | 'fail' | 'spread';

/**
 * A sample over the whole range of what somebody gave: the highest and the lowest, then up to a quarter each of papers near
 * a boundary and of fails, the rest evenly over the marks, as shares of what was available. `chance` is a number in words for
 * each id, the same at any time: by it, and by nothing else, is chosen between answers that are alike.
 */
export function sampleOf(
  candidates: readonly SampleCandidate[],
  size: number,
  chance: (id: string) => string,
): { readonly id: string; readonly as: SampleReason }[] {
  const byChance = candidates
    .map((candidate) => ({ candidate, lot: chance(candidate.id) }))
    .toSorted(
      (one, other) => compareWords(one.lot, other.lot) || compareWords(one.candidate.id, other.candidate.id),
    )
    .map(({ candidate }) => candidate);
  // Stable: those with the same share stay in the order of chance.
  const byShare = byChance.toSorted(compareShares);
  const wanted = Math.max(0, Math.min(Math.trunc(size), candidates.length));
  const chosen = new Map<string, SampleReason>();
  const take = (from: readonly SampleCandidate[], most: number, as: SampleReason) => {
    let left = Math.min(most, wanted - chosen.size);
    for (const { id } of from) {
      if (left <= 0) return;
      if (chosen.has(id)) continue;
      chosen.set(id, as);
      left -= 1;
    }
  };
  const highest = byShare.at(-1);
  // Of equals the first by chance.
  take(
    highest === undefined ? [] : byChance.filter((each) => compareShares(each, highest) === 0),
    1,
    'highest',
  );
  take(byShare, 1, 'lowest');
  const quarter = Math.ceil(wanted / 4);
  take(
    byChance.filter(({ nearBoundary }) => nearBoundary),
    quarter,
    'boundary',
  );
  take(
    byChance.filter(({ fails }) => fails),
    quarter,
    'fail',
  );
  const rest = byShare.filter(({ id }) => !chosen.has(id));
  const bins = wanted - chosen.size;
  const spread = Array.from({ length: bins }, (_, bin) => {
    const [from, to] = [Math.floor((bin * rest.length) / bins), Math.floor(((bin + 1) * rest.length) / bins)];
    const members = new Set(rest.slice(from, to).map(({ id }) => id));
    return byChance.filter(({ id }) => members.has(id)).slice(0, 1);
  }).flat();
  take(spread, bins, 'spread');
  return [...chosen].map(([id, as]) => ({ id, as }));
}

function compareShares(one: SampleCandidate, other: SampleCandidate): number {
  const difference = one.marks * other.available - other.marks * one.available;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function compareWords(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
