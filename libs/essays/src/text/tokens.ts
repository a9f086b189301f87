import { stem } from './stem.js';

/** A word or a number of a text. Offsets are those of the text that the sentence stands in. */
export interface Token {
  /** In lower case, accents taken off. */
  readonly word: string;
  readonly stem: string;
  readonly start: number;
  readonly end: number;
  readonly value: number | undefined;
}

/** "k-1" is one thing, and no one. */
const TOKEN =
  /[Rr]e-(?=\p{L}{3})\p{L}+|(?<![\p{L}\p{N}-])\p{L}[-−]\d(?![\p{L}\p{N}-])|\p{N}+(?:[.,]\p{N}+)*%?|\p{L}[\p{L}\p{M}]*(?:'\p{L}+)*(?:\d{1,2}(?!\d))?/gu;
const NUMBER_WORDS: Readonly<Record<string, number>> = {
  zero: 0,
  one: 1,
  single: 1,
  two: 2,
  both: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  hundred: 100,
  thousand: 1000,
};
const NEGATED = /n't$/;
/** The same as it is often typed. */
const NEGATED_PLAIN = /^(?:do|does|did|is|are|was|were|has|have|had|ca|wo|would|could|should)nt$/;

/** The words of a stretch of prose that begins at `from` in its text; `n't` is taken apart as `not`. */
export function tokensOf(prose: string, from = 0): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of prose.matchAll(TOKEN)) {
    const start = from + match.index;
    const end = start + match[0].length;
    const folded = fold(match[0]);
    const word = NEGATED_PLAIN.test(folded) ? folded.replace(/nt$/, "n't") : folded.replace(/[-−]/, '');
    const cut = folded.endsWith("n't") ? 3 : 2;
    if (NEGATED.test(word)) {
      const verb = word === "can't" ? 'can' : word === "won't" ? 'will' : word.slice(0, -3);
      tokens.push({ word: verb, stem: stem(verb), start, end: end - cut, value: undefined });
      tokens.push({ word: 'not', stem: 'not', start: end - cut, end, value: undefined });
      continue;
    }
    const plain = word.replace(/'s?$|'(?:re|ve|ll|d|m)$/, '');
    tokens.push({ word: plain, stem: stem(plain), start, end, value: valueOf(plain) });
  }
  return tokens;
}

export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

function valueOf(word: string): number | undefined {
  if (Object.hasOwn(NUMBER_WORDS, word)) return NUMBER_WORDS[word];
  if (!/^\d/.test(word)) return undefined;
  const value = Number(
    word
      .replace(/,(?=\d{3})/g, '')
      .replace(',', '.')
      .replace('%', ''),
  );
  return Number.isFinite(value) ? value : undefined;
}
