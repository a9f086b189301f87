import type { Numeral, Span } from './expression.js';

export type Operator = '+' | '-' | '*' | '/' | '^' | '!' | 'mod' | '//';
export type RelationSign = '=' | '≈' | '→';
export type Bracket = '(' | '[' | '{' | '⌊' | '⌈';

interface TokenPlace extends Span {
  /** White space or a line break stands before it. */
  readonly space: boolean;
  /** A border of mathematics (`$`, `\(`, a backtick) stands before it: nothing multiplies across one by standing side by side. */
  readonly border: boolean;
  /** Within `$ $`, `\[ \]` or a LaTeX environment. */
  readonly math: boolean;
}

export interface NumberToken extends TokenPlace {
  readonly kind: 'number';
  readonly numeral: Numeral;
}

export interface WordToken extends TokenPlace {
  readonly kind: 'word';
  readonly text: string;
  /** Several words in one `\text{ }`. */
  readonly phrase: boolean;
}

export interface OperatorToken extends TokenPlace {
  readonly kind: 'operator';
  readonly operator: Operator;
  /** The letter x or a multiplication cross, as sizes are written. */
  readonly cross: boolean;
  /** A dash with spaces around it, which may only separate. */
  readonly dash: boolean;
}

export interface RelationToken extends TokenPlace {
  readonly kind: 'relation';
  readonly sign: RelationSign;
}

export interface OpenToken extends TokenPlace {
  readonly kind: 'open';
  readonly bracket: Bracket;
  /** Index of the matching closing token, -1 where there is none. */
  match: number;
}

export interface CloseToken extends TokenPlace {
  readonly kind: 'close';
  readonly bracket: Bracket;
}

export interface CommandToken extends TokenPlace {
  readonly kind: 'command';
  readonly command: 'fraction' | 'root' | 'sum' | 'product' | 'function';
  readonly name: string;
}

export interface PlainToken extends TokenPlace {
  readonly kind:
    | 'subscript'
    | 'comma'
    | 'semicolon'
    | 'colon'
    | 'stop'
    | 'inequality'
    /** `|` or, in a LaTeX table, `&`. */
    | 'cell'
    /** A line drawn across: `-----`, `\hline`. */
    | 'rule'
    /** The mark of a list item: `-`, `2.`, `(b)`. */
    | 'marker'
    | 'other';
}

export interface LineBreakToken extends TokenPlace {
  readonly kind: 'newline';
  /** At least one empty line. */
  readonly blank: boolean;
}

export type Token =
  | NumberToken
  | WordToken
  | OperatorToken
  | RelationToken
  | OpenToken
  | CloseToken
  | CommandToken
  | PlainToken
  | LineBreakToken;
