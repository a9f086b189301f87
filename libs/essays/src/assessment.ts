import type { Features } from './match/features.js';
import type { Span } from './text/span.js';

export type Verdict = 'likely-covered' | 'unclear' | 'possible-conflict' | 'no-evidence-found';

/** What the machine makes of one rubric item: a place to look at, never marks. */
export interface Suggestion {
  readonly item: string;
  readonly verdict: Verdict;
  /** `answer.slice(start, end)` is the quote; none where nothing was found. */
  readonly span?: Span;
  /** The chance that the item is covered; only where it was calibrated for this scorer. */
  readonly confidence?: number;
  /** Full sentences for the marker. */
  readonly because: readonly string[];
  /** Which of the item's wordings it was held against. */
  readonly wording?: string;
  /** What the chance was computed from, whether nothing else spoke against it, and whether enough was said at all. */
  readonly features?: Features;
  readonly open?: boolean;
  readonly enough?: boolean;
}

export interface FoundMisconception {
  readonly misconception: string;
  readonly span: Span;
  /** How near the answer comes to it, from 0 to 1; no chance of anything. */
  readonly nearness: number;
}

export interface Assessment {
  /** Names the scorer and its coefficients. */
  readonly scorer: string;
  readonly suggestions: readonly Suggestion[];
  readonly misconceptions: readonly FoundMisconception[];
  /** What concerns the answer as a whole. */
  readonly notes: readonly string[];
}
