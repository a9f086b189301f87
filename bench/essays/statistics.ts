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

/** Confidences nearer to one another than this are one step, as fits without one question or another put it. */
const ONE_STEP = 0.03;

/**
 * The same of confidences that come in a few steps: in bins of what is said alike. A step of 0.90 is 0.895 or 0.905 as one question or
 * another is left out; an edge between would part the questions that hold less from those that hold more, and tell of an error where
 * there is none.
 */
export function stepError(said: readonly number[], held: readonly boolean[]): number {
  const sorted = said
    .map((confidence, at) => ({ confidence, held: held[at] === true }))
    .toSorted((one, other) => one.confidence - other.confidence);
  let error = 0;
  for (let from = 0; from < sorted.length;) {
    let to = from + 1;
    while (to < sorted.length && (sorted[to]?.confidence ?? 0) - (sorted[to - 1]?.confidence ?? 0) < ONE_STEP)
      to += 1;
    const bin = sorted.slice(from, to);
    const expected = mean(bin.map(({ confidence }) => confidence));
    const found = mean(bin.map((each) => (each.held ? 1 : 0)));
    error += (bin.length / sorted.length) * Math.abs(expected - found);
    from = to;
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
