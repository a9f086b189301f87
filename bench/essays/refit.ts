import type { EvaluatedQuestion } from '../../libs/essays/evaluation/evaluated.js';
import { COEFFICIENTS } from '../../libs/essays/src/judge/coefficients.js';
import type { Coefficients, ConfidenceStep } from '../../libs/essays/src/judge/scorer.js';
import { FEATURE_NAMES, type Features } from '../../libs/essays/src/match/features.js';
import { shareAt, stepsOf } from './isotonic.js';
import { chance, crossValidated, fitLogistic, type Example } from './logistic.js';
import { numbersOf, placesOf, type Place } from './places.js';
import { calibrationError } from './statistics.js';

const RIDGE = 0.0005;
const WANTED_PRECISION = 0.91;
const RIGHT_SENTENCES = 0.93;
/** On the parts of public sets that were read, fewer than nine in ten places right below this were covered; nothing was fitted on them. */
const LOWEST = 0.63;
const MOST_CONTRADICTIONS = 0.05;
const SILENT_BELOW = 0.3;
/** Places that a step of the confidence rests on: as fine as keeps it near enough to what holds on each set. */
const RESOLUTIONS = [25, 50, 100, Number.POSITIVE_INFINITY];
/** A confidence is shown only while it is off by no more than this on each set. */
const MOST_ERROR = 0.05;
/**
 * On the parts of public sets that were read, 0.89 of what is suggested as covered was, on these sets 0.96: the confidence stands half way
 * between them, so that it is off by no more than `MOST_ERROR` on either.
 */
const ELSEWHERE = 0.955;
/** Fewer places than this make no threshold. */
const LEAST_PLACES = 12;
const SIGNS = FEATURE_NAMES.map((name) => (name === 'missing' ? (-1 as const) : (1 as const)));

export interface Refit {
  readonly coefficients: Coefficients;
  /** By set, the calibration error of all places on questions that the fit had not seen. */
  readonly errors: readonly number[];
  /** The same of those that would be suggested as covered: only they carry a confidence. */
  readonly shownErrors: readonly number[];
  readonly places: number;
}

export interface FitExample extends Example {
  readonly contradicted: boolean;
  readonly covered: boolean;
  /** Whether it could be suggested as covered: what is too thin tells how chances go with likeness, and is never shown. */
  readonly enough: boolean;
}

/** What one set is fitted on: places where nothing but likeness speaks. What is found at them does not depend on any fit. */
export interface FitSet {
  readonly examples: readonly FitExample[];
  readonly contradictions: number;
}

/** Each place is shown, however unlikely, so that none of what is fitted on depends on what was fitted before. */
const ALL_SHOWN: Coefficients = { ...COEFFICIENTS, silent: 0 };

export function fitSetOf(questions: readonly EvaluatedQuestion[]): FitSet {
  const places = questions.flatMap((question) => placesOf(question, ALL_SHOWN));
  const seen = places.flatMap(exampleOf);
  return {
    examples: seen.map((each) => ({ ...each, weight: 1 / seen.length })),
    contradictions: places.filter(({ truth }) => truth === 'contradicted').length,
  };
}

function exampleOf({ question, suggestion, truth, rightSentence }: Place) {
  const { features, open, enough } = suggestion;
  if (features === undefined || open !== true) return [];
  return [
    {
      question,
      features: numbersOf(features),
      holds: truth === 'covered' && rightSentence !== false,
      contradicted: truth === 'contradicted',
      covered: truth === 'covered',
      enough: enough === true,
    },
  ];
}

/** Without what belongs to one question. */
export function without(sets: readonly FitSet[], question: string): readonly FitSet[] {
  return sets.map((set) => ({
    ...set,
    examples: set.examples.filter((each) => each.question !== question),
  }));
}

