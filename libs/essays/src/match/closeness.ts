import type { Pole } from '../meaning/poles.js';
import type { Reading } from '../meaning/reading.js';
import { isKnownWord, type Lexicon } from '../terms/lexicon.js';
import { DETERMINERS, isFunctionWord } from '../text/function-words.js';
import type { Token } from '../text/tokens.js';
import type { Wanted } from './statement.js';

const PHRASE_APART = 0.8;
const PART_OF_PHRASE = 0.45;
const MISSPELT = 0.85;
const RELATED_FORM = 0.7;
/** "steeper" where "steepest" is wanted. */
const GRADE = 0.9;

/** What is said by denying its opposite. */
const OTHER_SIDE = 0.9;

function isSame(one: Pole | undefined, other: Pole): boolean {
  return one?.axis === other.axis && one.sign === other.sign;
}

/** Words of an answer that a stem may stand for, misspelt or in another form; worked out once for each answer. */
export class Vocabulary {
  private readonly near = new Map<string, ReadonlyMap<string, number>>();

  constructor(private readonly stems: ReadonlySet<string>) {}

  /** Stems of the answer close to this one, with how close: 1 is the same. */
  closeTo(stem: string): ReadonlyMap<string, number> {
    const known = this.near.get(stem);
    if (known !== undefined) return known;
    const found = new Map<string, number>();
    for (const other of this.stems) {
      const closeness = closenessOf(stem, other);
      if (closeness > 0) found.set(other, closeness);
    }
    this.near.set(stem, found);
    return found;
  }
}

function closenessOf(a: string, b: string): number {
  if (a === b) return 1;
  if (a.charAt(0) !== b.charAt(0) || Math.min(a.length, b.length) < 4) return 0;
  const shorter = Math.min(a.length, b.length);
  if (areGrades(a, b)) return GRADE;
  if (shorter >= 5 && (a.startsWith(b) || b.startsWith(a)) && Math.abs(a.length - b.length) <= 4)
    return RELATED_FORM;
  const most =
    shorter >= 8 || (shorter >= 6 && consonantsOf(a) === consonantsOf(b)) ? 2 : shorter >= 5 ? 1 : 0;
  if (most === 0 || Math.abs(a.length - b.length) > most || isKnownWord(b)) return 0;
  return within(a, b, most) ? MISSPELT : 0;
}

/** "steep", "steeper", "steepest": the highest grade tells an adjective from a "filter". */
function areGrades(a: string, b: string): boolean {
  const [low, high] = a.endsWith('est') ? [b, a] : [a, b];
  const base = /^(\p{L}{4,}?)i?est$/u.exec(high)?.[1];
  return base !== undefined && [base, `${base}e`, `${base}er`, `${base}i`, `${base}ier`].includes(low);
}

/** Vowels are what is spelt wrong most. */
function consonantsOf(word: string): string {
  return word.replace(/[aeiouy]|(.)(?=\1)/g, '');
}

/** Whether two words are at most `most` slips of the pen apart: a letter more, less, other, or two swapped. */
function within(a: string, b: string, most: number): boolean {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a.charAt(i - 1) === b.charAt(j - 1) ? 0 : 1;
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a.charAt(i - 1) === b.charAt(j - 2) && a.charAt(i - 2) === b.charAt(j - 1))
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    if (Math.min(...row) > most) return false;
    before = last;
    last = row;
  }
  return (last[b.length] ?? most + 1) <= most;
}

/** Words of a phrase that stand farther apart than this belong to other things: "data than nets with less layers". */
const REACH = 12;

function areNear(stems: readonly string[], { tokens }: Reading, vocabulary: Vocabulary): boolean {
  const places = stems.map((stem) => {
    const close = vocabulary.closeTo(stem);
    return tokens.flatMap((token, at) => (close.has(token.stem) ? [at] : []));
  });
  const isParted = (from: number, to: number): boolean =>
    tokens.slice(Math.min(from, to), Math.max(from, to)).some(({ word }) => word === 'than');
  return (places[0] ?? []).some((from) =>
    places.every((each) => each.some((at) => Math.abs(at - from) <= REACH && !isParted(from, at))),
  );
}

const NO_ONE = /^(?:none|nothing|nobodi|neither)$/;
const isNegated = ({ negated }: Reading['said'][number]): boolean => negated;

const CONTAINS = /^(?:contain|includ)$/;
const HAS = /^(?:has|have|had|having)$/;
const IS = /^(?:is|are|was|were|be)$/;

/** "has a valve", "there is a valve"; not the "has" of "has been opened", and not "has no valve". */
function isThere({ word }: Token, at: number, tokens: readonly Token[]): boolean {
  const next = tokens[at + 1]?.word ?? '';
  if (NONE.test(next) || tokens.slice(Math.max(0, at - 2), at).some((before) => NOT.test(before.word)))
    return false;
  if (IS.test(word)) return tokens[at - 1]?.word === 'there' && !NOT.test(next);
  return HAS.test(word) && (DETERMINERS.has(next) || !isFunctionWord(next)) && !/(?:ed|en)$/.test(next);
}

const NONE = /^(?:no|none|nothing|hardly|barely)$/;
const NOT = /^(?:not|never|cannot)$/;

/** How far a sentence says one thing that is wanted: 1 in the same or a synonymous word, 0 not at all. */
export function degreeOf(
  wanted: Wanted,
  sentence: Reading,
  vocabulary: Vocabulary,
  lexicon: Lexicon,
): number {
  if (sentence.units.has(wanted.unit)) return 1;
  // "two children", a term of its own, holds a two.
  const { value } = wanted;
  if (value !== undefined) return sentence.tokens.some((token) => token.value === value) ? 1 : 0;
  // "not connected" is "separated".
  const { pole } = wanted;
  if (pole !== undefined && sentence.said.some((said) => isSame(said.pole, pole))) return OTHER_SIDE;
  // "none of them can" is "they cannot".
  if (NO_ONE.test(wanted.unit) && (sentence.denied.length > 0 || sentence.said.some(isNegated)))
    return OTHER_SIDE;
  // Whatever has something contains it.
  if (CONTAINS.test(wanted.stems[0] ?? '') && sentence.tokens.some(isThere)) return OTHER_SIDE;
  const inSentence = (stem: string): number => {
    let best = 0;
    for (const [other, closeness] of vocabulary.closeTo(stem)) {
      if (closeness > best && sentence.stems.has(other)) best = closeness;
    }
    return best;
  };
  if (wanted.source === 'field' || wanted.source === 'item' || wanted.source === 'subject') {
    // In other subjects a phrase is often made of the question's words: only what the statement itself has may stand apart.
    const phrases = wanted.source === 'subject' ? [wanted.stems] : lexicon.phrases(wanted.unit);
    const apart = phrases.some(
      (stems) =>
        stems.length >= 2 &&
        stems.length <= 4 &&
        stems.every((stem) => inSentence(stem) > 0.8 && stem.length > 2) &&
        areNear(stems, sentence, vocabulary),
    );
    if (apart) return PHRASE_APART;
    const parts = wanted.stems.filter((stem) => stem.length > 2);
    if (parts.length === 1) return parts.map(inSentence)[0] ?? 0;
    if (parts.length === 0) return 0;
    return (PART_OF_PHRASE * parts.reduce((total, stem) => total + inSentence(stem), 0)) / parts.length;
  }
  return Math.max(0, ...wanted.stems.map(inSentence));
}
