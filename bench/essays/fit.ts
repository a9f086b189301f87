/**
 * Fits the coefficients of the essay scorer and prints the file libs/essays/src/judge/coefficients.ts:
 * `npm run build:server && node dist/bench/essays/fit.js`. A second run prints the same: what is found at a place does not depend on
 * the coefficients, and a test keeps the committed ones equal to the refit.
 *
 * The fit sees only places where nothing but likeness speaks: what a barrier, a stance or a conflict decides is decided without it.
 * The threshold comes from chances of questions that the fit did not see, and holds on each set.
 */
import { FEATURE_NAMES } from '../../libs/essays/src/match/features.js';
import { fitSetOf, fitTo } from './refit.js';
import { FITTED } from './sets.js';

const { coefficients, errors, shownErrors, shownError, places } = fitTo(FITTED.map(fitSetOf));
const told = (all: readonly number[]): string => all.map((error) => error.toFixed(3)).join(' and ');
process.stdout.write(`import type { Coefficients } from './scorer.js';

/**
 * Fitted by bench/essays/fit.ts on ${places} places of three sets of questions. On questions that the fit had not seen, the confidence
 * that is shown was off by ${shownError.toFixed(3)} (${told(shownErrors)} by set), the chances of all places by
 * ${told(errors)} (expected calibration error, by steps and in ten bins; deep learning, other subjects, half points).
 */
export const COEFFICIENTS: Coefficients = {
  scorer: '${coefficients.scorer}',
  intercept: ${coefficients.intercept},
  weights: {
${FEATURE_NAMES.map((name) => `    ${name}: ${coefficients.weights[name]},`).join('\n')}
  },
  covered: ${coefficients.covered},
  alone: ${coefficients.alone},
  silent: ${coefficients.silent},
  steps: [
${coefficients.steps.map(({ from, share }) => `    { from: ${from}, share: ${share} },`).join('\n')}
  ],
  calibrated: ${coefficients.calibrated},
};
`);
