import { FEATURE_NAMES, type Features } from '../match/features.js';
import { COEFFICIENTS } from './coefficients.js';
import type { Coefficients } from './scorer.js';

/** The chance, from 0 to 1. */
export function chanceOf(features: Features, { intercept, weights }: Coefficients = COEFFICIENTS): number {
  let sum = intercept;
  for (const name of FEATURE_NAMES) sum += weights[name] * features[name];
  return 1 / (1 + Math.exp(-sum));
}

/** What is said of a place that is suggested as covered: the share that held among places like it. */
export function confidenceOf(
  features: Features,
  coefficients: Coefficients = COEFFICIENTS,
): number | undefined {
  const chance = chanceOf(features, coefficients);
  return coefficients.steps.findLast(({ from }) => chance >= from)?.share;
}
