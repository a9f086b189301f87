/**
 * Fits the coefficients of the essay scorer on the set in libs/essays/evaluation and prints the file
 * libs/essays/src/judge/coefficients.ts: `npm run build:server && node dist/bench/essays/fit.js`.
 *
 * The fit sees only places where nothing but likeness speaks: what a barrier, a stance or a conflict decides is decided without it.
 * The thresholds come from chances of questions that the fit did not see.
 */
import { QUESTIONS } from '../../libs/essays/evaluation/questions/table.js';
import { FEATURE_NAMES } from '../../libs/essays/src/match/features.js';
import { COEFFICIENTS } from '../../libs/essays/src/judge/coefficients.js';
import { calibrationError } from './statistics.js';
import { chance, crossValidated, fitLogistic, type Example } from './logistic.js';
import { numbersOf, placesOf } from './places.js';

const RIDGE = 0.002;
const WANTED_PRECISION = 0.91;
const MOST_CONTRADICTIONS = 0.045;
const SILENT_BELOW = 0.3;
const SIGNS = FEATURE_NAMES.map((name) => (name === 'missing' ? (-1 as const) : (1 as const)));

const places = QUESTIONS.flatMap((question) => placesOf(question, COEFFICIENTS));
const contradictions = places.filter(({ truth }) => truth === 'contradicted').length;
const examples = places.flatMap((place): (Example & { contradicted: boolean })[] => {
  const { features, open } = place.suggestion;
  if (features === undefined || open !== true) return [];
  return [
    {
      question: place.question,
      features: numbersOf(features),
      holds: place.truth === 'covered' && place.rightSentence !== false,
      contradicted: place.truth === 'contradicted',
    },
  ];
});

const fit = fitLogistic(examples, RIDGE, SIGNS);
const unseen = crossValidated(examples, (others) => {
  const own = fitLogistic(others, RIDGE, SIGNS);
  return (features) => chance(own, features);
});

const held = examples.map(({ holds }) => holds);
const sorted = unseen
  .map((value, at) => ({
    value,
    holds: held[at] === true,
    contradicted: examples[at]?.contradicted === true,
  }))
  .toSorted((a, b) => b.value - a.value);
let right = 0;
let against = 0;
let covered = 0.95;
sorted.forEach(({ value, holds, contradicted }, at) => {
  right += holds ? 1 : 0;
  against += contradicted ? 1 : 0;
  const isSafe = right / (at + 1) >= WANTED_PRECISION && against <= MOST_CONTRADICTIONS * contradictions;
  if (at >= 20 && isSafe) covered = value;
});
const error = calibrationError(unseen, held);

const number = (value: number): string => value.toFixed(3);
process.stdout.write(`import type { Coefficients } from './scorer.js';

/**
 * Fitted by bench/essays/fit.ts on ${examples.length} places of ${QUESTIONS.length} questions; on questions that the fit had not seen, its
 * chances were off by ${number(error)} (expected calibration error, ten bins).
 */
export const COEFFICIENTS: Coefficients = {
  scorer: 'lexical-1',
  intercept: ${number(fit.intercept)},
  weights: {
${FEATURE_NAMES.map((name, at) => `    ${name}: ${number(fit.weights[at] ?? 0)},`).join('\n')}
  },
  covered: ${number(covered)},
  silent: ${number(SILENT_BELOW)},
  calibrated: ${error <= 0.05},
};
`);
