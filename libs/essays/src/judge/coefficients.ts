import type { Coefficients } from './scorer.js';

/**
 * Fitted by bench/essays/fit.ts on 456 places of three sets of questions. On questions that the fit had not seen, the confidence
 * that is shown was off by 0.045 (0.090 and 0.025 and 0.036 by set), the chances of all places by
 * 0.094 and 0.147 and 0.159 (expected calibration error, by steps and in ten bins; deep learning, other subjects, half points).
 */
export const COEFFICIENTS: Coefficients = {
  scorer: 'lexical-15',
  intercept: -4.388,
  weights: {
    recall: 3.93,
    joined: 1.47,
    whole: 1.81,
    grams: 0,
    pairs: 0.98,
    focus: 0.04,
    clause: 0.67,
    missing: -0.85,
    least: 0.56,
    full: 2.67,
  },
  covered: 0.373,
  alone: 0.35,
  silent: 0.3,
  steps: [{ from: 0.35, share: 0.893 }],
  calibrated: true,
};
