import type { Budget } from '../budget.js';
import type { Expression, Factor, Term } from '../expression.js';
import { functionNamed, isPrefixFunction } from '../evaluation/functions.js';
import type { Names } from '../names.js';
import { numberNode } from './numbers.js';
import type { Token } from '../tokens.js';
import { RELATION_WORDS } from '../vocabulary.js';
import { bracketed, call, command, type Grammar } from './constructs.js';
import { Cursor, spanning, type Trouble } from './cursor.js';
import { definedName, looksLikeFormula, unknownName } from './names.js';
import { juxtaposes, peekCross, takeOperator } from './operators.js';
import { isFactorial, skipSubscript, takeWords } from './words.js';

export interface Parsed {
  readonly expression: Expression;
  /** Index of the first token behind it. */
  readonly next: number;
}

/**
 * A recursive-descent parser over the tokens. It takes as much as makes an expression from a given token on;
 * sums and products are flat, so only brackets, powers and fractions nest, and their depth is budgeted.
 */
export class Parser implements Grammar {
  private readonly cursor: Cursor;

  constructor(tokens: readonly Token[], names: Names, budget: Budget) {
    this.cursor = new Cursor(tokens, names, budget);
  }

  /** Why the last `parse` found nothing or stopped early; null where nothing looked wrong. */
  get trouble(): Trouble | null {
    return this.cursor.trouble;
  }

  /** True once retries have used up what a text of this size may take. */
  get exhausted(): boolean {
    return this.cursor.exhausted;
  }

  /** The longest expression from token `at`, not reaching token `end`. `operand` accepts unknown words as names. */
  parse(at: number, end: number, operand = true): Parsed | null {
    this.cursor.start(at, end);
    const expression = this.sum(operand);
    return expression === null ? null : { expression, next: this.cursor.at };
  }

  sum(operand: boolean): Expression | null {
    const first = this.product(operand);
    if (first === null) return null;
    const terms: Term[] = [{ negative: false, expression: first }];
    for (;;) {
      const mark = this.cursor.at;
      const operator = takeOperator(this.cursor, '+', '-');
      if (operator === null) break;
      const expression = this.product(true);
      if (expression === null) {
        this.cursor.at = mark;
        break;
      }
      terms.push({ negative: operator === '-', expression });
    }
    if (terms.length === 1) return first;
    return { kind: 'sum', terms, ...spanning(first, terms[terms.length - 1]?.expression ?? first) };
  }

  product(operand: boolean): Expression | null {
    const first = this.unary(operand);
    if (first === null) return null;
    let divisions = 0;
    let factors: Factor[] = [{ inverse: false, joined: 'first', expression: first }];
    for (;;) {
      if (!this.cursor.step()) return null;
      const mark = this.cursor.at;
      const sign = peekCross(this.cursor);
      const operator = takeOperator(this.cursor, '*', '/', 'mod', '//');
      if (operator !== null) {
        const expression = this.unary(true);
        if (expression === null) {
          this.cursor.at = mark;
          break;
        }
        if (operator === 'mod' || operator === '//') {
          if (++divisions > this.cursor.budget.depth) {
            this.cursor.fail('too-deep', `More than ${this.cursor.budget.depth} divisions in one another.`);
            this.cursor.at = mark;
            break;
          }
          const dividend = collapse(factors, first);
          const span = spanning(dividend, expression);
          const quotient: Expression = {
            kind: 'fraction',
            numerator: dividend,
            denominator: expression,
            ...span,
          };
          const divided: Expression =
            operator === 'mod'
              ? { kind: 'remainder', dividend, divisor: expression, ...span }
              : { kind: 'call', function: 'floor', arguments: [quotient], ...span };
          factors = [{ inverse: false, joined: 'first', expression: divided }];
        } else {
          factors.push({ inverse: operator === '/', joined: sign ? 'cross' : 'sign', expression });
        }
        continue;
      }
      if (!juxtaposes(this.cursor)) break;
      const expression = this.power(true);
      if (expression === null) {
        this.cursor.at = mark;
        break;
      }
      factors.push({ inverse: false, joined: 'juxtaposed', expression });
    }
    return collapse(factors, first);
  }

