import type { Features } from '../match/features.js';

/** A logistic model of the chance that a stretch of an answer makes a rubric item's point. */
export interface Coefficients {
  /** Names these numbers; part of every suggestion, so that one is never read with another's meaning. */
  readonly scorer: string;
  readonly intercept: number;
  readonly weights: Readonly<Record<keyof Features, number>>;
  /** At least this chance is `likely-covered`. */
  readonly covered: number;
  /** Below this chance nothing is shown. */
  readonly silent: number;
  /** Whether the chances were compared with what held on questions that the fit had not seen. */
  readonly calibrated: boolean;
}
