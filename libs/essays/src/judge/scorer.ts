import type { Features } from '../match/features.js';

/** A logistic model of the chance that a stretch of an answer makes a rubric item's point. */
export interface Coefficients {
  /** Names these numbers; part of every suggestion, so that one is never read with another's meaning. */
  readonly scorer: string;
  readonly intercept: number;
  readonly weights: Readonly<Record<keyof Features, number>>;
  /** At least this chance is `likely-covered`. */
  readonly covered: number;
  /** The same for the only item of a question, in one wording: nothing else that such an answer says could be taken for it. */
  readonly alone: number;
  /** Below this chance nothing is shown. */
  readonly silent: number;
  /**
   * What share of the places with at least this chance, and less than the next step's, was covered on questions that the fit had not
   * seen; by rising chance, the first from the lowest chance on that is `likely-covered`.
   */
  readonly steps: readonly ConfidenceStep[];
  /** Whether the chances were compared with what held on questions that the fit had not seen. */
  readonly calibrated: boolean;
}

export interface ConfidenceStep {
  readonly from: number;
  readonly share: number;
}
