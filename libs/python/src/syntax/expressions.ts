import { Span } from '../source/text.js';
import { TokenCursor } from './cursor.js';
import { numberValue } from './literals.js';
import { plainText, readStrings } from './strings.js';
import type { SubExpressionReader } from './strings.js';
import { FAULT, KEYWORD, NAME, NEWLINE, NUMBER, OPERATOR, STRING } from './tokens.js';
import type * as tree from './tree.js';

/** Left-associative binary operators by how tightly they bind. */
const PRECEDENCE = new Map<string, number>([
  ['|', 1],
  ['^', 2],
  ['&', 3],
  ['<<', 4],
  ['>>', 4],
  ['+', 5],
  ['-', 5],
  ['*', 6],
  ['/', 6],
  ['//', 6],
  ['%', 6],
  ['@', 6],
]);
const OPERATORS = new Map<string, tree.Operator>(
  (['+', '-', '*', '/', '//', '%', '**', '@', '<<', '>>', '&', '|', '^'] as const).map((symbol) => [
    symbol,
    symbol,
  ]),
);
const COMPARISONS = new Map<string, tree.ComparisonOperator>(
  (['<', '<=', '>', '>=', '==', '!='] as const).map((symbol) => [symbol, symbol]),
);
/** Operators that no expression goes on with, whatever it is. */
const ENDS_EXPRESSION: ReadonlySet<string> = new Set([',', ')', ']', '}', ':', '=']);
/** Operands in a row at one level; more would make a tree too deep to walk. */
const MAX_CHAIN = 1500;

/** Reads expressions, by recursive descent over Python's grammar. */
export abstract class ExpressionParser extends TokenCursor {
  /** A reader of an expression inside an f-string, on the same source. */
  protected abstract readonly subExpressions: SubExpressionReader;
  /** `yield`, `lambda` parameters and calls are rules of their own, in files of their own. */
  protected abstract lambda(): tree.Expression;
  protected abstract callArguments(callee: tree.Expression, start: number): tree.Call;
  protected abstract bracketed(): tree.Expression;

  /** `a, *b` : what may stand right of an assignment. */
  protected starExpressions(): tree.Expression {
    const { start } = this;
    const first = this.starExpression();
    if (!this.isOperator(',')) return first;
    const items = [first];
    while (this.acceptOperator(',')) {
      if (!this.startsExpression()) break;
      items.push(this.starExpression());
    }
    return { kind: 'Tuple', items, span: this.spanFrom(start) };
  }

  protected starExpression(): tree.Expression {
    const { start } = this;
    if (!this.acceptOperator('*')) return this.namedExpression();
    const value = this.binaryExpression(1);
    return { kind: 'Starred', value, span: this.spanFrom(start) };
  }

  protected yieldOrStarExpressions(): tree.Expression {
    return this.isKeyword('yield') ? this.yieldExpression() : this.starExpressions();
  }

  protected yieldExpression(): tree.Expression {
    const { start } = this;
    this.expectKeyword('yield');
    if (this.acceptKeyword('from')) {
      const value = this.expression();
      return { kind: 'YieldFrom', value, span: this.spanFrom(start) };
    }
    const value = this.startsExpression() ? this.starExpressions() : undefined;
    return { kind: 'Yield', value, span: this.spanFrom(start) };
  }

  protected namedExpression(): tree.Expression {
    if (this.kind === NAME && this.kindAt(1) === OPERATOR && this.textAt(1) === ':=') {
      const { start } = this;
      const target: tree.Name = { kind: 'Name', id: this.mangled(this.text), span: this.tokenSpan() };
      this.index += 2;
      const value = this.expression();
      return { kind: 'NamedExpr', target, value, span: this.spanFrom(start) };
    }
    return this.expression();
  }

  protected expression(): tree.Expression {
    this.enter();
    const value = this.nestedExpression();
    this.leave();
    return value;
  }

  /**
   * Most expressions are a primary and nothing else: it is read first, and the rules for all others, which are a dozen
   * calls deep, are gone through only where something follows it. They take what has been read as `first`, if it has.
   */
  private nestedExpression(): tree.Expression {
    const { start, kind } = this;
    if (kind !== NAME && kind !== STRING && kind !== NUMBER) return this.conditional(start);
    const first = this.primary();
    return this.endsExpression() ? first : this.conditional(start, first);
  }

  private endsExpression(): boolean {
    const { kind } = this;
    return kind === NEWLINE || (kind === OPERATOR && ENDS_EXPRESSION.has(this.text));
  }

