/**
 * Fits the coefficients of the essay scorer on the set in libs/essays/evaluation and prints the file
 * libs/essays/src/judge/coefficients.ts: `npm run build:server && node dist/bench/essays/fit.js`.
 *
 * The fit sees only places where nothing but likeness speaks: what a barrier, a stance or a conflict decides is decided without it.
 * The thresholds come from chances of questions that the fit did not see.
 */
import { QUESTIONS } from '../../libs/essays/evaluation/questions/table.js';
import { FEATURE_NAMES } from '../../libs/essays/src/match/features.js';
import { fitTo } from './refit.js';

const { coefficients, error, places } = fitTo(QUESTIONS);
const number = (value: number): string => value.toFixed(3);
process.stdout.write(`import type { Coefficients } from './scorer.js';

/**
 * Fitted by bench/essays/fit.ts on ${places} places of ${QUESTIONS.length} questions; on questions that the fit had not seen, its
 * chances were off by ${number(error)} (expected calibration error, ten bins).
 */
export const COEFFICIENTS: Coefficients = {
  scorer: '${coefficients.scorer}',
  intercept: ${number(coefficients.intercept)},
  weights: {
${FEATURE_NAMES.map((name) => `    ${name}: ${number(coefficients.weights[name])},`).join('\n')}
  },
  covered: ${number(coefficients.covered)},
  silent: ${number(coefficients.silent)},
  calibrated: ${coefficients.calibrated},
};
`);
