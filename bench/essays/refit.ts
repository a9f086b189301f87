import { COEFFICIENTS } from '../../libs/essays/src/judge/coefficients.js';
import type { Coefficients, ConfidenceStep } from '../../libs/essays/src/judge/scorer.js';
import { FEATURE_NAMES, type Features } from '../../libs/essays/src/match/features.js';
import { shareAt, stepsOf } from './isotonic.js';
import { chance, crossValidated, fitLogistic, type Example } from './logistic.js';
import { numbersOf, placesOf, type Place } from './places.js';
import type { FittedSet } from './sets.js';
import { calibrationError, stepError } from './statistics.js';

const RIDGE = 0.0005;
const WANTED_PRECISION = 0.91;
const RIGHT_SENTENCES = 0.93;
/**
 * Mohler's questions, SciEntsBank's, Carousel's and those on lasers, each of which has one item, had nine in ten of what is above this
 * covered; Beetle's have not, wherever it lies. It was chosen with them in sight; nothing was fitted on them.
 */
const LOWEST = 0.35;
const MOST_CONTRADICTIONS = 0.05;
const SILENT_BELOW = 0.3;
/**
 * Places that a step of the confidence rests on: as coarse as is hardly worse, on a set that had no part in it, than what is best there.
 * Over nine kinds of answers, each left out in turn, one step was off by 4.2 % on average and finer ones by 5.5 to 8.1 %.
 */
const RESOLUTIONS = [40, 60, 80, Number.POSITIVE_INFINITY];
const HARDLY = 0.02;
/** A confidence is shown only while it is off by no more than this. */
const MOST_ERROR = 0.05;
/** Fewer places than this make no threshold. */
const LEAST_PLACES = 12;
const SIGNS = FEATURE_NAMES.map((name) => (name === 'missing' ? (-1 as const) : (1 as const)));

export interface Refit {
  readonly coefficients: Coefficients;
  /** By set, the calibration error of all places on questions that the fit had not seen. */
  readonly errors: readonly number[];
  /** The same of those that would be suggested as covered: only they carry a confidence. */
  readonly shownErrors: readonly number[];
  /** The same on all sets together. */
  readonly shownError: number;
  readonly places: number;
}

export interface FitExample extends Example {
  readonly contradicted: boolean;
  readonly covered: boolean;
  /** Whether its item is the only one of its question, in one wording. */
  readonly alone: boolean;
  /** Whether it could be suggested as covered: what is too thin tells how chances go with likeness, and is never shown. */
  readonly enough: boolean;
}

/** What one set is fitted on: places where nothing but likeness speaks. What is found at them does not depend on any fit. */
export interface FitSet {
  readonly examples: readonly FitExample[];
  readonly contradictions: number;
  /** Whether what is shown has to hold on it, too: not where answers were written to be as hard as they get. */
  readonly decides: boolean;
}

/** Each place is shown, however unlikely, so that none of what is fitted on depends on what was fitted before. */
const ALL_SHOWN: Coefficients = { ...COEFFICIENTS, silent: 0 };

export function fitSetOf({ questions, decides }: FittedSet): FitSet {
  const places = questions.flatMap((question) => placesOf(question, ALL_SHOWN));
  const alone = new Set(
    questions
      .filter(({ points }) => points.length === 1 && (points[0]?.wordings ?? []).length === 0)
      .map(({ name }) => name),
  );
  const seen = places.flatMap((place) => exampleOf(place, alone.has(place.question)));
  return {
    examples: seen.map((each) => ({ ...each, weight: 1 / seen.length })),
    contradictions: places.filter(({ truth }) => truth === 'contradicted').length,
    decides,
  };
}