  private conditional(start: number, first?: tree.Expression): tree.Expression {
    if (first === undefined && this.isKeyword('lambda')) return this.lambda();
    const body = this.disjunction(start, first);
    if (!this.isKeyword('if')) return body;
    this.index++;
    const test = this.disjunction();
    if (!this.isKeyword('else')) {
      this.fail("expected 'else' after 'if' expression", this.spanFrom(start));
    }
    this.index++;
    const orElse = this.expression();
    return { kind: 'IfExp', test, body, orElse, span: this.spanFrom(start) };
  }

  protected disjunction(start = this.start, first?: tree.Expression): tree.Expression {
    const left = this.conjunction(start, first);
    if (!this.isKeyword('or')) return left;
    const values = [left];
    while (this.acceptKeyword('or')) values.push(this.conjunction());
    return { kind: 'BoolOp', operator: 'or', values, span: this.spanFrom(start) };
  }

  private conjunction(start = this.start, first?: tree.Expression): tree.Expression {
    const left = this.inversion(start, first);
    if (!this.isKeyword('and')) return left;
    const values = [left];
    while (this.acceptKeyword('and')) values.push(this.inversion());
    return { kind: 'BoolOp', operator: 'and', values, span: this.spanFrom(start) };
  }

  private inversion(start = this.start, first?: tree.Expression): tree.Expression {
    if (first !== undefined || !this.acceptKeyword('not')) return this.comparison(start, first);
    const operand = this.nested(() => this.inversion());
    return { kind: 'UnaryOp', operator: 'not', operand, span: this.spanFrom(start) };
  }

  private comparison(start: number, first: tree.Expression | undefined): tree.Expression {
    const left = this.binaryExpression(1, start, first);
    let operator = this.comparisonOperator();
    if (operator === undefined) return left;
    const operators: tree.ComparisonOperator[] = [];
    const comparators: tree.Expression[] = [];
    while (operator !== undefined) {
      operators.push(operator);
      comparators.push(this.binaryExpression(1));
      operator = this.comparisonOperator();
    }
    return { kind: 'Compare', left, operators, comparators, span: this.spanFrom(start) };
  }

  private comparisonOperator(): tree.ComparisonOperator | undefined {
    if (this.kind === OPERATOR) {
      const operator = COMPARISONS.get(this.text);
      if (operator !== undefined) this.index++;
      return operator;
    }
    if (this.kind !== KEYWORD) return undefined;
    if (this.acceptKeyword('in')) return 'in';
    if (this.isKeyword('not') && this.textAt(1) === 'in') {
      this.index += 2;
      return 'not in';
    }
    if (this.acceptKeyword('is')) return this.acceptKeyword('not') ? 'is not' : 'is';
    return undefined;
  }

  /** Binary operators that bind at least as tightly as `level`. */
  protected binaryExpression(level: number, start = this.start, first?: tree.Expression): tree.Expression {
    let left = first === undefined ? this.unaryExpression() : this.power(start, first);
    for (let chain = 0; this.kind === OPERATOR; chain++) {
      const { text } = this;
      const precedence = PRECEDENCE.get(text);
      const operator = OPERATORS.get(text);
      if (precedence === undefined || operator === undefined || precedence < level) break;
      if (chain > MAX_CHAIN) this.fail('too many nested parentheses');
      this.index++;
      const right = this.binaryExpression(precedence + 1);
      left = { kind: 'BinOp', operator, left, right, span: this.spanFrom(start) };
    }
    return left;
  }

  private unaryExpression(): tree.Expression {
    const { start } = this;
    if (this.kind === OPERATOR) {
      const { text } = this;
      if (text === '-' || text === '+' || text === '~') {
        this.index++;
        const operand = this.nested(() => this.unaryExpression());
        return { kind: 'UnaryOp', operator: text, operand, span: this.spanFrom(start) };
      }
    }
    return this.power(start, this.awaited(start));
  }

  private awaited(start: number): tree.Expression {
    if (!this.acceptKeyword('await')) return this.primary();
    const value = this.primary();
    return { kind: 'Await', value, span: this.spanFrom(start) };
  }

  private power(start: number, base: tree.Expression): tree.Expression {
    if (!this.acceptOperator('**')) return base;
    const right = this.nested(() => this.unaryExpression());
    return { kind: 'BinOp', operator: '**', left: base, right, span: this.spanFrom(start) };
  }

