import type { Reading } from '../meaning/reading.js';
import type { Lexicon } from '../terms/lexicon.js';
import { degreeOf, type Vocabulary } from './closeness.js';
import { gramsOf, hasSeveralSentences, isGeneric, type Statement, type Wanted } from './statement.js';

/** What a stretch of an answer and a statement have in common; each from 0 to 1. None of them knows how long an answer is. */
export interface Features {
  /** Weight of what is wanted that one sentence says. */
  readonly recall: number;
  /** The same for two sentences together, as far as that is more. */
  readonly joined: number;
  /** The same for the whole answer, as far as that is more. */
  readonly whole: number;
  /** Share of the wanted words' runs of four letters. */
  readonly grams: number;
  /** Share of neighbouring words that stand near each other here too. */
  readonly pairs: number;
  /** How much of what the stretch says is wanted. */
  readonly focus: number;
  /** Weight of what is wanted that one clause says. */
  readonly clause: number;
  /** The heaviest thing that is wanted and not said. */
  readonly missing: number;
  /** Of the statement's clauses, the part that is said of the one that is said least. */
  readonly least: number;
  /** Weight of what is wanted that the stretch says, the question's own words left in. */
  readonly full: number;
}

export const FEATURE_NAMES = [
  'recall',
  'joined',
  'whole',
  'grams',
  'pairs',
  'focus',
  'clause',
  'missing',
  'least',
  'full',
] as const satisfies readonly (keyof Features)[];

/** How much of one side of an "or" has to be said for it to be said. */
const A_SIDE = 0.65;

/** How far each sentence says each thing that is wanted: `degrees[sentence][wanted]`. */
export function degreesOf(
  statement: Statement,
  sentences: readonly Reading[],
  vocabulary: Vocabulary,
  lexicon: Lexicon,
): readonly (readonly number[])[] {
  return sentences.map((sentence) => {
    const degrees = statement.wanted.map((wanted) => degreeOf(wanted, sentence, vocabulary, lexicon));
    for (const sides of statement.either) {
      // The side that is said most stands for the others, if it is said.
      const said = sides.map((side) => sideOf(statement, side, degrees));
      const most = Math.max(...said);
      if (most < A_SIDE) continue;
      const others = sides.filter((_, at) => at !== said.indexOf(most)).flat();
      for (const index of others) degrees[index] = Math.max(degrees[index] ?? 0, most);
    }
    return degrees;
  });
}

/** How much of one side of an "or" is said. */
function sideOf({ wanted }: Statement, side: readonly number[], degrees: readonly number[]): number {
  let all = 0;
  let said = 0;
  for (const index of side) {
    all += wanted[index]?.full ?? 0;
    said += (wanted[index]?.full ?? 0) * (degrees[index] ?? 0);
  }
  return all === 0 ? 0 : said / all;
}

export interface Stretch {
  /** The first sentence, and the one after the last. */
  readonly from: number;
  readonly to: number;
}

export function recallOf(statement: Statement, degrees: readonly (readonly number[])[]): number {
  return statement.wanted.reduce((total, { weight }, index) => total + weight * bestOf(degrees, index), 0);
}

/** How many of the things that are wanted, and that the question does not say, a stretch says, of how many. */
export interface Told {
  readonly said: number;
  readonly of: number;
  /** How much the heaviest of the field's terms weighs, or of the item's own, of which nothing is said. */
  readonly unnamed: number;
  /** Whatever the question does not have and is not said. */
  readonly lacking: readonly Wanted[];
  /** How much is said of what the statement adds to the question, from 0 to 1; nothing where it hardly adds anything. */
  readonly added: number | undefined;
  /** The most that is said of any one thing behind the "is" of a statement that has one; nothing where it has none. */
  readonly predicate: number | undefined;
}

/** Terms that stand in nearly every answer need not be named, unless they are as much as this of what is asked for. */
const MUCH = 0.28;

/** A part of a phrase is less than the phrase, and as much as this says it. */
const SAID = 0.4;
/** Less than this is a likeness of letters. */
const NOTHING_SAID = 0.15;

export function toldIn({ wanted, reading, text }: Statement, degrees: readonly (readonly number[])[]): Told {
  const own = wanted.flatMap(({ asked }, index) => (asked ? [] : [index]));
  const terms = wanted.filter(
    ({ asked, source }, index) =>
      !asked && (source === 'item' || source === 'field') && bestOf(degrees, index) < NOTHING_SAID,
  );
  const named = terms.filter(({ source, unit }) => source === 'item' || !isGeneric(unit));
  const generic = terms.reduce((sum, each) => sum + (named.includes(each) ? 0 : each.weight), 0);
  const unnamed = [...named.map(({ weight }) => weight), generic < MUCH ? 0 : generic];
  const lacking = wanted.filter(({ asked }, index) => !asked && bestOf(degrees, index) < SAID);
  // "contains", "has": that it is there adds nothing by itself.
  const more = own.filter((index) => wanted[index]?.pole?.axis !== 'presence');
  const adds = more.reduce((total, index) => total + (wanted[index]?.full ?? 0), 0);
  const added = more.reduce((total, index) => total + (wanted[index]?.full ?? 0) * bestOf(degrees, index), 0);
  return {
    said: own.filter((index) => bestOf(degrees, index) >= SAID).length,
    of: own.length,
    unnamed: Math.max(0, ...unnamed),
    lacking,
    added: adds >= WORTH_ADDING ? added / adds : undefined,
    predicate: hasSeveralSentences(text) ? undefined : predicateOf(wanted, reading, degrees),
  };
}

