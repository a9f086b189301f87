import type { Budget } from '../budget.js';
import type { ProblemKind, Span } from '../expression.js';
import type { Names } from '../names.js';
import type { Token } from '../tokens.js';

/** Where reading stopped, and why. */
export interface Trouble extends Span {
  readonly kind: ProblemKind | 'syntax';
  readonly message: string;
}

/** The place in the tokens that a parser has come to, with what it may still spend. */
export class Cursor {
  /** Why the last reading found nothing or stopped early; null where nothing looked wrong. */
  trouble: Trouble | null = null;
  at = 0;
  end = 0;
  /** Brackets that are open here. */
  brackets = 0;
  private depth = 0;
  private steps = 0;
  private readonly stepLimit: number;

  constructor(
    readonly tokens: readonly Token[],
    readonly names: Names,
    readonly budget: Budget,
  ) {
    this.stepLimit = 64 * tokens.length + 1000;
  }

  /** Sets out from token `at`, not to reach token `end`. */
  start(at: number, end: number): void {
    this.at = at;
    this.end = end;
    this.depth = 0;
    this.brackets = 0;
    this.trouble = null;
  }

  /** True once retries have used up what a text of this size may take. */
  get exhausted(): boolean {
    return this.steps > this.stepLimit;
  }

  /** Counts a step; false, with the trouble noted, when there are none left. */
  step(): boolean {
    if (++this.steps <= this.stepLimit) return true;
    this.fail('too-many-operations', 'This text takes too long to read.');
    return false;
  }

  peek(offset = 0): Token | undefined {
    const index = this.at + offset;
    return index < this.end ? this.tokens[index] : undefined;
  }

  /** The token last stepped over. */
  get before(): Token | undefined {
    return this.tokens[this.at - 1];
  }

  /** Steps over line breaks within an expression; an empty line is one only in brackets. */
  skipBreaks(): void {
    for (let token = this.peek(); token?.kind === 'newline'; token = this.peek()) {
      if (token.blank && this.brackets === 0) return;
      this.at++;
    }
  }

  fail(kind: Trouble['kind'], message: string, token: Span | undefined = this.peek() ?? this.before): null {
    this.trouble ??= { kind, message, start: token?.start ?? 0, end: token?.end ?? 0 };
    return null;
  }

  /** Goes one level deeper, within the budget. */
  descend<T>(inner: () => T | null): T | null {
    if (this.depth >= this.budget.depth)
      return this.fail('too-deep', `Nested more than ${this.budget.depth} deep.`);
    this.depth++;
    const result = inner();
    this.depth--;
    return result;
  }
}

/** From the beginning of one part to the end of another. */
export function spanning(first: Span, last: Span): Span {
  return { start: first.start, end: last.end };
}
