import { ParseFailure } from './cursor.js';
import { PatternParser } from './patterns.js';
import { describe, invalidTarget } from './targets.js';
import { KEYWORD, NAME, NEWLINE, NUMBER, OPERATOR, STRING } from './tokens.js';
import type * as tree from './tree.js';

const AUGMENTED = new Map<string, tree.Operator>(
  (['+', '-', '*', '/', '//', '%', '**', '@', '<<', '>>', '&', '|', '^'] as const).map((symbol) => [
    `${symbol}=`,
    symbol,
  ]),
);

/** Where a statement stands, for the rules about `return`, `break` and `yield`. */
export interface Surroundings {
  readonly inFunction: boolean;
  readonly inLoop: boolean;
}

/** Reads the statements that fit on a line. */
export abstract class SimpleStatementParser extends PatternParser {
  protected surroundings: Surroundings = { inFunction: false, inLoop: false };

  protected simpleStatement(): tree.Statement {
    const { start } = this;
    if (this.kind !== KEYWORD) {
      if (
        this.kind === NAME &&
        this.text === 'type' &&
        this.kindAt(1) === NAME &&
        (this.textAt(2) === '=' || this.textAt(2) === '[')
      ) {
        return this.typeAlias();
      }
      return this.expressionStatement();
    }
    switch (this.text) {
      case 'pass':
      case 'break':
      case 'continue':
        return this.flow();
      case 'return':
        return this.returnStatement();
      case 'raise': {
        this.index++;
        const exception = this.startsExpression() ? this.expression() : undefined;
        const cause = exception !== undefined && this.acceptKeyword('from') ? this.expression() : undefined;
        return { kind: 'Raise', exception, cause, span: this.spanFrom(start) };
      }
      case 'assert': {
        this.index++;
        const test = this.expression();
        const message = this.acceptOperator(',') ? this.expression() : undefined;
        return { kind: 'Assert', test, message, span: this.spanFrom(start) };
      }
      case 'del':
        return this.deleteStatement();
      case 'global':
      case 'nonlocal': {
        const kind = this.text === 'global' ? 'Global' : 'Nonlocal';
        this.index++;
        const names = [this.expectName()];
        while (this.acceptOperator(',')) names.push(this.expectName());
        return { kind, names, span: this.spanFrom(start) };
      }
      case 'import':
        return this.importStatement();
      case 'from':
        return this.importFrom();
      default:
        return this.expressionStatement();
    }
  }

  private flow(): tree.Statement {
    const span = this.tokenSpan();
    const { text } = this;
    this.index++;
    if (text === 'pass') return { kind: 'Pass', span };
    if (!this.surroundings.inLoop) {
      this.problems.push({
        type: 'SyntaxError',
        message: text === 'break' ? "'break' outside loop" : "'continue' not properly in loop",
        span,
      });
      return { kind: 'Pass', span };
    }
    return { kind: text === 'break' ? 'Break' : 'Continue', span };
  }

  private returnStatement(): tree.Statement {
    const { start } = this;
    this.index++;
    const value = this.startsExpression() ? this.starExpressions() : undefined;
    const span = this.spanFrom(start);
    if (!this.surroundings.inFunction) {
      const problem = { type: 'SyntaxError', message: "'return' outside function", span } as const;
      this.problems.push(problem);
      return { kind: 'ErrorStatement', problem, span };
    }
    return { kind: 'Return', value, span };
  }

  private deleteStatement(): tree.Statement {
    const { start } = this;
    this.index++;
    const list = this.starExpressions();
    const targets = list.kind === 'Tuple' && !list.span.text.startsWith('(') ? list.items : [list];
    for (const target of targets) {
      const invalid = invalidTarget(target) ?? (target.kind === 'Starred' ? target : undefined);
      if (invalid !== undefined) this.failAt(invalid.span, `cannot delete ${describe(invalid)}`);
    }
    return { kind: 'Delete', targets, span: this.spanFrom(start) };
  }

  private typeAlias(): tree.Statement {
    const { start } = this;
    this.index++;
    const name = this.expectName();
    this.typeParameters();
    this.expectOperator('=');
    const value = this.expression();
    return { kind: 'TypeAlias', name, value, span: this.spanFrom(start) };
  }

  /** `[T, *Ts, **P]` of PEP 695; bounds and defaults are read and dropped. */
  protected typeParameters(): string[] {
    const names: string[] = [];
    if (!this.acceptOperator('[')) return names;
    while (!this.isOperator(']')) {
      if (!this.acceptOperator('**')) this.acceptOperator('*');
      names.push(this.expectName());
      if (this.acceptOperator(':')) this.expression();
      if (this.acceptOperator('=')) this.expression();
      if (!this.acceptOperator(',')) break;
    }
    this.expectOperator(']');
    return names;
  }

  private importStatement(): tree.Statement {
    const { start } = this;
    this.index++;
    const names = [this.dottedAlias()];
    while (this.acceptOperator(',')) names.push(this.dottedAlias());
    return { kind: 'Import', names, span: this.spanFrom(start) };
  }

  private dottedAlias(): tree.ImportAlias {
    const { start } = this;
    const name = this.dottedName();
    const as = this.acceptKeyword('as') ? this.expectName() : undefined;
    return { name, as, span: this.spanFrom(start) };
  }

  private dottedName(): string {
    let name = this.expectName();
    while (this.acceptOperator('.')) name += `.${this.expectName()}`;
    return name;
  }