function exampleOf({ question, suggestion, truth, rightSentence }: Place, alone: boolean) {
  const { features, open, enough } = suggestion;
  if (features === undefined || open !== true) return [];
  return [
    {
      question,
      features: numbersOf(features),
      holds: truth === 'covered' && rightSentence !== false,
      contradicted: truth === 'contradicted',
      covered: truth === 'covered',
      alone,
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
  const bySet = sets.map(({ examples, contradictions, decides }) => ({
    contradictions,
    decides,
    told: examples.map((each) => ({ ...each, value: unseen[all.indexOf(each)] ?? 0 })),
  }));
  const errors = bySet.map(({ told }) =>
    calibrationError(
      told.map(({ value }) => value),
      told.map(({ holds }) => holds),
    ),
  );
  const covered = rounded(Math.max(LOWEST, ...bySet.filter(({ decides }) => decides).map(thresholdOf)));
  const alone = Math.min(LOWEST, covered);
  const shown = bySet.map(({ told }) =>
    told.filter((each) => each.enough && each.value >= (each.alone ? alone : covered)),
  );
  const strange = RESOLUTIONS.map((least) => ({
    least,
    error: strangeErrorOf(shown, alone, least),
  }));
  const smallest = Math.min(...strange.map(({ error }) => error));
  const least =
    strange.findLast(({ error }) => error <= smallest + HARDLY)?.least ?? Number.POSITIVE_INFINITY;
  const { shownErrors, shownError } = shownErrorsOf(shown, alone, least);
  return {
    coefficients: {
      scorer: COEFFICIENTS.scorer,
      intercept: rounded(fit.intercept),
      weights: weightsOf(fit.weights),
      covered,
      alone,
      silent: SILENT_BELOW,
      steps: cautiousStepsOf(shown, alone, least),
      calibrated: shownError <= MOST_ERROR,
    },
    errors,
    shownErrors,
    shownError,
    places: all.length,
  };
}

type Told = FitExample & { readonly value: number };

/** How far off the confidence is, on each set and on all, where each question's comes from the others' places. */
function shownErrorsOf(
  shown: readonly (readonly Told[])[],
  lowest: number,
  least: number,
): { readonly shownErrors: readonly number[]; readonly shownError: number } {
  const told = shown.map((own) =>
    own.map((each) => {
      const others = shown.map((set) => set.filter(({ question }) => question !== each.question));
      return {
        said: shareAt(cautiousStepsOf(others, lowest, least), each.value) ?? 1,
        covered: each.covered,
      };
    }),
  );
  return { shownErrors: told.map(errorOf), shownError: errorOf(told.flat()) };
}

function errorOf(own: readonly { said: number; covered: boolean }[]): number {
  if (own.length < LEAST_PLACES) return 1;
  return stepError(
    own.map(({ said }) => said),
    own.map((each) => each.covered),
  );
}

/** How far off the confidence is, at most, on a kind of answers that had no part in it. */
function strangeErrorOf(shown: readonly (readonly Told[])[], lowest: number, least: number): number {
  return Math.max(
    ...shown.map((own) => {
      const steps = cautiousStepsOf(
        shown.filter((each) => each !== own),
        lowest,
        least,
      );
      return errorOf(own.map((each) => ({ said: shareAt(steps, each.value) ?? 1, covered: each.covered })));
    }),
  );
}

/**
 * Steps that lie half way between what held on all sets together and what held on the set where least did: answers to come are of
 * another kind than any of them, and were harder so far.
 */
function cautiousStepsOf(
  shown: readonly (readonly Told[])[],
  lowest: number,
  least: number,
): readonly ConfidenceStep[] {
  const steps = stepsOf(shown.flat(), lowest, least);
  const cautious = steps.map(({ from, share }, at) => {
    const to = steps[at + 1]?.from ?? Number.POSITIVE_INFINITY;
    const bySet = shown
      .map((own) => own.filter(({ value }) => value >= from && value < to))
      .filter(({ length }) => length >= LEAST_PLACES)
      .map((own) => own.filter((each) => each.covered).length / own.length);
    return { from, share: rounded((share + Math.min(share, ...bySet)) / 2) };
  });
  // What is more like an item is never said to be less sure.
  return cautious.reduceRight<readonly ConfidenceStep[]>((rest, step) => {
    const [next] = rest;
    return next !== undefined && next.share <= step.share
      ? [{ from: step.from, share: next.share }, ...rest.slice(1)]
      : [step, ...rest];
  }, []);
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
  const of = (name: keyof Features): number =>
    Math.round(100 * (fitted[FEATURE_NAMES.indexOf(name)] ?? 0)) / 100;
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
