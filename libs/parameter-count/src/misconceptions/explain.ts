import type { Rational } from '@tensormark/network';
import { Catalogue, type PossiblePair } from './catalogue.js';
import type { Explanation, FoundError } from './explanation.js';
import type { Question } from './formula-graph.js';
import { chanceOf } from './noise.js';
import type { PossibleError } from './possible-errors.js';
import { slipsOf } from './slips.js';
import { isStated, type Stated } from './stated.js';

/**
 * Single errors from the likeliest to the least likely, each kind with the chance of a match, among all up to it, that is
 * still worth a word: a common error all over always is. Where one of them is, all that give the number are named.
 */
const TIERS = [
  { holds: isCommonEverywhere, most: 1 },
  { holds: ({ misconception }: PossibleError) => misconception.frequency === 'common', most: 0.05 },
  { holds: ({ misconception }: PossibleError) => misconception.frequency !== 'rare', most: 0.03 },
  { holds: () => true, most: 0.02 },
] as const;
const MOST_CHANCE_OF_PAIRS = 0.03;
const MOST_CHANCE_OF_SLIPS = 0.02;
/** A number that fits more pairs than this says nothing of either. */
const MOST_PAIRS_SHOWN = 3;

/**
 * The errors that give exactly a wrong number: all the single ones; where there is none, pairs; where there is none
 * either, slips of writing. Empty for the right number, and where a match would say nothing because the number lies
 * among so many that errors give.
 *
 * `known` names numbers on the way that the working has right: an error that would have changed one of them is not in it.
 * `most` ends the search at single errors.
 */
export function explain(
  question: Question,
  stated: Stated,
  known: Iterable<string> = [],
  { most = 'pairs' }: { readonly most?: 'one-error' | 'pairs' } = {},
): readonly Explanation[] {
  const catalogue = catalogueOf(question);
  const { right } = catalogue;
  if (right === undefined || isStated(stated, right)) return [];
  const parts = [...known];
  const mayBe = (errors: readonly PossibleError[]): boolean =>
    parts.every(
      (part) =>
        catalogue.graph?.alters(
          errors.map(({ change }) => change),
          part,
        ) !== true,
    );
  const singles = catalogue.singles.filter(({ value }) => isStated(stated, value));
  if (singles.length > 0)
    return explainedBySingles(
      catalogue,
      singles.filter((error) => mayBe([error])),
      stated,
      right,
    );
  if (most === 'one-error') return [];
  const pairs = explainingPairs(catalogue, stated, right, mayBe);
  return pairs.length > 0 ? pairs : explainingSlips(right, stated);
}

/** Questions are asked of many answers: what their errors give is worked out once. */
const CATALOGUES = new WeakMap<Question, Catalogue>();

export function catalogueOf(question: Question): Catalogue {
  const known = CATALOGUES.get(question);
  if (known !== undefined) return known;
  const made = Catalogue.of(question);
  CATALOGUES.set(question, made);
  return made;
}

/** `hits`: all single errors that give the number. */
function explainedBySingles(
  catalogue: Catalogue,
  hits: readonly PossibleError[],
  stated: Stated,
  right: Rational,
): readonly Explanation[] {
  const telling = TIERS.find(
    ({ holds, most }) =>
      hits.some(holds) &&
      (most === 1 || chanceOf(valuesOf(catalogue.singles.filter(holds)), stated, right) <= most),
  );
  if (telling === undefined) return [];
  const likeliest = (hit: PossibleError): number => TIERS.findIndex(({ holds }) => holds(hit));
  return merged(hits.toSorted((a, b) => likeliest(a) - likeliest(b))).map(({ errors, first }) =>
    explanationOf(catalogue, [first], [errors]),
  );
}

function isCommonEverywhere({ misconception, extent }: PossibleError): boolean {
  return misconception.frequency === 'common' && extent === 'everywhere';
}

function valuesOf(errors: readonly { readonly value: Rational }[]): readonly Rational[] {
  return errors.map(({ value }) => value);
}

/** One error in several layers that give the same number is one explanation: "in one of conv2, conv3". */
function merged(
  hits: readonly PossibleError[],
): readonly { readonly first: PossibleError; readonly errors: FoundError }[] {
  const groups = new Map<string, [PossibleError, ...PossibleError[]]>();
  for (const hit of hits) {
    const key = hit.extent === 'one' ? hit.misconception.id : `${hit.misconception.id} ${hit.where}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [hit]);
    else group.push(hit);
  }
  return [...groups.values()].map((group) => ({ first: group[0], errors: foundIn(group) }));
}

const MOST_NAMED = 6;

function foundIn(group: readonly [PossibleError, ...PossibleError[]]): FoundError {
  const [{ misconception, where, of }] = group;
  const modules = [...new Set(group.flatMap((error) => error.modules))];
  return {
    misconception: misconception.id,
    about: misconception.about,
    frequency: misconception.frequency,
    says: clause(misconception.says, where, of, group),
    modules,
  };
}

function clause(
  says: string,
  where: string,
  of: string | undefined,
  group: readonly PossibleError[],
): string {
  if (group.length === 1) return [of, says, where].filter(Boolean).join(' ');
  const names = group.map((error) => error.of ?? error.modules.join(' and '));
  const listed = names.slice(0, MOST_NAMED).join(', ') + (names.length > MOST_NAMED ? ', …' : '');
  return of === undefined ? `${says} in one of ${listed}` : `one of ${listed} ${says}`;
}

function explainingPairs(
  catalogue: Catalogue,
  stated: Stated,
  right: Rational,
  mayBe: (errors: readonly PossibleError[]) => boolean,
): readonly Explanation[] {
  const hits = catalogue.pairs.filter(({ value, errors }) => isStated(stated, value) && mayBe(errors));
  if (hits.length === 0 || hits.length > MOST_PAIRS_SHOWN) return [];
  if (chanceOf(valuesOf(catalogue.pairs), stated, right) > MOST_CHANCE_OF_PAIRS) return [];
  return hits.map(({ errors: [a, b] }: PossiblePair) =>
    explanationOf(catalogue, [a, b], [foundIn([a]), foundIn([b])]),
  );
}

function explanationOf(
  { graph }: Catalogue,
  errors: readonly PossibleError[],
  found: Explanation['errors'],
): Explanation {
  const formula = graph?.changed(errors.map(({ change }) => change));
  const value = formula && graph?.value(formula);
  return {
    errors: found,
    formula,
    value: value ?? errors[0]?.value ?? { numerator: 0n, denominator: 1n },
    says: found.map(({ says }) => says).join(', and '),
  };
}

function explainingSlips(right: Rational, stated: Stated): readonly Explanation[] {
  if (stated.roundedTo !== undefined) return [];
  const slips = slipsOf(right);
  const hits = slips.filter(({ value }) => isStated(stated, value));
  if (hits.length === 0 || chanceOf(valuesOf(slips), stated, right) > MOST_CHANCE_OF_SLIPS) return [];
  const [hit] = hits;
  if (hit === undefined) return [];
  const error: FoundError = {
    misconception: hit.id,
    about: 'writing',
    frequency: 'known',
    says: hit.says,
    modules: [],
  };
  return [{ errors: [error], formula: undefined, value: hit.value, says: hit.says }];
}