  private importFrom(): tree.Statement {
    const { start } = this;
    this.index++;
    let level = 0;
    for (; this.isOperator('.') || this.isOperator('...'); this.index++) level += this.text.length;
    const module = this.kind === NAME || level === 0 ? this.dottedName() : '';
    this.expectKeyword('import');
    if (this.acceptOperator('*'))
      return { kind: 'ImportFrom', module, level, names: undefined, span: this.spanFrom(start) };
    const bracket = this.acceptOperator('(');
    const names = [this.plainAlias()];
    while (this.acceptOperator(',')) {
      if (bracket && this.isOperator(')')) break;
      if (!bracket && this.kind === NEWLINE)
        this.fail('trailing comma not allowed without surrounding parentheses');
      names.push(this.plainAlias());
    }
    if (bracket) this.expectOperator(')');
    return { kind: 'ImportFrom', module, level, names, span: this.spanFrom(start) };
  }

  private plainAlias(): tree.ImportAlias {
    const { start } = this;
    const name = this.expectName();
    const as = this.acceptKeyword('as') ? this.expectName() : undefined;
    return { name, as, span: this.spanFrom(start) };
  }

  private expressionStatement(): tree.Statement {
    const { start } = this;
    if (this.kind === NAME && this.textAt(1) === ':=') {
      this.index++;
      this.fail();
    }
    const first = this.yieldOrStarExpressions();
    if (this.isOperator('=')) return this.assignment(first, start);
    if (this.isOperator(':')) return this.annotated(first, start);
    const operator = this.kind === OPERATOR ? AUGMENTED.get(this.text) : undefined;
    if (operator !== undefined) {
      if (first.kind !== 'Name' && first.kind !== 'Attribute' && first.kind !== 'Subscript') {
        this.failAt(first.span, `'${describe(first)}' is an illegal expression for augmented assignment`);
      }
      this.index++;
      const value = this.yieldOrStarExpressions();
      return { kind: 'AugAssign', target: first, operator, value, span: this.spanFrom(start) };
    }
    const value = first.kind === 'Name' ? (this.oldStatement(first, start) ?? first) : first;
    return { kind: 'Expr', value, span: this.spanFrom(start) };
  }

  /** `print "x"` and `exec "x"`, as Python 2 had them: what is printed is read all the same. */
  private oldStatement(name: tree.Name, start: number): tree.Call | undefined {
    if (name.id !== 'print' && name.id !== 'exec') return undefined;
    if (this.kind !== NAME && this.kind !== NUMBER && this.kind !== STRING) return undefined;
    const problem = {
      type: 'SyntaxError',
      message: `Missing parentheses in call to '${name.id}'. Did you mean ${name.id}(...)?`,
      span: name.span,
    } as const;
    const printed = name.id === 'print' ? this.printed() : undefined;
    if (printed === undefined) throw new ParseFailure(problem);
    this.problems.push(problem);
    const args = printed.kind === 'Tuple' ? printed.items : [printed];
    return { kind: 'Call', callee: name, args, keywords: [], span: this.spanFrom(start) };
  }

  /** What stands up to the end of the line; undefined where that is no expression. */
  private printed(): tree.Expression | undefined {
    try {
      const value = this.yieldOrStarExpressions();
      return this.kind === NEWLINE || this.isOperator(';') ? value : undefined;
    } catch (thrown) {
      if (thrown instanceof ParseFailure) return undefined;
      throw thrown;
    }
  }

  private assignment(first: tree.Expression, start: number): tree.Statement {
    const targets: tree.Expression[] = [];
    let value = first;
    while (this.acceptOperator('=')) {
      this.checkTarget(value);
      targets.push(value);
      value = this.yieldOrStarExpressions();
    }
    return { kind: 'Assign', targets, value, span: this.spanFrom(start) };
  }

  private checkTarget(target: tree.Expression): void {
    const invalid = invalidTarget(target);
    if (invalid === undefined) {
      if (target.kind === 'Starred')
        this.failAt(target.span, 'starred assignment target must be in a list or tuple');
      return;
    }
    const name = describe(invalid);
    const keyword = name === 'None' || name === 'True' || name === 'False' || name === 'yield expression';
    const hint = invalid === target && !keyword && name !== 'dict literal' && name !== 'set display';
    const here = name === 'dict literal' || name === 'set display' ? ' here' : '';
    this.failAt(
      invalid.span,
      hint
        ? `cannot assign to ${name} here. Maybe you meant '==' instead of '='?`
        : keyword && name !== 'yield expression'
          ? `cannot assign to ${name}`
          : name === 'yield expression'
            ? 'assignment to yield expression not possible'
            : `cannot assign to ${name}${here === '' ? '' : " here. Maybe you meant '==' instead of '='?"}`,
    );
  }

  private annotated(target: tree.Expression, start: number): tree.Statement {
    if (target.kind === 'List' || target.kind === 'Tuple') {
      this.failAt(target.span, `only single target (not ${describe(target)}) can be annotated`);
    }
    if (target.kind !== 'Name' && target.kind !== 'Attribute' && target.kind !== 'Subscript') this.fail();
    this.index++;
    const annotation = this.expression();
    const value = this.acceptOperator('=') ? this.yieldOrStarExpressions() : undefined;
    return { kind: 'AnnAssign', target, annotation, value, span: this.spanFrom(start) };
  }
}
