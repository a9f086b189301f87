import type { ExamSums, MarkSums, PartSums } from './mark-sums.js';
import { correlation, deviation, mean, scatter } from './statistics.js';

/** In marks; the median of an even number of papers lies between the two in the middle. */
export interface MarkRange {
  readonly lowest: number;
  readonly median: number;
  readonly highest: number;
}

export interface AnalysedPart {
  readonly part: string;
  readonly available: number;
  /** How many papers have a mark here. */
  readonly marked: number;
  readonly mean: number | null;
  readonly standardDeviation: number | null;
  readonly range: MarkRange | null;
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
  readonly range: MarkRange | null;
  /** Cronbach's alpha (1951): n/(n-1) · (1 - sum of the parts' variances / variance of the totals). */
  readonly reliability: number | null;
  /** How far a total may be off by chance: standard deviation · sqrt(1 - reliability), in marks. */
  readonly standardError: number | null;
  readonly distribution: readonly number[];
  readonly parts: readonly AnalysedPart[];
}

/** Below this a correlation says more about chance than about a question. */
const FEWEST_PAPERS = 10;
const THOUSAND = 1000;

/**
 * How the parts of an exam did as questions (classical test theory), of marks that have been added up. Statistics are about marks and
 * are none: they are floats, and nothing is marked by them.
 */
export function analyseItems({ parts, totals }: ExamSums): ItemAnalysis {
  const reliability = alphaOf(parts, totals);
  const spread = inMarks(deviation(totals.count, totals));
  return {
    papers: totals.count,
    available: Number(parts.reduce((sum, each) => sum + each.available, 0n)) / THOUSAND,
    mean: inMarks(mean(totals.count, totals)),
    standardDeviation: spread,
    range: rangeInMarks(totals),
    reliability,
    standardError:
      spread === null || reliability === null ? null : spread * Math.sqrt(Math.max(0, 1 - reliability)),
    distribution: totals.tenths,
    parts: parts.map((each) => {
      const available = Number(each.available) / THOUSAND;
      const middle = inMarks(mean(each.count, each));
      return {
        part: each.part,
        available,
        marked: each.count,
        mean: middle,
        standardDeviation: inMarks(deviation(each.count, each)),
        range: rangeInMarks(each),
        facility: middle === null || available === 0 ? null : middle / available,
        discrimination: discriminationOf(each, totals),
        distribution: each.tenths,
      };
    }),
  };
}

/** With the total less the part itself: Σ(t - x) = Σt - Σx, Σ(t - x)² = Σt² - 2Σxt + Σx² and Σx(t - x) = Σxt - Σx². */
function discriminationOf({ ofWhole: here }: PartSums, totals: MarkSums): number | null {
  if (totals.count < FEWEST_PAPERS) return null;
  const rest = {
    sum: totals.sum - here.sum,
    squares: totals.squares - 2n * here.withTotal + here.squares,
  };
  return correlation(totals.count, here, rest, here.withTotal - here.squares) ?? null;
}

function alphaOf(parts: readonly PartSums[], totals: MarkSums): number | null {
  const ofTotals = scatter(totals.count, totals);
  if (totals.count < FEWEST_PAPERS || parts.length < 2 || ofTotals === 0n) return null;
  const ofParts = parts.reduce((sum, { ofWhole }) => sum + scatter(totals.count, ofWhole), 0n);
  return (parts.length / (parts.length - 1)) * (1 - Number(ofParts) / Number(ofTotals));
}

function rangeInMarks({ range }: MarkSums): MarkRange | null {
  if (range === null) return null;
  const { lowest, median, highest } = range;
  return { lowest: lowest / THOUSAND, median: median / THOUSAND, highest: highest / THOUSAND };
}

function inMarks(thousandths: number | undefined): number | null {
  return thousandths === undefined ? null : thousandths / THOUSAND;
}
