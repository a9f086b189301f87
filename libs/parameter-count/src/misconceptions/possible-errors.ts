import type { Formula, Rational } from '@tensormark/network';
import type { Change, FormulaGraph, Question } from './formula-graph.js';
import { FAMILIES, type LayerFamily } from './layer-family.js';
import type { LayerMisconception, Misconception, WholeMisconception } from './misconception.js';
import { NO_SURROUNDINGS } from './surroundings.js';

/** A misconception at the layers of one question that it may be made in. */
export interface PossibleError {
  readonly misconception: Misconception;
  /** `everywhere`: in all layers that it may be made in, be it one; `family`: in those of one family; `one`: in one of several. */
  readonly extent: 'everywhere' | 'family' | 'one';
  /** Paths of the modules that it changes; empty where it is about the whole. */
  readonly modules: readonly string[];
  /** What `says` of the misconception is said of, for an error about the whole. */
  readonly of: string | undefined;
  /** Where it is made, as words that follow its clause: "in conv1"; empty where that needs no saying. */
  readonly where: string;
  readonly change: Change;
  readonly value: Rational;
}

/** So many places of a formula are gone through: past that, errors in single layers of a large network are left out. */
const MOST_PLACES = 150_000;
/** In more layers than this an error is looked for all over alone. */
const MOST_LAYERS = 64;
/** Values past this many digits are of no use to compare with. */
const MOST_BITS = 512;

/** Every single error that changes a question's number, with the number that it gives. */
export function possibleErrors(
  graph: FormulaGraph,
  question: Question,
  misconceptions: readonly Misconception[],
): readonly PossibleError[] {
  const right = graph.value(graph.root);
  if (right === undefined) return [];
  const found: PossibleError[] = [];
  const all = candidates(graph, question, misconceptions, 'changing');
  for (const candidate of [...all.filter(isEverywhere), ...all.filter((each) => !isEverywhere(each))]) {
    if (graph.spent > MOST_PLACES) break;
    const value = valueWith(graph, [candidate.change]);
    if (value !== undefined && !same(value, right)) found.push({ ...candidate, value });
  }
  return found;
}

function isEverywhere({ extent }: Pick<PossibleError, 'extent'>): boolean {
  return extent === 'everywhere';
}

/** What the whole comes to with changes made; undefined where it comes to nothing a person would write. */
export function valueWith(graph: FormulaGraph, changes: readonly Change[]): Rational | undefined {
  const formula = graph.changed(changes);
  const value = formula && graph.value(formula);
  if (value === undefined || value.numerator < 0n) return undefined;
  return isWritable(value) ? value : undefined;
}

function isWritable({ numerator, denominator }: Rational): boolean {
  return numerator < 1n << BigInt(MOST_BITS) && denominator < 1n << 64n;
}

export function same(a: Rational, b: Rational): boolean {
  return a.numerator === b.numerator && a.denominator === b.denominator;
}

/**
 * Every misconception at each set of places that it has something to say of; `changing` leaves out those places where it
 * makes no difference, as a kernel of 1 that is not squared.
 */
export function candidates(
  graph: FormulaGraph,
  question: Question,
  misconceptions: readonly Misconception[],
  places: 'all' | 'changing',
): readonly Omit<PossibleError, 'value'>[] {
  return misconceptions.flatMap((misconception) =>
    misconception.level === 'layer'
      ? inLayersOf(graph, question, misconception, places)
      : aboutWhole(graph, question, misconception),
  );
}

function inLayersOf(
  graph: FormulaGraph,
  question: Question,
  misconception: LayerMisconception,
  wanted: 'all' | 'changing',
): readonly Omit<PossibleError, 'value'>[] {
  const byModule = new Map<string, { readonly places: number[]; readonly family: LayerFamily }>();
  for (const at of graph.placesOf(misconception.on)) {
    const place = graph.places[at];
    const instead = place && misconception.rewrite(place.formula, place.scope);
    if (place === undefined || instead === undefined) continue;
    if (wanted === 'changing' && isSameValue(graph, place.formula, instead)) continue;
    const { module, family } = place.scope;
    const known = byModule.get(module);
    if (known === undefined) byModule.set(module, { places: [at], family });
    else known.places.push(at);
  }
  if (byModule.size === 0) return [];
  const error = (
    extent: PossibleError['extent'],
    sites: readonly [string, { readonly places: readonly number[] }][],
    where: string,
  ): Omit<PossibleError, 'value'> => ({
    misconception,
    extent,
    modules: sites.map(([module]) => module),
    of: undefined,
    where,
    change: {
      places: sites.flatMap(([, { places }]) => places),
      rewrite: (formula, scope) => misconception.rewrite(formula, scope),
    },
  });
  const sites = [...byModule];
  const [only] = sites;
  if (only !== undefined && sites.length === 1) {
    const [module] = only;
    return [error('everywhere', sites, module === '' || module === question.module ? '' : `in ${module}`)];
  }
  const families = new Map<LayerFamily, typeof sites>();
  for (const site of sites) families.set(site[1].family, [...(families.get(site[1].family) ?? []), site]);
  const all = error('everywhere', sites, [...families.keys()].map(inEvery).join(' and '));
  const byFamily =
    families.size < 2
      ? []
      : [...families].flatMap(([family, members]) =>
          members.length < 2 ? [] : [error('family', members, inEvery(family))],
        );
  if (sites.length > MOST_LAYERS) return [all, ...byFamily];
  return [all, ...byFamily, ...sites.map((site) => error('one', [site], `in ${site[0] || 'the whole'}`))];
}

function isSameValue(graph: FormulaGraph, a: Formula, b: Formula): boolean {
  const [first, second] = [graph.value(a), graph.value(b)];
  return first !== undefined && second !== undefined && same(first, second);
}

function inEvery(family: LayerFamily): string {
  return `in every ${FAMILIES[family]}`;
}

function aboutWhole(
  graph: FormulaGraph,
  question: Question,
  misconception: WholeMisconception,
): readonly Omit<PossibleError, 'value'>[] {
  const { measure, module, surroundings = NO_SURROUNDINGS } = question;
  const variants = (formula: Formula) => misconception.rewrite({ formula, measure, module, surroundings });
  return variants(graph.root).map(({ of }, at) => ({
    misconception,
    extent: of === undefined ? 'everywhere' : 'one',
    modules: [],
    of,
    where: '',
    change: { places: [graph.places.length - 1], rewrite: (formula) => variants(formula)[at]?.make() },
  }));
}
