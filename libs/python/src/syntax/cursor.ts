import { Span } from '../source/text.js';
import type { SourceText } from '../source/text.js';
import { FAULT, KEYWORD, NAME, OPERATOR } from './tokens.js';
import type { Tokens } from './tokens.js';
import type { SyntaxProblem } from './tree.js';

/** Thrown inside the parser where a statement cannot be read on. */
export class ParseFailure {
  constructor(readonly problem: SyntaxProblem) {}
}

const MAX_DEPTH = 180;

/** Walks over tokens. */
export class TokenCursor {
  protected index = 0;
  /** Problems that did not stop the parser. */
  readonly problems: SyntaxProblem[] = [];
  /** The class whose body is being read, for names such as `__secret`. */
  protected className: string | undefined = undefined;
  #depth = 0;

  constructor(
    readonly source: SourceText,
    protected tokens: Tokens,
  ) {}

  protected get kind(): number {
    return this.tokens.kinds[this.index] ?? 0;
  }

  protected get start(): number {
    return this.tokens.starts[this.index] ?? this.source.text.length;
  }

  protected get end(): number {
    return this.tokens.ends[this.index] ?? this.source.text.length;
  }

  /** The end of the token before. */
  protected get lastEnd(): number {
    return this.tokens.ends[this.index - 1] ?? this.start;
  }

  /** The text of a name, keyword, operator or number; empty for other tokens. */
  protected get text(): string {
    return this.tokens.texts[this.index] ?? '';
  }

  protected textAt(ahead: number): string {
    return this.tokens.texts[this.index + ahead] ?? '';
  }

  protected kindAt(ahead: number): number {
    return this.tokens.kinds[this.index + ahead] ?? 0;
  }

  protected isOperator(text: string): boolean {
    return this.kind === OPERATOR && this.text === text;
  }

  protected isKeyword(text: string): boolean {
    return this.kind === KEYWORD && this.text === text;
  }

  protected acceptOperator(text: string): boolean {
    if (!this.isOperator(text)) return false;
    this.index++;
    return true;
  }

  protected acceptKeyword(text: string): boolean {
    if (!this.isKeyword(text)) return false;
    this.index++;
    return true;
  }

  protected expectOperator(text: string, message?: string): void {
    if (!this.acceptOperator(text)) this.fail(message);
  }

  protected expectKeyword(text: string, message?: string): void {
    if (!this.acceptKeyword(text)) this.fail(message);
  }

  protected expectName(): string {
    if (this.kind !== NAME) this.fail();
    const { text } = this;
    this.index++;
    return this.mangled(text);
  }

  /** A private name of a class body as it is stored: `__x` in class A is `_A__x`. */
  protected mangled(name: string): string {
    if (this.className === undefined || !name.startsWith('__') || name.endsWith('__')) return name;
    const owner = this.className.replace(/^_+/, '');
    return owner === '' ? name : `_${owner}${name}`;
  }

  /** The span from an offset to the end of the last token taken. */
  protected spanFrom(start: number): Span {
    return new Span(this.source, start, Math.max(start, this.lastEnd));
  }

  protected tokenSpan(index = this.index): Span {
    return new Span(this.source, this.tokens.starts[index] ?? 0, this.tokens.ends[index] ?? 0);
  }

  /** Gives up on the statement, at the current token; what the lexer found wrong there goes first. */
  protected fail(message = 'invalid syntax', span = this.tokenSpan()): never {
    const fault = this.kind === FAULT ? this.tokens.faultAt(this.index) : undefined;
    throw new ParseFailure(
      fault === undefined ? { type: 'SyntaxError', message, span } : { ...fault, span: this.tokenSpan() },
    );
  }

  protected failAt(span: Span, message: string): never {
    throw new ParseFailure({ type: 'SyntaxError', message, span });
  }

  /** Guards a rule that calls itself, so that no input can exhaust the stack. */
  protected nested<T>(rule: () => T): T {
    this.enter();
    const result = rule();
    this.leave();
    return result;
  }

  /** The same for rules that are read so often that a closure for each would show: `enter`, read, `leave`. */
  protected enter(): void {
    if (++this.#depth > MAX_DEPTH) {
      this.#depth = 0;
      this.fail('too many nested parentheses');
    }
  }

  protected leave(): void {
    this.#depth--;
  }

  /** Statements begin with no expression open, however the one before ended. */
  protected resetDepth(): void {
    this.#depth = 0;
  }
}