  private unary(operand: boolean): Expression | null {
    const token = this.cursor.peek();
    if (token?.kind === 'operator' && (token.operator === '-' || token.operator === '+')) {
      this.cursor.at++;
      const of = this.cursor.descend(() => this.unary(true));
      if (of === null) return null;
      return token.operator === '+' ? of : { kind: 'negative', of, start: token.start, end: of.end };
    }
    return this.power(operand);
  }

  private power(operand: boolean): Expression | null {
    const base = this.postfix(operand);
    if (base === null) return null;
    const sign = this.cursor.peek();
    if (sign?.kind !== 'operator' || sign.operator !== '^') return base;
    const mark = this.cursor.at++;
    const exponent = this.cursor.descend(() => this.unary(true));
    if (exponent === null) {
      this.cursor.at = mark;
      return base;
    }
    const end = Math.max(exponent.end, this.cursor.tokens[this.cursor.at - 1]?.end ?? exponent.end);
    return { kind: 'power', base, exponent, start: base.start, end };
  }

  postfix(operand: boolean): Expression | null {
    let expression = this.primary(operand);
    if (expression === null) return null;
    for (;;) {
      const token = this.cursor.peek();
      if (token?.kind === 'operator' && token.operator === '!') {
        if (!isFactorial(this.cursor, expression)) break;
        this.cursor.at++;
        expression = { kind: 'factorial', of: expression, start: expression.start, end: token.end };
      } else if (token?.kind === 'subscript') skipSubscript(this.cursor);
      else break;
    }
    return takeWords(this.cursor, expression);
  }

  private primary(operand: boolean): Expression | null {
    if (!this.cursor.step()) return null;
    const token = this.cursor.peek();
    switch (token?.kind) {
      case 'number': {
        const read = numberNode(this.cursor.tokens, this.cursor.at, this.cursor.end, this.cursor.names);
        if (read === null)
          return this.cursor.fail('syntax', 'This numbers something and is no number itself.');
        this.cursor.at = read.next;
        return read.node;
      }
      case 'open':
        return bracketed(this.cursor, this);
      case 'command':
        return command(this.cursor, this);
      case 'word':
        return this.name(operand);
      default:
        return this.cursor.fail('syntax', 'A number was expected here.');
    }
  }

  /** A name: one that was defined (the longest), a function with its bracket, or an unknown word where only an operand can stand. */
  private name(operand: boolean): Expression | null {
    const token = this.cursor.peek();
    if (token?.kind !== 'word') return null;
    const defined = definedName(this.cursor);
    if (defined) return defined;
    const next = this.cursor.peek(1);
    const called = functionNamed(token.text);
    if (called !== null && next?.kind === 'open' && next.match !== -1 && !next.border) {
      this.cursor.at++;
      return call(this.cursor, this, called, token);
    }
    if (called !== null && operand && isPrefixFunction(token.text) && next?.kind === 'number') {
      this.cursor.at++;
      return call(this.cursor, this, called, token);
    }
    if (next?.kind === 'open' && !next.space && !token.phrase && token.text.length > 1) {
      return this.cursor.fail('unknown-name', `“${token.text}” is no function known here.`, token);
    }
    if (!operand && !looksLikeFormula(token, next)) return this.cursor.fail('syntax', 'A word.');
    if (token.text === '%' || RELATION_WORDS.has(token.text))
      return this.cursor.fail('syntax', 'A number was expected here.');
    return unknownName(this.cursor, token);
  }
}

function collapse(factors: readonly Factor[], first: Expression): Expression {
  const [opening] = factors;
  const closing = factors[factors.length - 1];
  if (!opening || !closing) return first;
  if (factors.length === 1) return opening.expression;
  return { kind: 'product', factors, ...spanning(opening.expression, closing.expression) };
}