/** Coefficients and thresholds from some sets, each of which counts the same. The thresholds hold on each of them. */
export function fitTo(sets: readonly FitSet[]): Refit {
  const all = sets.flatMap(({ examples }) => examples);
  const fit = fitLogistic(all, RIDGE, SIGNS);
  const unseen = crossValidated(all, (others) => {
    const own = fitLogistic(others, RIDGE, SIGNS);
    return (features) => chance(own, features);
  });
  const bySet = sets.map(({ examples, contradictions }) => ({
    contradictions,
    told: examples.map((each) => ({ ...each, value: unseen[all.indexOf(each)] ?? 0 })),
  }));
  const errors = bySet.map(({ told }) =>
    calibrationError(
      told.map(({ value }) => value),
      told.map(({ holds }) => holds),
    ),
  );
  const covered = rounded(Math.max(LOWEST, ...bySet.map(thresholdOf)));
  const shown = bySet.map(({ told }) => told.filter(({ value, enough }) => enough && value >= covered));
  const [fine = coarsest(shown, covered)] = RESOLUTIONS.map((least) => ({
    least,
    shownErrors: shownErrorsOf(shown, covered, least),
  })).filter((each) => each.shownErrors.every((error) => error <= MOST_ERROR));
  const { least, shownErrors } = fine;
  return {
    coefficients: {
      scorer: COEFFICIENTS.scorer,
      intercept: rounded(fit.intercept),
      weights: weightsOf(fit.weights),
      covered,
      silent: SILENT_BELOW,
      steps: loweredStepsOf(shown.flat(), covered, least),
      calibrated: shownErrors.every((error) => error <= MOST_ERROR),
    },
    errors,
    shownErrors,
    places: all.length,
  };
}

type Told = FitExample & { readonly value: number };

function coarsest(shown: readonly (readonly Told[])[], covered: number) {
  const least = Number.POSITIVE_INFINITY;
  return { least, shownErrors: shownErrorsOf(shown, covered, least) };
}

function loweredStepsOf(shown: readonly Told[], covered: number, least: number): readonly ConfidenceStep[] {
  return stepsOf(shown, covered, least).map(({ from, share }) => ({
    from,
    share: rounded(ELSEWHERE * share),
  }));
}

/** By set, how far off the confidence is, where each question's comes from the others' places. */
function shownErrorsOf(
  shown: readonly (readonly Told[])[],
  covered: number,
  least: number,
): readonly number[] {
  return shown.map((own) => {
    const said = own.map(({ question, value }) => {
      const others = shown.flat().filter((each) => each.question !== question);
      return shareAt(loweredStepsOf(others, covered, least), value) ?? 1;
    });
    return own.length < LEAST_PLACES
      ? 1
      : calibrationError(
          said,
          own.map((each) => each.covered),
        );
  });
}

/** The lowest chance from which on enough of a set's unseen places are covered, by the sentence shown, and few enough contradict. */
function thresholdOf({
  told,
  contradictions,
}: {
  readonly told: readonly Told[];
  readonly contradictions: number;
}): number {
  let right = 0;
  let held = 0;
  let against = 0;
  let covered = 0.95;
  told
    .filter(({ enough }) => enough)
    .toSorted((one, other) => other.value - one.value)
    .forEach(({ value, covered: isCovered, holds, contradicted }, at) => {
      right += isCovered ? 1 : 0;
      held += holds ? 1 : 0;
      against += contradicted ? 1 : 0;
      const isSafe =
        right / (at + 1) >= WANTED_PRECISION &&
        held >= RIGHT_SENTENCES * right &&
        against <= MOST_CONTRADICTIONS * contradictions;
      if (at + 1 >= LEAST_PLACES && isSafe) covered = value;
    });
  return covered;
}

/** As committed, so that what is committed and what is fitted are the same numbers. */
function rounded(value: number): number {
  return Math.round(1000 * value) / 1000;
}

function weightsOf(fitted: readonly number[]): Features {
  const of = (name: keyof Features): number => rounded(fitted[FEATURE_NAMES.indexOf(name)] ?? 0);
  return {
    recall: of('recall'),
    joined: of('joined'),
    whole: of('whole'),
    grams: of('grams'),
    pairs: of('pairs'),
    focus: of('focus'),
    clause: of('clause'),
    missing: of('missing'),
    least: of('least'),
    full: of('full'),
  };
}
