import type { SyntaxProblem } from './tree.js';

/** Kinds of tokens; numbers, because the tokens of a file lie in flat arrays. */
export const END = 0;
export const NEWLINE = 1;
export const INDENT = 2;
export const DEDENT = 3;
export const NAME = 4;
export const KEYWORD = 5;
export const NUMBER = 6;
export const STRING = 7;
export const OPERATOR = 8;
export const FAULT = 9;
/** A function's body that was passed over, in place of its INDENT, tokens and DEDENT. */
export const BODY = 10;
/** What stands from a function's parameters to its colon, where that was passed over too; its BODY follows at once. */
export const HEAD = 11;
/** The items of a list of many plain strings. */
export const STRINGS = 12;

export const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from ' +
    'global if import in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

/** The length of `continue` and `nonlocal`. */
export const LONGEST_KEYWORD = 8;

/** So many tokens behind the last one are looked at, at most, by a parser that looks ahead. */
const AHEAD = 4;

const NO_KINDS = new Uint8Array(0);
const NO_OFFSETS = new Int32Array(0);
const NO_TEXTS: string[] = [];

/** Arrays that tokens lay in whose text has been parsed: the next text's lie in the same, for there are many small texts. */
const spare: Pick<Tokens, 'kinds' | 'starts' | 'ends' | 'texts'>[] = [];
const MOST_SPARE = 4;

type Fault = Pick<SyntaxProblem, 'type' | 'message'>;

/** The tokens of a text, in flat arrays: token `i` spans `starts[i]` to `ends[i]`. */
export class Tokens {
  count = 0;
  kinds: Uint8Array;
  starts: Int32Array;
  ends: Int32Array;
  /** The text of names, keywords, operators and numbers; empty for others. */
  texts: string[];
  /** What is wrong, by the index of a FAULT token. */
  #faults: Map<number, Fault> | undefined = undefined;

  /** @param room How many tokens there are likely to be; more find room too. */
  constructor(room: number) {
    const used = spare.findLast(({ kinds }) => kinds.length >= room);
    if (used !== undefined) {
      spare.splice(spare.indexOf(used), 1);
      this.kinds = used.kinds;
      this.starts = used.starts;
      this.ends = used.ends;
      this.texts = used.texts;
    } else {
      this.kinds = new Uint8Array(room);
      this.starts = new Int32Array(room);
      this.ends = new Int32Array(room);
      this.texts = [];
    }
  }

  /** Ends the tokens: behind the last one there is nothing but the end of the text. */
  close(end: number): void {
    const { count } = this;
    for (let ahead = 0; ahead < AHEAD; ahead++) this.push(END, end, end, '');
    this.count = count;
  }

  /** Gives the arrays to the next text; these tokens must not be looked at after that. */
  release(): void {
    if (spare.length >= MOST_SPARE || this.texts === NO_TEXTS) return;
    const { kinds, starts, ends, texts } = this;
    // No text of a program is kept longer than its tokens.
    texts.fill('', 0, this.count);
    spare.push({ kinds, starts, ends, texts });
    this.count = 0;
    this.kinds = NO_KINDS;
    this.starts = NO_OFFSETS;
    this.ends = NO_OFFSETS;
    this.texts = NO_TEXTS;
  }

  get isFaultless(): boolean {
    return this.#faults === undefined;
  }

  faultAt(index: number): Fault | undefined {
    return this.#faults?.get(index);
  }

  push(kind: number, start: number, end: number, text: string): void {
    const at = this.count++;
    if (at === this.kinds.length) this.#grow();
    this.kinds[at] = kind;
    this.starts[at] = start;
    this.ends[at] = end;
    this.texts[at] = text;
  }

  #grow(): void {
    const room = 2 * this.count;
    const kinds = new Uint8Array(room);
    const starts = new Int32Array(room);
    const ends = new Int32Array(room);
    kinds.set(this.kinds);
    starts.set(this.starts);
    ends.set(this.ends);
    this.kinds = kinds;
    this.starts = starts;
    this.ends = ends;
  }

  fault(start: number, end: number, message: string, type: SyntaxProblem['type'] = 'SyntaxError'): void {
    this.#faults ??= new Map();
    this.#faults.set(this.count, { type, message });
    this.push(FAULT, start, end, '');
  }
}
