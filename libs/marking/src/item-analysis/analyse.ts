import { correlation, mean, variance } from './statistics.js';

/** What somebody has for one part: marks as a number, null where no person has decided yet. */
export interface PaperMarks {
  readonly marks: ReadonlyMap<string, number | null>;
}

export interface AnalysedPart {
  readonly part: string;
  readonly available: number;
  /** How many papers have a mark here. */
  readonly marked: number;
  readonly mean: number | null;
  readonly standardDeviation: number | null;
  /** Mean over what is available, 0 to 1: near 1 is easy. Also called difficulty index. */
  readonly facility: number | null;
  /**
   * Correlation of this part with the rest of the paper, without it: whether those who do well elsewhere do well here.
   * Null below ten whole papers, or where nothing varies.
   */
  readonly discrimination: number | null;
  /** Papers in each tenth of what is available, from nothing to all; full marks fall into the last. */
  readonly distribution: readonly number[];
}

export interface ItemAnalysis {
  /** Papers with a mark for each part: what all that follows but the parts rests on. */
  readonly papers: number;
  readonly available: number;
  readonly mean: number | null;
  readonly standardDeviation: number | null;
  /** Cronbach's alpha (1951): n/(n-1) · (1 - sum of the parts' variances / variance of the totals). */
  readonly reliability: number | null;
  /** How far a total may be off by chance: standard deviation · sqrt(1 - reliability), in marks. */
  readonly standardError: number | null;
  readonly distribution: readonly number[];
  readonly parts: readonly AnalysedPart[];
}

const TENTHS = 10;
/** Below this a correlation says more about chance than about a question. */
const FEWEST_PAPERS = 10;

/**
 * How the parts of an exam did as questions (classical test theory). Statistics are about marks and are none: they are
 * floats, and nothing is marked by them.
 */
export function analyseItems(
  parts: readonly { readonly part: string; readonly available: number }[],
  papers: readonly PaperMarks[],
): ItemAnalysis {
  const whole = papers.flatMap(({ marks }) => {
    const all = parts.map(({ part }) => marks.get(part) ?? null);
    const given = all.filter((each) => each !== null);
    return given.length === parts.length && parts.length > 0 ? [given] : [];
  });
  const totals = whole.map(sum);
  const available = sum(parts.map((each) => each.available));
  const reliability = alphaOf(whole, totals);
  const spread = deviation(totals);
  return {
    papers: whole.length,
    available,
    mean: mean(totals) ?? null,
    standardDeviation: spread,
    reliability,
    standardError:
      spread === null || reliability === null ? null : spread * Math.sqrt(Math.max(0, 1 - reliability)),
    distribution: distributionOf(totals, available),
    parts: parts.map(({ part, available: most }, at) => {
      const here = papers.flatMap(({ marks }) => marks.get(part) ?? []);
      const middle = mean(here) ?? null;
      return {
        part,
        available: most,
        marked: here.length,
        mean: middle,
        standardDeviation: deviation(here),
        facility: middle === null || most === 0 ? null : middle / most,
        discrimination: discriminationOf(whole, totals, at),
        distribution: distributionOf(here, most),
      };
    }),
  };
}

function discriminationOf(
  whole: readonly (readonly number[])[],
  totals: readonly number[],
  at: number,
): number | null {
  if (whole.length < FEWEST_PAPERS) return null;
  const pairs = whole.map((marks, row): [number, number] => {
    const here = marks[at] ?? 0;
    return [here, (totals[row] ?? 0) - here];
  });
  return correlation(pairs) ?? null;
}

function alphaOf(whole: readonly (readonly number[])[], totals: readonly number[]): number | null {
  const parts = whole[0]?.length ?? 0;
  const ofTotals = variance(totals);
  if (whole.length < FEWEST_PAPERS || parts < 2 || ofTotals === undefined || ofTotals === 0) return null;
  let ofParts = 0;
  for (let at = 0; at < parts; at += 1) ofParts += variance(whole.map((marks) => marks[at] ?? 0)) ?? 0;
  return (parts / (parts - 1)) * (1 - ofParts / ofTotals);
}

function distributionOf(values: readonly number[], available: number): number[] {
  const counts = Array.from({ length: TENTHS }, () => 0);
  for (const value of values) {
    const share = available === 0 ? 0 : value / available;
    const tenth = Math.min(TENTHS - 1, Math.max(0, Math.floor(share * TENTHS + 1e-9)));
    counts[tenth] = (counts[tenth] ?? 0) + 1;
  }
  return counts;
}

function deviation(values: readonly number[]): number | null {
  const squared = variance(values);
  return squared === undefined ? null : Math.sqrt(squared);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
