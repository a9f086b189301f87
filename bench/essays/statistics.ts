/** Pearson's correlation of two lists of the same length; 0 where one of them never changes. */
export function pearson(a: readonly number[], b: readonly number[]): number {
  const meanA = mean(a);
  const meanB = mean(b);
  let both = 0;
  let ownA = 0;
  let ownB = 0;
  a.forEach((value, at) => {
    const x = value - meanA;
    const y = (b[at] ?? 0) - meanB;
    both += x * y;
    ownA += x * x;
    ownB += y * y;
  });
  return ownA === 0 || ownB === 0 ? 0 : both / Math.sqrt(ownA * ownB);
}

export function mean(all: readonly number[]): number {
  return all.length === 0 ? Number.NaN : all.reduce((sum, each) => sum + each, 0) / all.length;
}

/**
 * Expected calibration error: in bins of equal width, how far the mean chance lies from the share that held, weighted by the number
 * in each bin.
 */
export function calibrationError(chances: readonly number[], held: readonly boolean[], bins = 10): number {
  let error = 0;
  for (let bin = 0; bin < bins; bin++) {
    const inBin = chances.flatMap((chance, at) =>
      Math.min(bins - 1, Math.floor(chance * bins)) === bin ? [{ chance, held: held[at] === true }] : [],
    );
    if (inBin.length === 0) continue;
    const expected = mean(inBin.map(({ chance }) => chance));
    const found = mean(inBin.map((each) => (each.held ? 1 : 0)));
    error += (inBin.length / chances.length) * Math.abs(expected - found);
  }
  return error;
}

/** A stream of numbers from 0 to 1 that a seed determines (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The middle 95 % of a measure over resamples of whole groups: questions differ more than answers to one do. */
export function interval<Group>(
  groups: readonly Group[],
  measure: (sample: readonly Group[]) => number,
  rounds = 1000,
): readonly [number, number] {
  const random = seeded(20_251);
  const found = Array.from({ length: rounds }, () =>
    measure(groups.flatMap(() => groups[Math.floor(random() * groups.length)] ?? [])),
  )
    .filter((each) => Number.isFinite(each))
    .toSorted((a, b) => a - b);
  const at = (share: number): number =>
    found[Math.min(found.length - 1, Math.floor(share * found.length))] ?? Number.NaN;
  return [at(0.025), at(0.975)];
}
