import { BEYOND_ASCII } from '../source/codes.js';
import { KEYWORD, KEYWORDS, LONGEST_KEYWORD, NAME } from './tokens.js';

/** By code: whether the character goes on a word (of ASCII). */
export const IN_WORD = Uint8Array.from({ length: BEYOND_ASCII + 1 }, (_, code) =>
  code < BEYOND_ASCII && /\w/.test(String.fromCharCode(code)) ? 1 : 0,
);

/** Words longer than this are not kept: cut from a text, they would keep the whole text in memory. */
const LONGEST_KEPT = 12;
/** A power of two. */
const KEPT = 4096;

/**
 * Words that have been read, each at the place its hash gives it, where a new one takes the place of an old one. The few hundred
 * words of which most programs are made are then the same strings wherever they stand, and found quickly in every table after that.
 */
const kept: (string | undefined)[] = Array.from({ length: KEPT });
const kinds = new Uint8Array(KEPT);

/**
 * The same text as the engine's own string of it, which is one and the same wherever it is a name: two such are told apart by
 * where they lie, without a look at their characters.
 */
export function interned(text: string): string {
  return Object.keys({ [text]: true })[0] ?? text;
}

/** What a word is: its text, and whether it is a keyword. */
export class Word {
  text = '';
  kind = NAME;

  /** Reads the word between two offsets, which is ASCII and whose hash is given. */
  read(text: string, codes: Uint8Array, start: number, end: number, hash: number): void {
    const length = end - start;
    if (length > LONGEST_KEPT) {
      this.text = text.slice(start, end);
      this.kind = NAME;
      return;
    }
    const slot = (hash ^ (hash >>> 12)) & (KEPT - 1);
    const known = kept[slot];
    if (known !== undefined && known.length === length && isAt(known, codes, start)) {
      this.text = known;
      this.kind = kinds[slot] ?? NAME;
      return;
    }
    const word = interned(text.slice(start, end));
    const kind = length <= LONGEST_KEYWORD && KEYWORDS.has(word) ? KEYWORD : NAME;
    kept[slot] = word;
    kinds[slot] = kind;
    this.text = word;
    this.kind = kind;
  }
}

function isAt(word: string, codes: Uint8Array, start: number): boolean {
  for (let index = 0; index < word.length; index++)
    if (word.charCodeAt(index) !== codes[start + index]) return false;
  return true;
}
