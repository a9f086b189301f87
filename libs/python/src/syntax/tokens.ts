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

export const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from ' +
    'global if import in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

/** The tokens of a text, in flat arrays: token `i` spans `starts[i]` to `ends[i]`. */
export class Tokens {
  readonly kinds: number[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  /** The text of names, keywords, operators and numbers; empty for others. */
  readonly texts: string[] = [];
  /** What is wrong, by the index of a FAULT token. */
  readonly faults = new Map<number, Pick<SyntaxProblem, 'type' | 'message'>>();

  push(kind: number, start: number, end: number, text: string): void {
    this.kinds.push(kind);
    this.starts.push(start);
    this.ends.push(end);
    this.texts.push(text);
  }

  fault(start: number, end: number, message: string, type: SyntaxProblem['type'] = 'SyntaxError'): void {
    this.faults.set(this.kinds.length, { type, message });
    this.push(FAULT, start, end, '');
  }
}
