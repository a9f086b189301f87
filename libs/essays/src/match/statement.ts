import { readSentence, type Reading, type Said } from '../meaning/reading.js';
import { disownedIn } from '../meaning/disowned.js';
import { isNaming } from '../meaning/poles.js';
import type { Lexicon } from '../terms/lexicon.js';
import { eitherOf, type Sides } from './either.js';
import { RUBRIC_SPEAK } from '../text/function-words.js';
import { sentencesOf } from '../text/sentences.js';
import type { Span } from '../text/span.js';

/** One way to say what a rubric item asks for, ready to be looked for. */
export interface Statement {
  readonly text: string;
  readonly reading: Reading;
  /** Units of the question. */
  readonly asked: ReadonlySet<string>;
  /** What an answer has to say for it, with weights that sum to one, or less for what says little. */
  readonly wanted: readonly Wanted[];
  /** Runs of four letters of its wanted words. */
  readonly grams: ReadonlySet<string>;
  /** Pairs of neighbours among what is wanted, as places in `wanted`. */
  readonly pairs: readonly (readonly [number, number])[];
  /** What it tells and does not itself claim: "it was once thought that …". */
  readonly disowned: readonly Span[];
  /** The sides of each "or" among what is wanted, as places in `wanted`: whoever says one need not say the others. */
  readonly either: readonly Sides[];
}

export interface Wanted extends Said {
  readonly weight: number;
  /** The same with the question's own words left in. */
  readonly full: number;
  /** The stems it was written with. */
  readonly stems: readonly string[];
  /** Whether the question says it too. */
  readonly asked: boolean;
}

/** How much a word tells, from 0 to 1, before the question's own words are taken out. */
export type Rarity = (unit: string) => number;

/** Field terms that stand in nearly every answer. */
const GENERIC = new Set([
  'neural network',
  'layer',
  'training',
  'input',
  'output',
  'dataset',
  'iteration',
  'parameter',
  'image',
  'method',
  'use',
  'example',
  'result',
  'function',
  'object',
  'prediction',
  'change',
  'create',
  'receive',
  'send',
  'problem',
  'important',
  'begin',
  'type',
  'purpose',
  'information',
  'value',
]);
/** Whether a unit tells little wherever it stands. */
export function isGeneric(unit: string): boolean {
  return GENERIC.has(unit);
}

/** Whether it tells little in a text about anything. */
export function isCommon(unit: string): boolean {
  return COMMON.has(unit);
}

/** Words that stand in texts about anything: they tell little. As stems. */
const COMMON = new Set(
  'take give go come get put find look see want need work try call turn seem becom happen provid bring set follow consid appear certain variou sever thing someth anyth everyth someon peopl time year dai side tak giv com mak due still point number amount abl possibl new old great own next young few bad sai ask tell leav feel let about left actual like'.split(
    ' ',
  ),
);
const BY_SOURCE: Readonly<Record<Said['source'], number>> = {
  field: 1.5,
  item: 1.6,
  axis: 0.7,
  subject: 1.1,
  plain: 0.7,
  word: 1,
};

/** What says less than this in all is never met entirely: two common words are no statement. */
const LEAST = 2;

/** `asked` are the units of the question: they are taken out, unless little would be left. */
export function statementOf(
  text: string,
  lexicon: Lexicon,
  asked: ReadonlySet<string>,
  rarity: Rarity,
): Statement {
  const reading = readSentence(text, 0, lexicon);
  const told = reading.said.filter(
    ({ unit, source, at }) =>
      !(source !== 'field' && source !== 'item' && isRubricSpeak(reading.tokens[at]?.word ?? '', at)) &&
      unit !== '',
  );
  const seen = new Set<string>();
  const distinct = told.filter(({ unit }) => !seen.has(unit) && seen.add(unit));
  const isBareCount = (at: number): boolean => COUNTS.test(reading.tokens[at]?.word ?? '');
  const either = eitherOf(distinct, reading.tokens, text);
  // Alternatives are one thing that is wanted.
  const share = (index: number): number =>
    1 / (either.find((sides) => sides.some((side) => side.includes(index)))?.length ?? 1);
  const full = distinct.map(
    ({ unit, source, at }, index) =>
      share(index) *
      BY_SOURCE[source] *
      (GENERIC.has(unit) ? 0.4 : COMMON.has(unit) || isBareCount(at) ? 0.5 : 1) *
      rarity(unit),
  );
  const total = sum(full);
  const fresh = sum(full.filter((_, index) => !asked.has(distinct[index]?.unit ?? '')));
  const demoted = demotionAt(fresh / (total || 1));
  const raw = full.map((weight, index) => {
    const unit = distinct[index]?.unit ?? '';
    return asked.has(unit) && !isNaming(unit) ? demoted * weight : weight;
  });
  // Each of several alternatives is a whole one.
  const apart = sum(raw.map((weight, index) => weight / share(index)));
  const scale = sum(raw) * Math.max(1, LEAST / apart);
  const wanted = distinct.map((said, index) => ({
    ...said,
    weight: (raw[index] ?? 0) / scale,
    full: (full[index] ?? 0) / (total || 1),
    stems: reading.tokens.slice(said.at, said.to).map(({ stem }) => stem),
    asked: asked.has(said.unit),
  }));
  return {
    text,
    reading,
    asked,
    wanted,
    grams: gramsOf(wanted.filter(({ unit }) => !asked.has(unit)).flatMap(({ stems }) => stems)),
    pairs: pairsOf(wanted),
    disowned: disownedIn(text, sentencesOf(text)),
    either,
  };
}

/** "The volume increases. The sound is louder.": more than one claim. */
export function hasSeveralSentences(text: string): boolean {
  return /[.;!?:]\s+\p{L}/u.test(text);
}

/** "States that …" speaks of the answer; "in the same state" speaks of the matter. */
function isRubricSpeak(word: string, at: number): boolean {
  return RUBRIC_SPEAK.has(word) && (at < OPENING || !MATTER.test(word));
}

const OPENING = 2;
/** Behind its opening an item speaks of the matter by these: "the teacher guides the student", "the gate and the candidate". */
const MATTER = /^(?:state|point|mark|name|note|example|student|candidate)s?$/;

/** "one of them", "both": where a count is no more than a word it tells little. */
const COUNTS = /^(?:one|both|single)$/;

/**
 * How much of its weight a word keeps that the question says too. The less a statement adds to the question, the more it says by how
 * it puts the question's own words together.
 */
function demotionAt(fresh: number): number {
  const between = Math.min(1, Math.max(0, (fresh - SCARCE) / (PLENTY - SCARCE)));
  return KEPT_AMONG_FEW + between * (KEPT_AMONG_MANY - KEPT_AMONG_FEW);
}

const SCARCE = 0.3;
const PLENTY = 0.6;
const KEPT_AMONG_FEW = 0.45;
const KEPT_AMONG_MANY = 0.08;

function pairsOf(wanted: readonly Wanted[]): [number, number][] {
  const pairs: [number, number][] = [];
  for (let at = 0; at + 1 < wanted.length; at++) {
    pairs.push([at, at + 1]);
    if (at + 2 < wanted.length) pairs.push([at, at + 2]);
  }
  return pairs;
}

/** Runs of four letters, each word with its edges. */
export function gramsOf(stems: Iterable<string>): Set<string> {
  const grams = new Set<string>();
  for (const stem of stems) {
    const edged = `_${stem}_`;
    for (let at = 0; at + 4 <= edged.length; at++) grams.add(edged.slice(at, at + 4));
  }
  return grams;
}

function sum(all: readonly number[]): number {
  return all.reduce((total, each) => total + each, 0);
}
