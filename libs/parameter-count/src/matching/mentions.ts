import { isAlike, measureOf, Rational, type Unit } from '@tensormark/arithmetic';
import { givenNumbers } from '../reference/given.js';
import type { Asked, Measure, Reference } from '../reference/reference.js';
import type { Affinities } from './affinity.js';
import type { Claim, SumOfTerms } from './claim.js';
import { expectedValues, hits } from './hits.js';
import { denies, namesPiece, saysAnother, sumsUp } from './words.js';

/** From here on a number is not met by chance. */
export const TELLING = Rational.of(1000);

/** Words that numbers of a measure are counted in. */
const COUNTS: Readonly<Record<Measure, readonly Unit['counts'][]>> = {
  parameters: ['parameters'],
  weights: ['parameters'],
  biases: ['parameters'],
  size: ['elements', 'units'],
  units: ['elements', 'units'],
  'multiply-accumulates': ['operations'],
  flops: ['operations'],
  bytes: ['bytes', 'bits'],
  'receptive-field': ['elements'],
  expression: [],
  step: [],
};

/** Whether a number in a sentence that is the expected one is given as the answer: "18,496 parameters in all". */
export function answersInPassing(
  reference: Reference,
  asked: Asked,
  claim: Claim,
  {
    score,
    preferred,
    counted,
    guessed,
  }: {
    readonly score: number;
    readonly preferred: boolean;
    readonly counted: boolean;
    /** Whether it is one of several numbers of which not all can be meant. */
    readonly guessed: boolean;
  },
): boolean {
  if (claim.role !== 'mention' || isDenied(claim)) return false;
  if (score < 0 || guessed) return false;
  // `The output layer adds 2,048,000 + 8,000`: the words speak of the sum.
  if (claim.termOf !== null && (score > 0 || !isOfSomethingElse(claim.termOf, asked, reference)))
    return false;
  if (preferred && (counted || isCountedAs(reference, asked, claim) || isSummed(claim))) return true;
  if (claim.value.compare(TELLING) < 0) return false;
  return score > 0 || !givenNumbers(reference).has(claim.value.numerator.toString());
}

/**
 * Whether a sum is plainly of several things and not the answer itself, carried on to a number that is wrong: where it gives
 * something else that is asked, where all its terms are asked for, or where they are many.
 */
function isOfSomethingElse({ terms, value }: SumOfTerms, asked: Asked, reference: Reference): boolean {
  if (terms.length >= MANY_TERMS) return true;
  const others = [...reference.asked.values()].filter(({ id }) => id !== asked.id);
  const isOthers = (number: Rational): boolean =>
    others.some((each) => expectedValues(reference, each).some((wanted) => wanted.equals(number)));
  const [own] = expectedValues(reference, asked);
  return (
    (value !== undefined && isOthers(value)) ||
    terms.every((term) => (own !== undefined && term.equals(own)) || isOthers(term))
  );
}

const MANY_TERMS = 3;

/** Whether a sentence gives a number for what is asked, right or wrong: "the network has 61,988 parameters". */
export function statesInPassing(
  reference: Reference,
  affinities: Affinities,
  asked: Asked,
  claim: Claim,
): boolean {
  const [first] = claim.words;
  return (
    claim.role === 'mention' &&
    first?.direct === true &&
    !isDenied(claim) &&
    !namesPiece(first.text) &&
    // "320 weights and 10 biases" are what the number asked for is made of.
    (!namesPiece(claim.after) || namesPiece(asked.says)) &&
    affinities.of(asked, claim).direct &&
    isCountedAs(reference, asked, claim)
  );
}

/** Whether the words beside a number say that it is not the one. */
export function isDenied({ words }: Claim): boolean {
  return words.some(({ text, direct }) => denies(text) || (direct && saysAnother(text)));
}

/** Whether a number stands in a row of others without words, some of which are neither asked for nor given: a guess. */
export function isGuess(reference: Reference, asked: Iterable<Asked>, row: readonly Claim[]): boolean {
  return (
    row.length >= FEWEST_GUESSES &&
    row.some(
      (claim) =>
        !(claim.value.compare(TELLING) < 0 && givenNumbers(reference).has(claim.value.toString())) &&
        ![...asked].some(
          (each) => hits(reference, each, claim, expectedValues(reference, each)) !== undefined,
        ),
    )
  );
}

const FEWEST_GUESSES = 3;

function isCountedAs(reference: Reference, { nodes, measuredIn }: Asked, { unit }: Claim): boolean {
  if (measuredIn !== null && unit !== null) {
    const measure = measureOf(unit.written);
    return measure !== null && isAlike(measure, measuredIn.measure);
  }
  const measure = reference.nodes.get(nodes[0])?.measure;
  return measure !== undefined && unit !== null && COUNTS[measure].includes(unit.counts);
}

function isSummed({ words }: Claim): boolean {
  return words.some(({ text }) => sumsUp(text));
}