  protected primary(): tree.Expression {
    const { start } = this;
    let value = this.atom();
    for (let chain = 0; this.kind === OPERATOR; chain++) {
      if (chain > MAX_CHAIN) this.fail('too many nested parentheses');
      if (this.text === '.') {
        this.index++;
        const attribute = this.expectName();
        value = { kind: 'Attribute', value, attribute, span: this.spanFrom(start) };
      } else if (this.text === '(') {
        value = this.callArguments(value, start);
      } else if (this.text === '[') {
        this.index++;
        const index = this.slices();
        this.expectOperator(']', this.commaHint());
        value = { kind: 'Subscript', value, index, span: this.spanFrom(start) };
      } else break;
    }
    return value;
  }

  private slices(): tree.Expression {
    const { start } = this;
    const first = this.slice();
    if (!this.isOperator(',')) return first;
    const items = [first];
    while (this.acceptOperator(',')) {
      if (this.isOperator(']')) break;
      items.push(this.slice());
    }
    return { kind: 'Tuple', items, span: this.spanFrom(start) };
  }

  private slice(): tree.Expression {
    const { start } = this;
    if (this.isOperator('*')) return this.starExpression();
    const lower = this.isOperator(':') ? undefined : this.namedExpression();
    if (!this.acceptOperator(':')) return lower ?? this.fail();
    const part = (): tree.Expression | undefined =>
      this.isOperator(':') || this.isOperator(']') || this.isOperator(',') ? undefined : this.expression();
    const upper = part();
    const step = this.acceptOperator(':') ? part() : undefined;
    return { kind: 'Slice', lower, upper, step, span: this.spanFrom(start) };
  }

  private atom(): tree.Expression {
    switch (this.kind) {
      case NAME: {
        const span = this.tokenSpan();
        const id = this.mangled(this.text);
        this.index++;
        return { kind: 'Name', id, span };
      }
      case NUMBER: {
        const span = this.tokenSpan();
        const number = numberValue(this.text);
        this.index++;
        return number.kind === 'imaginary'
          ? { kind: 'Imaginary', value: number.value, span }
          : { kind: 'Constant', value: number.value, span };
      }
      case STRING:
        return this.strings();
      case KEYWORD:
        return this.keywordAtom(this.tokenSpan());
      case OPERATOR:
        if (this.text === '(' || this.text === '[' || this.text === '{') {
          this.enter();
          const value = this.bracketed();
          this.leave();
          return value;
        }
        if (this.text === '...') return this.ellipsis();
        return this.fail();
      default:
        return this.fail();
    }
  }

  private ellipsis(): tree.Expression {
    const span = this.tokenSpan();
    this.index++;
    return { kind: 'Ellipsis', span };
  }

  private keywordAtom(span: Span): tree.Expression {
    if (this.acceptKeyword('None')) return { kind: 'Constant', value: null, span };
    if (this.acceptKeyword('True')) return { kind: 'Constant', value: true, span };
    if (this.acceptKeyword('False')) return { kind: 'Constant', value: false, span };
    return this.fail();
  }

  private strings(): tree.Expression {
    if (this.kindAt(1) !== STRING) {
      const span = this.tokenSpan();
      const value = plainText(span);
      if (value !== undefined) {
        this.index++;
        return { kind: 'Constant', value, span };
      }
    }
    const spans: Span[] = [];
    while (this.kind === STRING) {
      spans.push(this.tokenSpan());
      this.index++;
    }
    const result = readStrings(spans, this.subExpressions);
    return 'fault' in result ? this.failAt(result.span, result.fault) : result;
  }

  protected startsExpression(): boolean {
    switch (this.kind) {
      case NAME:
      case NUMBER:
      case STRING:
        return true;
      case KEYWORD:
        return ['None', 'True', 'False', 'not', 'lambda', 'await', 'yield'].includes(this.text);
      case OPERATOR:
        return ['(', '[', '{', '-', '+', '~', '...', '*'].includes(this.text);
      default:
        return this.kind === FAULT;
    }
  }

  /** Two expressions side by side inside brackets: the usual hint; anything else plain `invalid syntax`. */
  protected commaHint(): string {
    const next = this.kind;
    const expressionNext =
      next === NAME ||
      next === NUMBER ||
      next === STRING ||
      (next === KEYWORD && ['None', 'True', 'False', 'lambda'].includes(this.text));
    const before = this.kindAt(-1);
    const closes =
      before === NAME || before === NUMBER || before === STRING || [')', ']', '}'].includes(this.textAt(-1));
    return expressionNext && closes ? 'invalid syntax. Perhaps you forgot a comma?' : 'invalid syntax';
  }
}
