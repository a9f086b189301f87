import type { Rational } from './rational.js';
import type { Convention } from './conventions.js';
import type { Unit } from './units.js';

/** A place in the text: `text.slice(start, end)` is the quote. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A number as it was written, with the digits it shows. */
export interface Numeral {
  /** As written, without suffix and unit: `75,264`, `0.30`. */
  readonly written: string;
  /** The digits alone, before any suffix: 0.3 in `0.3M`. */
  readonly mantissa: Rational;
  /** Digits shown after the point: 2 in `0.30`. */
  readonly decimals: number;
  /** Significant figures shown; zeros at the end of a whole number count. */
  readonly significant: number;
  /** Zeros at the end of a whole number, which may or may not be significant: 3 in `75000`. */
  readonly trailingZeros: number;
  /** Another way to read the digits: `75.264` as 75264, `75,264` as 75.264. */
  readonly otherMantissa: {
    readonly value: Rational;
    readonly decimals: number;
    readonly convention: Convention;
  } | null;
  /** What the suffix multiplies by in the usual reading: 1000000 in `0.3M`, 1/100 in `5%`. */
  readonly multiplier: Rational;
  readonly otherMultipliers: readonly { readonly value: Rational; readonly convention: Convention }[];
  /** The suffix as written: `k`, `M`, `million`, `%`, or null. */
  readonly suffix: string | null;
  readonly unit: Unit | null;
}

interface Node extends Span {
  /** Words written behind this part: `filters` in `512 filters * 9`, `per group` in `(64*9) (per group)`. */
  readonly words?: string;
}

export interface NumberNode extends Node {
  readonly kind: 'number';
  readonly numeral: Numeral;
}

/** A name; `meaning` is what the working said it stands for, earlier on. */
export interface NameNode extends Node {
  readonly kind: 'name';
  readonly name: string;
  readonly meaning: Meaning | null;
}

/** What a name stands for: the first and the last side of the chain that defined it. */
export interface Meaning extends Span {
  readonly first: Evaluated;
  readonly last: Evaluated;
}

export interface NegativeNode extends Node {
  readonly kind: 'negative';
  readonly of: Expression;
}

export interface SumNode extends Node {
  readonly kind: 'sum';
  readonly terms: readonly Term[];
}

export interface Term {
  readonly negative: boolean;
  readonly expression: Expression;
}

export interface ProductNode extends Node {
  readonly kind: 'product';
  readonly factors: readonly Factor[];
}

export interface Factor {
  /** Divided by, instead of multiplied with. Never true of the first factor. */
  readonly inverse: boolean;
  /** How it was joined to what precedes it; `juxtaposed` has no sign: `2(3+1)`. */
  readonly joined: 'first' | 'sign' | 'cross' | 'juxtaposed';
  readonly expression: Expression;
}

/** A fraction with its bar; `3/4` in a line is a product with an inverse factor. */
export interface FractionNode extends Node {
  readonly kind: 'fraction';
  readonly numerator: Expression;
  readonly denominator: Expression;
}

export interface PowerNode extends Node {
  readonly kind: 'power';
  readonly base: Expression;
  readonly exponent: Expression;
}

export interface RootNode extends Node {
  readonly kind: 'root';
  readonly of: Expression;
  readonly degree: Expression | null;
}

export interface FactorialNode extends Node {
  readonly kind: 'factorial';
  readonly of: Expression;
}

export interface RemainderNode extends Node {
  readonly kind: 'remainder';
  readonly dividend: Expression;
  readonly divisor: Expression;
}

export interface CallNode extends Node {
  readonly kind: 'call';
  /** A key of the table of functions: `floor`, `ln`, `max`. */
  readonly function: string;
  readonly arguments: readonly Expression[];
}

/** `\sum_{i=from}^{to} body` or `\prod`. */
export interface SeriesNode extends Node {
  readonly kind: 'series';
  readonly operation: 'sum' | 'product';
  readonly variable: string;
  readonly from: Expression;
  readonly to: Expression;
  readonly body: Expression;
}

/** `(64, 32, 32)`: a shape. It has no value of its own, its product does. */
export interface TupleNode extends Node {
  readonly kind: 'tuple';
  readonly items: readonly Expression[];
  /** The one number the same characters can be read as: `(1,234,567)`. */
  readonly asNumber: NumberNode | null;
}

export type Expression =
  | NumberNode
  | NameNode
  | NegativeNode
  | SumNode
  | ProductNode
  | FractionNode
  | PowerNode
  | RootNode
  | FactorialNode
  | RemainderNode
  | CallNode
  | SeriesNode
  | TupleNode;

export type ProblemKind =
  | 'too-large'
  | 'too-deep'
  | 'too-many-operations'
  | 'division-by-zero'
  | 'not-a-real-number'
  | 'not-a-whole-number'
  | 'unknown-name'
  | 'not-a-number';

/** Why an expression has no value, and which part of it is to blame. */
export interface Problem extends Span {
  readonly kind: ProblemKind;
  readonly message: string;
}

export type Evaluated =
  | { readonly kind: 'exact'; readonly value: Rational }
  /** Irrational: `value` agrees with the true number to `precision` significant digits at least. */
  | { readonly kind: 'approximate'; readonly value: Rational; readonly precision: number }
  | { readonly kind: 'unknown'; readonly problem: Problem };

/** The value where there is one. */
export function knownValue(evaluated: Evaluated): Rational | null {
  return evaluated.kind === 'unknown' ? null : evaluated.value;
}
