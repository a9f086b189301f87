import type { EvaluatedQuestion } from '../../libs/essays/evaluation/evaluated.js';
import { COEFFICIENTS } from '../../libs/essays/src/judge/coefficients.js';
import type { Coefficients } from '../../libs/essays/src/judge/scorer.js';
import { FEATURE_NAMES } from '../../libs/essays/src/match/features.js';
import { chance, crossValidated, fitLogistic, type Example } from './logistic.js';
import { numbersOf, placesOf } from './places.js';
import { calibrationError } from './statistics.js';

const RIDGE = 0.002;
const WANTED_PRECISION = 0.91;
const MOST_CONTRADICTIONS = 0.045;
const SILENT_BELOW = 0.3;
/** Fewer places than this make no threshold. */
const LEAST_PLACES = 20;
const SIGNS = FEATURE_NAMES.map((name) => (name === 'missing' ? (-1 as const) : (1 as const)));

/** Coefficients and thresholds from some questions; `error` is the calibration error on questions that the fit had not seen. */
export function fitTo(questions: readonly EvaluatedQuestion[]): {
  readonly coefficients: Coefficients;
  readonly error: number;
  readonly places: number;
} {
  const places = questions.flatMap((question) => placesOf(question, COEFFICIENTS));
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
  const sorted = examples
    .map(({ holds, contradicted }, at) => ({ holds, contradicted, value: unseen[at] ?? 0 }))
    .toSorted((a, b) => b.value - a.value);
  let right = 0;
  let against = 0;
  let covered = 0.95;
  sorted.forEach(({ value, holds, contradicted }, at) => {
    right += holds ? 1 : 0;
    against += contradicted ? 1 : 0;
    const isSafe = right / (at + 1) >= WANTED_PRECISION && against <= MOST_CONTRADICTIONS * contradictions;
    if (at >= LEAST_PLACES && isSafe) covered = value;
  });
  const error = calibrationError(
    unseen,
    examples.map(({ holds }) => holds),
  );
  const [recall = 0, joined = 0, whole = 0, grams = 0, pairs = 0, focus = 0, clause = 0, missing = 0] =
    fit.weights;
  return {
    coefficients: {
      scorer: COEFFICIENTS.scorer,
      intercept: fit.intercept,
      weights: { recall, joined, whole, grams, pairs, focus, clause, missing },
      covered,
      silent: SILENT_BELOW,
      calibrated: error <= 0.05,
    },
    error,
    places: examples.length,
  };
}

export function coefficientsFrom(questions: readonly EvaluatedQuestion[]): Coefficients {
  return fitTo(questions).coefficients;
}
