import type { Rational } from '@tensormark/network';
import { Catalogue, type PossiblePair } from './catalogue.js';
import type { Explanation, FoundError } from './explanation.js';
import type { Question } from './formula-graph.js';
import type { Frequency } from './misconception.js';
import { chanceOf } from './noise.js';
import type { PossibleError } from './possible-errors.js';
import { slipsOf } from './slips.js';
import { isStated, type Stated } from './stated.js';

/** A single error is named only where so few numbers would fit those at least as frequent; common ones always are. */
const MOST_CHANCE: Readonly<Record<Frequency, number>> = { common: 1, known: 0.02, rare: 0.01 };
const MOST_CHANCE_OF_PAIRS = 0.03;
const MOST_CHANCE_OF_SLIPS = 0.02;
/** A number that fits more pairs than this says nothing of either. */
const MOST_PAIRS_SHOWN = 3;

/**
 * The errors that give exactly a wrong number: all the single ones; where there is none, pairs; where there is none
 * either, slips of writing. Empty for the right number, and where a match would say nothing because the number lies
 * among so many that errors give.
 */
export function explain(question: Question, stated: Stated): readonly Explanation[] {
  const catalogue = catalogueOf(question);
  const { right } = catalogue;
  if (right === undefined || isStated(stated, right)) return [];
  const singles = explainingSingles(catalogue, stated);
  if (singles.length > 0) return singles;
  const pairs = explainingPairs(catalogue, stated);
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

function explainingSingles(catalogue: Catalogue, stated: Stated): readonly Explanation[] {
  const hits = catalogue.singles.filter(({ value }) => isStated(stated, value));
  if (hits.length === 0) return [];
  const allowed = (['common', 'known', 'rare'] as const).filter(
    (frequency, at, all) =>
      chanceOf(valuesOf(catalogue, all.slice(0, at + 1)), stated) <= MOST_CHANCE[frequency],
  );
  return merged(hits.filter(({ misconception }) => allowed.includes(misconception.frequency))).map(
    ({ errors, first }) => explanationOf(catalogue, [first], [errors]),
  );
}

function valuesOf(catalogue: Catalogue, frequencies: readonly Frequency[]): readonly Rational[] {
  return catalogue.singles
    .filter(({ misconception }) => frequencies.includes(misconception.frequency))
    .map(({ value }) => value);
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

function explainingPairs(catalogue: Catalogue, stated: Stated): readonly Explanation[] {
  const hits = catalogue.pairs.filter(({ value }) => isStated(stated, value));
  if (hits.length === 0 || hits.length > MOST_PAIRS_SHOWN) return [];
  const values = [...catalogue.singles, ...catalogue.pairs].map(({ value }) => value);
  if (chanceOf(values, stated) > MOST_CHANCE_OF_PAIRS) return [];
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
  if (
    hits.length === 0 ||
    chanceOf(
      slips.map(({ value }) => value),
      stated,
    ) > MOST_CHANCE_OF_SLIPS
  )
    return [];
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
