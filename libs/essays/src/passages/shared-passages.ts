import { alignedPassages, type Passage } from './align.js';
import { fingerprintsOf, hashesOf, RUN } from './fingerprints.js';
import { Numbering, type Words } from './words.js';

/** An answer as it is compared with others. */
export interface ComparedText {
  readonly id: string;
  readonly text: string;
}

/** Two answers, and what stands in both. It says nothing about how that came. */
export interface SharingPair {
  readonly one: string;
  readonly other: string;
  readonly passages: readonly Passage[];
  /** The most words in a row. */
  readonly longest: number;
  /** All words of the passages. */
  readonly words: number;
  /** Their share of the shorter answer's own words, from 0 to 1. */
  readonly share: number;
}

/** An answer, and what stands in the question or in what was given with it. */
export interface SharedWithQuestion {
  readonly id: string;
  /** `other` is a span of the question. */
  readonly passages: readonly Passage[];
  readonly longest: number;
  readonly words: number;
  readonly share: number;
}

export interface SharedPassages {
  /** Those that share most first. */
  readonly pairs: readonly SharingPair[];
  readonly withQuestion: readonly SharedWithQuestion[];
  /** Whether there were more pairs than are told. */
  readonly more: boolean;
}

export interface Comparison {
  readonly texts: readonly ComparedText[];
  /** What everyone was given: the question, its code. */
  readonly given: string;
  /** At most so many pairs, by default 200. */
  readonly most?: number;
}

/** A run that more answers than this share, of all or at least in number, is a phrase of the field. Rarer ones weigh more. */
const COMMON_SHARE = 0.04;
const COMMON_LEAST = 10;
const COMMON_MOST = 40;
/** A text that repeats itself is met so often at most. */
const MOST_IN_ONE = 4;
/** In a row, or in all with this share of the shorter answer. */
const LONG_RUN = 12;
const MANY_WORDS = 20;
const LARGE_SHARE = 0.3;
/** Pairs that are aligned, the most promising first. */
const MOST_CANDIDATES = 4000;
const STEP = 100;

/**
 * Which answers share passages with each other or with the question. It pauses after each hundred texts, so that whoever runs it can
 * let others run between. Common ground is left out: the question's words, quotations, and runs that many answers have.
 * Pure; by an index of fingerprints and not by all pairs.
 */
export function* findSharedPassages({
  texts,
  given,
  most = 200,
}: Comparison): Generator<undefined, SharedPassages> {
  const numbering = new Numbering();
  const question = numbering.read(given);
  const asked = runsIn(question);
  const read: Words[] = [];
  const withQuestion: SharedWithQuestion[] = [];
  const index = new Map<number, Posting[]>();
  const first = new Map<string, number>();
  const same: Candidate[] = [];
  for (const [place, { id, text }] of texts.entries()) {
    if (place % STEP === STEP - 1) yield;
    const words = numbering.read(text);
    const shared = sharedWithQuestion(id, words, question, asked);
    if (shared !== undefined) withQuestion.push(shared);
    markGiven(words, asked);
    read.push(words);
    const whole = words.ids.join(' ');
    const before = first.get(whole);
    if (before !== undefined) {
      same.push({ one: before, other: place, weight: 0, seeds: [{ one: 0, other: 0 }] });
      continue;
    }
    first.set(whole, place);
    for (const { hash, at } of fingerprintsOf(words)) {
      const known = index.get(hash);
      if (known === undefined) index.set(hash, [{ text: place, at }]);
      else if (known.at(-MOST_IN_ONE)?.text !== place) known.push({ text: place, at });
    }
  }
  const candidates = [...same, ...candidatesOf(index, texts.length)];
  const pairs: SharingPair[] = [];
  for (const [step, { one, other, seeds }] of candidates.entries()) {
    if (step % STEP === STEP - 1) yield;
    const pair = pairOf(texts, read, one, other, seeds);
    if (pair !== undefined) pairs.push(pair);
  }
  const sorted = pairs.toSorted(
    (a, b) => b.longest - a.longest || b.words - a.words || a.one.localeCompare(b.one),
  );
  return {
    pairs: sorted.slice(0, most),
    withQuestion: withQuestion.toSorted((a, b) => b.words - a.words || a.id.localeCompare(b.id)),
    more: sorted.length > most || candidates.length - same.length === MOST_CANDIDATES,
  };
}