const COPULA = /^(?:is|are|was|were)$/;
const PARTICIPLE = /^(?:\p{L}+(?:ed|en|wn)|put|set|kept|lost|held|made|also|only|not)$/u;

function predicateOf(
  wanted: Statement['wanted'],
  { tokens, clauseOf }: Reading,
  degrees: readonly (readonly number[])[],
): number | undefined {
  // "are used", "is shared": a verb, for which there are more words than for what something is.
  const copula = tokens.findIndex(
    ({ word }, at) => COPULA.test(word) && !PARTICIPLE.test(tokens[at + 1]?.word ?? ''),
  );
  if (copula === -1 || new Set(clauseOf).size > 1) return undefined;
  const behind = wanted.flatMap(({ at, full, unit }, index) =>
    at > copula && !isGeneric(unit) ? [{ full, degree: bestOf(degrees, index) }] : [],
  );
  const weight = behind.reduce((total, { full }) => total + full, 0);
  return weight < WORTH_ADDING || behind.length === wanted.length
    ? undefined
    : Math.max(...behind.map(({ degree }) => degree));
}

/** What a statement adds to a question in less than this of its weight need not be told apart. */
const WORTH_ADDING = 0.15;

function bestOf(degrees: readonly (readonly number[])[], index: number): number {
  let best = 0;
  for (const each of degrees) best = Math.max(best, each[index] ?? 0);
  return best;
}

/** The features of a stretch of one or two sentences. */
export function featuresOf(
  statement: Statement,
  sentences: readonly Reading[],
  degrees: readonly (readonly number[])[],
  { from, to }: Stretch,
  asked: ReadonlySet<string>,
): Features {
  const here = degrees.slice(from, to);
  const single = Math.max(...here.map((each) => recallOf(statement, [each])));
  const joined = recallOf(statement, here);
  const whole = recallOf(statement, degrees);
  const read = sentences.slice(from, to);
  return {
    recall: single,
    joined: joined - single,
    whole: whole - joined,
    grams: gramsShared(statement, read),
    pairs: pairsShared(statement, read, here),
    focus: focusOf(statement, read, asked),
    clause: clauseRecall(statement, read, here),
    missing: Math.max(0, ...statement.wanted.map(({ weight }, index) => weight * (1 - bestOf(here, index)))),
    least: leastClause(statement, here),
    full: statement.wanted.reduce((total, { full }, index) => total + full * bestOf(here, index), 0),
  };
}

/** A clause that carries less than this of a statement's weight need not be said. */
const WORTH_SAYING = 0.12;

function leastClause({ wanted }: Statement, degrees: readonly (readonly number[])[]): number {
  const clauses = new Map<number, { all: number; said: number }>();
  wanted.forEach(({ clause, weight }, index) => {
    const { all, said } = clauses.get(clause) ?? { all: 0, said: 0 };
    clauses.set(clause, { all: all + weight, said: said + weight * bestOf(degrees, index) });
  });
  return Math.min(
    1,
    ...[...clauses.values()].flatMap(({ all, said }) => (all >= WORTH_SAYING ? [said / all] : [])),
  );
}

function gramsShared({ grams }: Statement, read: readonly Reading[]): number {
  if (grams.size === 0) return 0;
  const found = gramsOf(read.flatMap(({ stems }) => [...stems]));
  let shared = 0;
  for (const gram of grams) if (found.has(gram)) shared += 1;
  return shared / grams.size;
}

const NEAR = 9;

function pairsShared(
  statement: Statement,
  read: readonly Reading[],
  degrees: readonly (readonly number[])[],
): number {
  let all = 0;
  let kept = 0;
  for (const [a, b] of statement.pairs) {
    const left = statement.wanted[a];
    const right = statement.wanted[b];
    if (left === undefined || right === undefined) continue;
    const weight = left.weight + right.weight;
    all += weight;
    const best = Math.max(
      0,
      ...read.map((sentence, index) => {
        const both = Math.min(degrees[index]?.[a] ?? 0, degrees[index]?.[b] ?? 0);
        return both > 0 && isNear(sentence, left.unit, right.unit) ? both : 0.5 * both;
      }),
    );
    kept += weight * best;
  }
  return all === 0 ? recallOf(statement, degrees) : kept / all;
}

function isNear({ said }: Reading, a: string, b: string): boolean {
  const places = said.filter(({ unit }) => unit === a).map(({ at }) => at);
  return said.some(({ unit, at }) => unit === b && places.some((place) => Math.abs(place - at) <= NEAR));
}

function focusOf({ wanted }: Statement, read: readonly Reading[], asked: ReadonlySet<string>): number {
  const units = new Set(wanted.map(({ unit }) => unit));
  const stems = new Set(wanted.flatMap(({ stems }) => stems));
  const said = read.flatMap((each) => each.said).filter(({ unit }) => !asked.has(unit) || units.has(unit));
  if (said.length === 0) return 0;
  return said.filter(({ unit }) => units.has(unit) || stems.has(unit)).length / Math.max(4, said.length);
}

/** A clause says what the sentence says only as far as the words stand in it. */
function clauseRecall(
  { wanted }: Statement,
  read: readonly Reading[],
  degrees: readonly (readonly number[])[],
): number {
  let best = 0;
  read.forEach(({ said, contrast }, index) => {
    contrast.forEach((_, clause) => {
      const here = said.filter((each) => each.clause === clause || each.clause === clause - 1);
      const units = new Set(here.map(({ unit }) => unit));
      const recall = wanted.reduce(
        (total, { unit, weight }, at) => total + (units.has(unit) ? weight * (degrees[index]?.[at] ?? 0) : 0),
        0,
      );
      best = Math.max(best, recall);
    });
  });
  return best;
}
