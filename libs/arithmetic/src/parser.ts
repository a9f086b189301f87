import type { Budget } from './budget.js';
import type { Expression, Factor, Meaning, NumberNode, ProblemKind, Span, Term } from './expression.js';
import { functionNamed } from './functions.js';
import { NAME_WORDS, type Names } from './names.js';
import { numberNode } from './numbers.js';
import { Rational } from './rational.js';
import { tupleReading } from './tuples.js';
import type { Operator, Token, WordToken } from './tokens.js';
import { unitWord } from './units.js';
import { FILLERS, OPERATOR_WORDS, RELATION_WORDS } from './vocabulary.js';

export interface Parsed {
  readonly expression: Expression;
  /** Index of the first token behind it. */
  readonly next: number;
}

/** Where reading stopped, and why. */
export interface Trouble extends Span {
  readonly kind: ProblemKind | 'syntax';
  readonly message: string;
}

const MAX_GAP_WORDS = 5;

/**
 * A recursive-descent parser over the tokens. It takes as much as makes an expression from a given token on;
 * sums and products are flat, so only brackets, powers and fractions nest, and their depth is budgeted.
 */
export class Parser {
  /** Why the last `parse` found nothing or stopped early; null where nothing looked wrong. */
  trouble: Trouble | null = null;
  private at = 0;
  private end = 0;
  private depth = 0;
  private brackets = 0;
  private steps = 0;
  private readonly stepLimit: number;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly names: Names,
    private readonly budget: Budget,
  ) {
    this.stepLimit = 64 * tokens.length + 1000;
  }

  /** True once retries have used up what a text of this size may take. */
  get exhausted(): boolean {
    return this.steps > this.stepLimit;
  }

  /** The longest expression from token `at`, not reaching token `end`. `operand` accepts unknown words as names. */
  parse(at: number, end: number, operand = true): Parsed | null {
    this.at = at;
    this.end = end;
    this.depth = 0;
    this.brackets = 0;
    this.trouble = null;
    const expression = this.sum(operand);
    return expression === null ? null : { expression, next: this.at };
  }

  private peek(offset = 0): Token | undefined {
    const index = this.at + offset;
    return index < this.end ? this.tokens[index] : undefined;
  }

  /** Steps over single line breaks where the expression plainly goes on behind them. */
  private skipBreaks(): void {
    while (this.peek()?.kind === 'newline') {
      const token = this.peek();
      if (token?.kind === 'newline' && token.blank && this.brackets === 0) return;
      this.at++;
    }
  }

  private fail(
    kind: Trouble['kind'],
    message: string,
    token = this.peek() ?? this.tokens[this.at - 1],
  ): null {
    this.trouble ??= { kind, message, start: token?.start ?? 0, end: token?.end ?? 0 };
    return null;
  }

  private descend<T>(inner: () => T | null): T | null {
    if (this.depth >= this.budget.depth)
      return this.fail('too-deep', `Nested more than ${this.budget.depth} deep.`);
    this.depth++;
    const result = inner();
    this.depth--;
    return result;
  }

  private sum(operand: boolean): Expression | null {
    const first = this.product(operand);
    if (first === null) return null;
    const terms: Term[] = [{ negative: false, expression: first }];
    for (;;) {
      const mark = this.at;
      const operator = this.takeOperator('+', '-');
      if (operator === null) break;
      const expression = this.product(true);
      if (expression === null) {
        this.at = mark;
        break;
      }
      terms.push({ negative: operator === '-', expression });
    }
    if (terms.length === 1) return first;
    return { kind: 'sum', terms, ...this.spanFrom(first, terms[terms.length - 1]?.expression ?? first) };
  }

  private product(operand: boolean): Expression | null {
    let first = this.unary(operand);
    let divisions = 0;
    if (first === null) return null;
    let factors: Factor[] = [{ inverse: false, joined: 'first', expression: first }];
    const collapse = (): Expression =>
      factors.length === 1 && first !== null
        ? first
        : {
            kind: 'product',
            factors,
            ...this.spanFrom(factors[0]?.expression, factors[factors.length - 1]?.expression),
          };
    for (;;) {
      if (++this.steps > this.stepLimit)
        return this.fail('too-many-operations', 'This text takes too long to read.');
      const mark = this.at;
      const sign = this.peekCross();
      const operator = this.takeOperator('*', '/', 'mod', '//');
      if (operator !== null) {
        const expression = this.unary(true);
        if (expression === null) {
          this.at = mark;
          break;
        }
        if (operator === 'mod' || operator === '//') {
          if (++divisions > this.budget.depth) {
            this.fail('too-deep', `More than ${this.budget.depth} divisions in one another.`);
            this.at = mark;
            break;
          }
          const dividend = collapse();
          const span = this.spanFrom(dividend, expression);
          const quotient: Expression = {
            kind: 'fraction',
            numerator: dividend,
            denominator: expression,
            ...span,
          };
          first =
            operator === 'mod'
              ? { kind: 'remainder', dividend, divisor: expression, ...span }
              : { kind: 'call', function: 'floor', arguments: [quotient], ...span };
          factors = [{ inverse: false, joined: 'first', expression: first }];
        } else {
          factors.push({ inverse: operator === '/', joined: sign ? 'cross' : 'sign', expression });
        }
        continue;
      }
      if (!this.juxtaposes()) break;
      const expression = this.power(true);
      if (expression === null) {
        this.at = mark;
        break;
      }
      factors.push({ inverse: false, joined: 'juxtaposed', expression });
    }
    return collapse();
  }

  private peekCross(): boolean {
    let token = this.peek();
    if (token?.kind === 'newline') token = this.peek(1);
    return token?.kind === 'operator' && token.cross;
  }

  private spanFrom(first: Span | undefined, last: Span | undefined): Span {
    return { start: first?.start ?? 0, end: last?.end ?? 0 };
  }

  /** Takes one of these operators, written as a sign or a word, over a line break where that is how it reads. */
  private takeOperator(...wanted: readonly Operator[]): Operator | null {
    let offset = 0;
    let token = this.peek();
    if (token?.kind === 'newline' && !(token.blank && this.brackets === 0)) {
      token = this.peek(1);
      offset = 1;
      if (token?.kind === 'operator' && token.operator === '-' && this.brackets === 0 && !token.math)
        return null;
      if (token?.kind !== 'operator') return null;
    }
    if (token?.kind === 'operator' && wanted.includes(token.operator)) {
      if (token.operator === '//' && !this.divides(offset + 1)) return null;
      this.at += offset + 1;
      this.skipBreaks();
      return token.operator;
    }
    if (
      token?.kind === 'word' &&
      token.text === 'of' &&
      wanted.includes('*') &&
      this.startsOperand(this.peek(1))
    ) {
      const before = this.tokens[this.at - 1];
      if (before?.kind !== 'word' || before.text !== '%') return null;
      this.at++;
      return '*';
    }
    if (token?.kind === 'word' && !token.phrase) {
      const word = OPERATOR_WORDS.get(token.text.toLowerCase());
      if (!word || !wanted.includes(word.operator)) return null;
      const second = this.peek(1);
      const length = word.second === undefined ? 1 : 2;
      if (length === 2 && !(second?.kind === 'word' && second.text.toLowerCase() === word.second))
        return null;
      if (!this.startsOperand(this.peek(length))) return null;
      this.at += length;
      return word.operator;
    }
    return null;
  }

  /** `//` divides before a number or a name, and begins a comment before words. */
  private divides(offset: number): boolean {
    const token = this.peek(offset);
    return (
      this.startsOperand(token) ||
      (token?.kind === 'word' && (this.isSymbol(token) || token.text.includes('_')))
    );
  }

  private startsOperand(token: Token | undefined): boolean {
    return (
      token?.kind === 'number' || token?.kind === 'command' || (token?.kind === 'open' && token.match !== -1)
    );
  }

  /** Whether what stands here multiplies by standing next to what came before. */
  private juxtaposes(): boolean {
    const token = this.peek();
    const before = this.tokens[this.at - 1];
    if (!token || !before || token.border) return false;
    if (token.kind === 'open') {
      if (token.bracket === '{' || token.match === -1) return false;
      if (before.kind === 'word' && (token.space || !this.isSymbol(before))) return false;
      return !token.space || !this.isRemark(this.at);
    }
    if (token.kind === 'command') return token.command !== 'sum' || token.math;
    if (token.kind === 'number') return before.kind === 'close' && !token.space && before.bracket !== '{';
    if (token.kind === 'word' && !token.phrase) {
      if (before.kind === 'word') return false;
      if (!token.space || token.math) return this.isSymbol(token);
      return token.text.length <= 2 && this.names.meaningOf(token.text) !== null;
    }
    return false;
  }

  /** `30 (bias)`: a bracket of words that name nothing. */
  private isRemark(at: number): boolean {
    const open = this.tokens[at];
    if (open?.kind !== 'open' || open.match - at > MAX_GAP_WORDS + 4) return false;
    let words = 0;
    for (let inner = at + 1; inner < open.match; inner++) {
      const token = this.tokens[inner];
      if (token?.kind !== 'word' || this.names.meaningOf(token.text) !== null) return false;
      if (token.text.length > 2) words++;
    }
    return words > 0;
  }

  /** A name as formulas have them, and not a word or a unit. */
  private isSymbol(token: WordToken): boolean {
    if (unitWord(token.text) !== null || functionNamed(token.text) === 'sqrt') return false;
    if (this.names.meaningOf(token.text) !== null) return true;
    const base = token.text.split('_')[0] ?? '';
    return base.length === 1 || (token.math && base.length <= 2);
  }

  private unary(operand: boolean): Expression | null {
    const token = this.peek();
    if (token?.kind === 'operator' && (token.operator === '-' || token.operator === '+')) {
      this.at++;
      const of = this.descend(() => this.unary(true));
      if (of === null) return null;
      return token.operator === '+' ? of : { kind: 'negative', of, start: token.start, end: of.end };
    }
    return this.power(operand);
  }

  private power(operand: boolean): Expression | null {
    const base = this.postfix(operand);
    if (base === null) return null;
    const sign = this.peek();
    if (sign?.kind !== 'operator' || sign.operator !== '^') return base;
    const mark = this.at++;
    const exponent = this.descend(() => this.unary(true));
    if (exponent === null) {
      this.at = mark;
      return base;
    }
    const end = Math.max(exponent.end, this.tokens[this.at - 1]?.end ?? exponent.end);
    return { kind: 'power', base, exponent, start: base.start, end };
  }

  private postfix(operand: boolean): Expression | null {
    let expression = this.primary(operand);
    if (expression === null) return null;
    for (;;) {
      const token = this.peek();
      if (token?.kind === 'operator' && token.operator === '!') {
        if (!this.isFactorial(expression)) break;
        this.at++;
        expression = { kind: 'factorial', of: expression, start: expression.start, end: token.end };
      } else if (token?.kind === 'subscript') this.skipSubscript();
      else break;
    }
    return this.takeWords(expression);
  }

  /** `5!` is a factorial, the last sign of a sentence is not. */
  private isFactorial(of: Expression): boolean {
    const after = this.peek(1);
    const closes =
      after === undefined || after.kind === 'newline' || after.kind === 'word' || after.kind === 'stop';
    const token = this.peek();
    if (token?.space) return false;
    if (!closes || token?.math) return true;
    const before = this.tokens[this.at - 2];
    const alone = before === undefined || before.kind === 'newline' || before.kind === 'operator';
    return alone || (of.kind === 'number' && of.numeral.mantissa.compare(Rational.of(20)) <= 0);
  }

  private skipSubscript(): void {
    this.at++;
    const token = this.peek();
    if (token?.kind === 'open' && token.match !== -1 && token.match < this.end) this.at = token.match + 1;
    else if (token?.kind === 'word' || token?.kind === 'number') this.at++;
  }

  /** Takes words behind an operand, `512 filters * 9` or `(64*9) (per group) * 8`, when the calculation goes on behind them. */
  private takeWords(expression: Expression): Expression {
    let at = this.at;
    let words = 0;
    let allUnits = true;
    const opening = this.tokens[at];
    if (
      opening?.kind === 'open' &&
      opening.bracket === '(' &&
      opening.match !== -1 &&
      opening.match < this.end
    ) {
      for (at++; at < opening.match; at++) {
        const token = this.tokens[at];
        if (token?.kind !== 'word' || ++words > MAX_GAP_WORDS) return expression;
      }
      if (words === 0) return expression;
      at++;
    } else {
      for (; at < this.end; at++) {
        const token = this.tokens[at];
        if (this.isPer(at, words > 0 || this.hasUnit(expression))) {
          words += 2;
          at++;
          continue;
        }
        if (token?.kind !== 'word' || OPERATOR_WORDS.has(token.text.toLowerCase())) break;
        if (!this.isGapWord(token) || ++words > MAX_GAP_WORDS) return expression;
        allUnits &&= unitWord(token.text) !== null || token.text === '%';
      }
      if (words === 0) return expression;
    }
    let next = at < this.end ? this.tokens[at] : undefined;
    const per = this.tokens[at - 2]?.kind === 'operator' && next?.kind !== 'relation';
    if (next?.kind === 'newline' && !next.blank && at + 1 < this.end) {
      const below = this.tokens[at + 1];
      if (below?.kind === 'operator' && below.operator !== '-') next = below;
    }
    const goesOn =
      per ||
      (next?.kind === 'operator' &&
        (next.operator !== '-' || !next.dash || allUnits) &&
        next.operator !== '!') ||
      (next?.kind === 'word' && OPERATOR_WORDS.has(next.text.toLowerCase())) ||
      (next?.kind === 'close' && this.brackets > 0 && next.bracket !== '{');
    if (!goesOn) return expression;
    const first = this.tokens[this.at];
    const last = this.tokens[at - 1];
    this.at = at;
    if (!first || !last) return expression;
    const said = this.tokens
      .slice(this.tokens.indexOf(first, Math.max(0, at - MAX_GAP_WORDS - 2)), at)
      .flatMap((token) => (token.kind === 'word' ? [token.text] : []))
      .join(' ');
    return { ...expression, words: said };
  }

  /** `/filter` in `147 weights/filter`: a slash before a word, behind a unit. */
  private isPer(at: number, allowed: boolean): boolean {
    const slash = this.tokens[at];
    const word = this.tokens[at + 1];
    if (
      !allowed ||
      slash?.kind !== 'operator' ||
      slash.operator !== '/' ||
      word?.kind !== 'word' ||
      at + 1 >= this.end
    )
      return false;
    const after = at + 2 < this.end ? this.tokens[at + 2] : undefined;
    return (
      word.text.length > 2 &&
      this.names.meaningOf(word.text) === null &&
      after?.kind !== 'open' &&
      after?.kind !== 'relation'
    );
  }

  private hasUnit(expression: Expression): boolean {
    return (
      expression.kind === 'number' && (expression.numeral.unit !== null || expression.numeral.suffix !== null)
    );
  }

  private isGapWord(token: WordToken): boolean {
    const lower = token.text.toLowerCase();
    if (OPERATOR_WORDS.has(lower) || RELATION_WORDS.has(lower)) return false;
    if (token.phrase) return true;
    if (unitWord(token.text) !== null) return true;
    if (token.math && token.text.includes('_')) return false;
    return (
      token.text.length >= 3 || FILLERS.has(lower) || ['of', 'per', 'in', 'px', 'ch', 'by'].includes(lower)
    );
  }

  private primary(operand: boolean): Expression | null {
    if (++this.steps > this.stepLimit)
      return this.fail('too-many-operations', 'This text takes too long to read.');
    const token = this.peek();
    switch (token?.kind) {
      case 'number': {
        const read = numberNode(this.tokens, this.at, this.end, this.names);
        if (read === null) return this.fail('syntax', 'This numbers something and is no number itself.');
        this.at = read.next;
        return read.node;
      }
      case 'open':
        return this.bracketed();
      case 'command':
        return this.command();
      case 'word':
        return this.name(operand);
      default:
        return this.fail('syntax', 'A number was expected here.');
    }
  }

  private bracketed(): Expression | null {
    const open = this.peek();
    if (open?.kind !== 'open') return null;
    if (open.match === -1 || open.match >= this.end)
      return this.fail('syntax', 'This bracket is never closed.');
    const close = open.match;
    const mark = this.at;
    this.at++;
    this.brackets++;
    const items = this.descend(() => this.items(close));
    this.brackets--;
    const closing = this.tokens[close];
    if (items === null || !closing) {
      this.at = mark;
      return null;
    }
    this.at = close + 1;
    const span = { start: open.start, end: closing.end };
    const [single] = items;
    if (items.length === 1 && single) {
      if (open.bracket === '⌊' || open.bracket === '⌈') {
        return {
          kind: 'call',
          function: open.bracket === '⌊' ? 'floor' : 'ceil',
          arguments: [single],
          ...span,
        };
      }
      return tupleReading(single, open.bracket, span, this.tokens[mark - 1]) ?? { ...single, ...span };
    }
    if (open.bracket !== '(' && open.bracket !== '[')
      return this.fail('syntax', 'One expression was expected between these.', open);
    return { kind: 'tuple', items, asNumber: null, ...span };
  }

  /** Expressions separated by commas, up to the closing token. */
  private items(close: number): Expression[] | null {
    const items: Expression[] = [];
    for (;;) {
      this.skipBreaks();
      const item = this.sum(true);
      if (item === null) return null;
      items.push(item);
      this.skipBreaks();
      if (this.at === close) return items;
      const token = this.peek();
      if (token?.kind !== 'comma')
        return this.fail('syntax', 'This does not continue the expression in the brackets.');
      this.at++;
      if (this.at === close) return items; // a trailing comma, as Python writes `(64,)`
    }
  }

  private command(): Expression | null {
    const token = this.peek();
    if (token?.kind !== 'command') return null;
    this.at++;
    switch (token.command) {
      case 'fraction': {
        const numerator = this.argument();
        const denominator = numerator === null ? null : this.argument();
        if (numerator === null || denominator === null) return null;
        return { kind: 'fraction', numerator, denominator, start: token.start, end: this.lastEnd() };
      }
      case 'root':
        return this.root(token);
      case 'function':
        return this.call(token.name, token);
      default:
        return this.series(token.command, token);
    }
  }

  private lastEnd(): number {
    return this.tokens[this.at - 1]?.end ?? 0;
  }

  private argument(): Expression | null {
    return this.peek()?.kind === 'open' ? this.bracketed() : this.descend(() => this.postfix(true));
  }

  private root(token: Span): Expression | null {
    const option = this.peek();
    let degree: Expression | null = null;
    if (option?.kind === 'open' && option.bracket === '[') {
      degree = this.bracketed();
      if (degree === null) return null;
    }
    const of = this.argument();
    return of === null ? null : { kind: 'root', of, degree, start: token.start, end: this.lastEnd() };
  }

  /** The argument of a function: brackets, or what stands closest: `\ln 2`. `\log_2` names its base first. */
  private call(name: string, token: Span): Expression | null {
    let called = name;
    if (this.peek()?.kind === 'subscript') {
      const base = this.peek(this.peek(1)?.kind === 'open' ? 2 : 1);
      const written = base?.kind === 'number' ? base.numeral.written : '';
      if (name === 'log') called = functionNamed(`log${written}`) ?? 'log';
      this.skipSubscript();
    }
    const argument = this.argument();
    if (argument === null) return null;
    const span = { start: token.start, end: this.lastEnd() };
    if (called === 'sqrt') return { kind: 'root', of: argument, degree: null, ...span };
    return {
      kind: 'call',
      function: called,
      arguments: argument.kind === 'tuple' ? argument.items : [argument],
      ...span,
    };
  }

  /** `\sum_{i=1}^{3} body`; the body is the product that follows. */
  private series(operation: 'sum' | 'product', token: Span): Expression | null {
    const subscript = this.peek();
    const open = this.peek(1);
    const variable = this.peek(2);
    const equals = this.peek(3);
    if (
      subscript?.kind !== 'subscript' ||
      open?.kind !== 'open' ||
      variable?.kind !== 'word' ||
      equals?.kind !== 'relation'
    ) {
      return this.fail('syntax', 'The bounds of this sum or product were not understood.');
    }
    this.at += 4;
    const from = this.descend(() => this.sum(true));
    if (from === null || this.at !== open.match)
      return this.fail('syntax', 'The lower bound was not understood.');
    this.at++;
    const raised = this.peek();
    if (raised?.kind !== 'operator' || raised.operator !== '^')
      return this.fail('syntax', 'The upper bound is missing.');
    this.at++;
    const to = this.argument();
    const body = to === null ? null : this.descend(() => this.product(true));
    if (to === null || body === null) return null;
    return {
      kind: 'series',
      operation,
      variable: variable.text,
      from,
      to,
      body,
      start: token.start,
      end: body.end,
    };
  }

  /** A name: one that was defined (the longest), a function with its bracket, or an unknown word where only an operand can stand. */
  private name(operand: boolean): Expression | null {
    const token = this.peek();
    if (token?.kind !== 'word') return null;
    const defined = this.definedName();
    if (defined) return defined;
    const next = this.peek(1);
    const called = functionNamed(token.text);
    if (called !== null && next?.kind === 'open' && next.match !== -1 && !next.border) {
      this.at++;
      return this.call(called, token);
    }
    if (next?.kind === 'open' && !next.space && !token.phrase && token.text.length > 1) {
      return this.fail('unknown-name', `“${token.text}” is no function known here.`, token);
    }
    if (!operand && !this.looksLikeFormula(token, next)) return this.fail('syntax', 'A word.');
    if (token.text === '%' || RELATION_WORDS.has(token.text))
      return this.fail('syntax', 'A number was expected here.');
    return this.unknownName(token);
  }

  private looksLikeFormula(token: WordToken, next: Token | undefined): boolean {
    if (
      next?.kind === 'operator' &&
      next.operator !== '!' &&
      !(next.operator === '-' && (next.dash || !token.math))
    ) {
      return next.operator !== '/' || next.space || token.math || token.text.length <= 2;
    }
    return token.math && !token.phrase && next?.kind === 'relation';
  }

  private unknownName(first: WordToken): Expression {
    let at = this.at + 1;
    let last = first;
    if (first.phrase || first.text.length > 2) {
      while (at < this.end && at - this.at < MAX_GAP_WORDS) {
        const token = this.tokens[at];
        if (
          token?.kind !== 'word' ||
          token.border ||
          OPERATOR_WORDS.has(token.text) ||
          RELATION_WORDS.has(token.text)
        )
          break;
        last = token;
        at++;
      }
    }
    const words = this.tokens
      .slice(this.at, at)
      .flatMap((token) => (token.kind === 'word' ? [token.text] : []));
    this.at = at;
    return { kind: 'name', name: words.join(' '), meaning: null, start: first.start, end: last.end };
  }

  private definedName(): Expression | null {
    const opening = this.peek();
    if (opening?.kind !== 'word' || !this.names.mayBegin(opening.text)) return null;
    const words: string[] = [];
    let best: { meaning: Meaning; length: number; name: string; end: number } | null = null;
    let start = 0;
    for (let offset = 0; offset < NAME_WORDS; offset++) {
      const token = this.peek(offset);
      if (token?.kind === 'word' && (!token.border || offset === 0)) words.push(token.text);
      else if (token?.kind === 'number' && offset > 0 && token.numeral.decimals === 0)
        words.push(token.numeral.written);
      else break;
      if (offset === 0) start = token.start;
      const meaning = this.names.meaningOf(words.join(' '));
      if (meaning) best = { meaning, length: offset + 1, name: words.join(' '), end: token.end };
    }
    if (best === null) return null;
    this.at += best.length;
    return { kind: 'name', name: best.name, meaning: best.meaning, start, end: best.end };
  }
}

/** The number an expression consists of, if it is nothing but one. */
export function bareNumber(expression: Expression): NumberNode | null {
  return expression.kind === 'number' ? expression : null;
}