/** The same in one go. */
export function sharedPassages(comparison: Comparison): SharedPassages {
  const finding = findSharedPassages(comparison);
  for (;;) {
    const { done, value } = finding.next();
    if (done === true) return value;
  }
}

interface Posting {
  readonly text: number;
  readonly at: number;
}

interface Candidate {
  readonly one: number;
  readonly other: number;
  weight: number;
  readonly seeds: { readonly one: number; readonly other: number }[];
}

/** Pairs with runs in common, rare runs first. */
function candidatesOf(index: ReadonlyMap<number, readonly Posting[]>, texts: number): readonly Candidate[] {
  const common = Math.min(COMMON_MOST, Math.max(COMMON_LEAST, Math.ceil(COMMON_SHARE * texts)));
  const pairs = new Map<number, Candidate>();
  for (const postings of index.values()) {
    const holders = new Set(postings.map(({ text }) => text)).size;
    if (holders < 2 || holders > common) continue;
    const weight = Math.log((texts + 1) / holders);
    for (const [place, one] of postings.entries()) {
      for (const other of postings.slice(place + 1)) {
        if (other.text === one.text) continue;
        const key = one.text * texts + other.text;
        let pair = pairs.get(key);
        if (pair === undefined) {
          pair = { one: one.text, other: other.text, weight: 0, seeds: [] };
          pairs.set(key, pair);
        }
        pair.weight += weight;
        pair.seeds.push({ one: one.at, other: other.at });
      }
    }
  }
  return [...pairs.values()]
    .toSorted((a, b) => b.weight - a.weight || a.one - b.one || a.other - b.other)
    .slice(0, MOST_CANDIDATES);
}

function pairOf(
  texts: readonly ComparedText[],
  read: readonly Words[],
  one: number,
  other: number,
  seeds: Candidate['seeds'],
): SharingPair | undefined {
  const [left, right] = [read[one], read[other]];
  const [leftText, rightText] = [texts[one], texts[other]];
  if (left === undefined || right === undefined || leftText === undefined || rightText === undefined)
    return undefined;
  const passages = alignedPassages(left, right, seeds);
  const told = totalsOf(passages, Math.min(ownWords(left), ownWords(right)));
  return told === undefined ? undefined : { one: leftText.id, other: rightText.id, passages, ...told };
}

/** Undefined where too little is shared to tell of. */
function totalsOf(passages: readonly Passage[], own: number) {
  const words = passages.reduce((sum, passage) => sum + passage.words, 0);
  const longest = Math.max(0, ...passages.map((passage) => passage.longest));
  const share = Math.min(1, words / Math.max(1, own));
  if (longest < LONG_RUN && (words < MANY_WORDS || share < LARGE_SHARE)) return undefined;
  return { words, longest, share };
}

function ownWords({ common }: Words): number {
  let own = 0;
  for (const each of common) if (each === 0) own += 1;
  return own;
}

/** Where each run of the question's words stands in it. */
function runsIn(question: Words): ReadonlyMap<number, number> {
  const runs = new Map<number, number>();
  hashesOf(question).forEach((hash, at) => {
    if (hash !== 0 && !runs.has(hash)) runs.set(hash, at);
  });
  return runs;
}

function sharedWithQuestion(
  id: string,
  words: Words,
  question: Words,
  asked: ReadonlyMap<number, number>,
): SharedWithQuestion | undefined {
  const seeds: { one: number; other: number }[] = [];
  hashesOf(words).forEach((hash, one) => {
    const other = asked.get(hash);
    if (other !== undefined) seeds.push({ one, other });
  });
  if (seeds.length === 0) return undefined;
  const passages = alignedPassages(words, question, seeds);
  const told = totalsOf(passages, ownWords(words));
  return told === undefined ? undefined : { id, passages, ...told };
}

/** Runs that the question has too are common ground. */
function markGiven(words: Words, asked: ReadonlyMap<number, number>): void {
  const runs = hashesOf(words);
  runs.forEach((hash, at) => {
    if (hash !== 0 && asked.has(hash)) words.common.fill(1, at, at + RUN);
  });
}
