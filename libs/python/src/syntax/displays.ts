import { ExpressionParser } from './expressions.js';
import { describe, invalidTarget } from './targets.js';
import { StringList } from './string-list.js';
import { NAME, OPERATOR, STRINGS } from './tokens.js';
import type * as tree from './tree.js';

/** As many keywords as are looked through one by one. */
const FEW_KEYWORDS = 16;

/** Reads what stands in brackets: displays, comprehensions, calls; and lambdas and parameters. */
export abstract class DisplayParser extends ExpressionParser {
  #namesOfMany: WeakMap<readonly tree.Keyword[], Set<string | undefined>> | undefined = undefined;

  protected override bracketed(): tree.Expression {
    if (this.isOperator('(')) return this.parenthesised();
    return this.isOperator('[') ? this.list() : this.dictOrSet();
  }

  private parenthesised(): tree.Expression {
    const { start } = this;
    this.index++;
    if (this.acceptOperator(')')) return { kind: 'Tuple', items: [], span: this.spanFrom(start) };
    if (this.isKeyword('yield')) {
      const value = this.yieldExpression();
      this.expectOperator(')');
      return value;
    }
    const first = this.starExpression();
    if (this.startsClauses()) {
      const clauses = this.clauses();
      this.expectOperator(')', this.commaHint());
      return { kind: 'GeneratorExp', element: first, key: undefined, clauses, span: this.spanFrom(start) };
    }
    if (!this.isOperator(',')) {
      if (!this.isOperator(')')) this.missingComma();
      this.index++;
      if (first.kind === 'Starred') this.failAt(first.span, 'cannot use starred expression here');
      return first;
    }
    const items = this.itemsAfter(first, ')');
    return { kind: 'Tuple', items, span: this.spanFrom(start) };
  }

  private itemsAfter(first: tree.Expression, close: string): tree.Expression[] {
    const items = [first];
    while (this.acceptOperator(',')) {
      if (this.isOperator(close)) break;
      items.push(this.starExpression());
    }
    if (!this.isOperator(close)) this.missingComma();
    this.index++;
    return items;
  }

  private missingComma(): never {
    return this.isOperator('=')
      ? this.fail("invalid syntax. Maybe you meant '==' or ':=' instead of '='?")
      : this.fail(this.commaHint());
  }

  private list(): tree.Expression {
    const { start } = this;
    this.index++;
    if (this.acceptOperator(']')) return { kind: 'List', items: [], span: this.spanFrom(start) };
    if (this.kind === STRINGS) return this.stringList(start);
    const first = this.starExpression();
    if (this.startsClauses()) {
      const clauses = this.clauses();
      this.expectOperator(']', this.commaHint());
      return { kind: 'ListComp', element: first, key: undefined, clauses, span: this.spanFrom(start) };
    }
    const items = this.itemsAfter(first, ']');
    return { kind: 'List', items, span: this.spanFrom(start) };
  }

  /** Many plain strings and the bracket that closes them; the list begins at `start`. */
  protected stringList(start: number): StringList {
    const items = this.tokenSpan();
    this.index += 2;
    return new StringList(this.spanFrom(start), items.start, items.end);
  }

  private dictOrSet(): tree.Expression {
    const { start } = this;
    this.index++;
    if (this.acceptOperator('}')) return { kind: 'Dict', entries: [], span: this.spanFrom(start) };
    if (!this.isOperator('**')) {
      const first = this.starExpression();
      if (!this.isOperator(':')) return this.set(first, start);
      this.index++;
      if (this.isOperator('}') || this.isOperator(','))
        this.fail("expression expected after dictionary key and ':'");
      const value = this.expression();
      if (this.startsClauses()) {
        const clauses = this.clauses();
        this.expectOperator('}', this.commaHint());
        return { kind: 'DictComp', element: value, key: first, clauses, span: this.spanFrom(start) };
      }
      return this.dict([{ key: first, value }], start);
    }
    this.index++;
    return this.dict([{ key: undefined, value: this.binaryExpression(1) }], start);
  }

  private set(first: tree.Expression, start: number): tree.Expression {
    if (this.startsClauses()) {
      const clauses = this.clauses();
      this.expectOperator('}', this.commaHint());
      return { kind: 'SetComp', element: first, key: undefined, clauses, span: this.spanFrom(start) };
    }
    const items = this.itemsAfter(first, '}');
    return { kind: 'Set', items, span: this.spanFrom(start) };
  }

  private dict(
    entries: { key: tree.Expression | undefined; value: tree.Expression }[],
    start: number,
  ): tree.Expression {
    while (this.acceptOperator(',')) {
      if (this.isOperator('}')) break;
      if (this.acceptOperator('**')) {
        entries.push({ key: undefined, value: this.binaryExpression(1) });
        continue;
      }
      const key = this.expression();
      if (!this.acceptOperator(':')) this.fail("':' expected after dictionary key", key.span);
      if (this.isOperator('}') || this.isOperator(','))
        this.fail("expression expected after dictionary key and ':'");
      entries.push({ key, value: this.expression() });
    }
    if (!this.isOperator('}')) this.missingComma();
    this.index++;
    return { kind: 'Dict', entries, span: this.spanFrom(start) };
  }

  protected startsClauses(): boolean {
    return this.isKeyword('for') || (this.isKeyword('async') && this.textAt(1) === 'for');
  }

  protected clauses(): tree.ComprehensionClause[] {
    const clauses: tree.ComprehensionClause[] = [];
    while (this.startsClauses()) {
      const isAsync = this.acceptKeyword('async');
      this.index++;
      const target = this.targetList();
      this.expectKeyword('in');
      const iterable = this.disjunction();
      const conditions: tree.Expression[] = [];
      while (this.acceptKeyword('if')) conditions.push(this.condition());
      clauses.push({ target, iterable, conditions, isAsync });
    }
    return clauses;
  }

  private condition(): tree.Expression {
    if (this.kind === NAME && this.kindAt(1) === OPERATOR && this.textAt(1) === ':=')
      return this.namedExpression();
    return this.isKeyword('lambda') ? this.expression() : this.disjunction();
  }

  /** The targets of `for`: like an expression, but `in` ends it. */
  protected targetList(): tree.Expression {
    const { start } = this;
    const one = (): tree.Expression => {
      const from = this.start;
      if (!this.acceptOperator('*')) return this.binaryExpression(1);
      const value = this.binaryExpression(1);
      return { kind: 'Starred', value, span: this.spanFrom(from) };
    };
    const first = one();
    let target = first;
    if (this.isOperator(',')) {
      const items = [first];
      while (this.acceptOperator(',')) {
        if (this.isKeyword('in')) break;
        items.push(one());
      }
      target = { kind: 'Tuple', items, span: this.spanFrom(start) };
    }
    const invalid = invalidTarget(target);
    if (invalid !== undefined) this.failAt(invalid.span, `cannot assign to ${describe(invalid)}`);
    return target;
  }

  protected override callArguments(callee: tree.Expression, start: number): tree.Call {
    this.index++;
    const args: tree.Expression[] = [];
    const keywords: tree.Keyword[] = [];
    while (!this.isOperator(')')) {
      this.argument(args, keywords);
      if (!this.acceptOperator(',')) break;
    }
    if (!this.isOperator(')')) this.missingComma();
    this.index++;
    return { kind: 'Call', callee, args, keywords, span: this.spanFrom(start) };
  }

  private argument(args: tree.Expression[], keywords: tree.Keyword[]): void {
    const { start } = this;
    if (this.acceptOperator('**')) {
      const value = this.expression();
      keywords.push({ name: undefined, value, span: this.spanFrom(start) });
      return;
    }
    if (this.acceptOperator('*')) {
      const value = this.expression();
      if (keywords.some((keyword) => keyword.name === undefined)) {
        this.failAt(this.spanFrom(start), 'iterable argument unpacking follows keyword argument unpacking');
      }
      args.push({ kind: 'Starred', value, span: this.spanFrom(start) });
      return;
    }
    if (this.kind === NAME && this.kindAt(1) === OPERATOR && this.textAt(1) === '=') {
      const name = this.mangled(this.text);
      if (this.isRepeated(keywords, name)) this.fail(`keyword argument repeated: ${name}`);
      this.index += 2;
      if (!this.startsExpression()) this.fail('expected argument value expression');
      const value = this.expression();
      keywords.push({ name, value, span: this.spanFrom(start) });
      return;
    }
    let value = this.namedExpression();
    if (this.startsClauses()) {
      const clauses = this.clauses();
      value = { kind: 'GeneratorExp', element: value, key: undefined, clauses, span: this.spanFrom(start) };
      if (args.length > 0 || keywords.length > 0 || !this.isOperator(')')) {
        const alone =
          this.isOperator(')') || (this.isOperator(',') && this.textAt(1) === ')' && args.length === 0);
        if (!alone || args.length > 0) this.failAt(value.span, 'Generator expression must be parenthesized');
      }
    } else if (this.isOperator('=')) {
      const named = value.kind === 'Constant' && (value.value === null || typeof value.value === 'boolean');
      this.failAt(
        value.span,
        named
          ? `cannot assign to ${describe(value)}`
          : 'expression cannot contain assignment, perhaps you meant "=="?',
      );
    }
    if (keywords.length > 0) {
      const unpacking = keywords.some((keyword) => keyword.name === undefined);
      this.failAt(value.span, `positional argument follows keyword argument${unpacking ? ' unpacking' : ''}`);
    }
    args.push(value);
  }

  /** Whether a keyword has been given; where there are many, their names are kept, so that each is looked at once. */
  private isRepeated(keywords: readonly tree.Keyword[], name: string): boolean {
    if (keywords.length < FEW_KEYWORDS) return keywords.some((keyword) => keyword.name === name);
    this.#namesOfMany ??= new WeakMap();
    const names = this.#namesOfMany.get(keywords) ?? new Set(keywords.map((keyword) => keyword.name));
    this.#namesOfMany.set(keywords, names);
    if (names.has(name)) return true;
    names.add(name);
    return false;
  }

  protected override lambda(): tree.Expression {
    const { start } = this;
    this.index++;
    const parameters = this.parameters(':', false);
    this.expectOperator(':');
    const body = this.expression();
    return { kind: 'Lambda', parameters, body, span: this.spanFrom(start) };
  }

  /** Parameters up to (not including) `close`. */
  protected parameters(close: string, annotated: boolean): tree.ParameterNode[] {
    const list: tree.ParameterNode[] = [];
    let keywordOnly = false;
    let bareStar = false;
    while (!this.isOperator(close)) {
      const { start } = this;
      if (this.acceptOperator('/')) {
        if (list.length === 0) this.failAt(this.spanFrom(start), 'at least one argument must precede /');
        list.splice(0, list.length, ...list.map((p) => ({ ...p, kind: 'positional-only' as const })));
      } else if (this.isOperator('*') && (this.textAt(1) === ',' || this.textAt(1) === close)) {
        this.index++;
        keywordOnly = true;
        bareStar = true;
      } else {
        list.push(this.parameter(keywordOnly, annotated));
        const kind = list[list.length - 1]?.kind;
        keywordOnly ||= kind === 'rest';
        bareStar &&= kind !== 'keyword-only';
      }
      if (!this.acceptOperator(',')) break;
    }
    if (bareStar && list[list.length - 1]?.kind !== 'keyword-only')
      this.fail('named arguments must follow bare *');
    this.checkParameters(list);
    return list;
  }

  private parameter(keywordOnly: boolean, annotated: boolean): tree.ParameterNode {
    const { start } = this;
    const kind = this.acceptOperator('**')
      ? 'keywords'
      : this.acceptOperator('*')
        ? 'rest'
        : keywordOnly
          ? 'keyword-only'
          : 'ordinary';
    if (this.kind !== NAME) this.fail();
    const name = this.expectName();
    let annotation: tree.Expression | undefined;
    if (annotated && this.acceptOperator(':'))
      annotation = kind === 'rest' ? this.starExpression() : this.expression();
    const fallback = this.acceptOperator('=') ? this.expression() : undefined;
    return { name, kind, annotation, fallback, span: this.spanFrom(start) };
  }

  private checkParameters(list: readonly tree.ParameterNode[]): void {
    const names = new Set<string>();
    let defaulted = false;
    for (const parameter of list) {
      if (names.has(parameter.name)) {
        this.failAt(parameter.span, `duplicate argument '${parameter.name}' in function definition`);
      }
      names.add(parameter.name);
      if (parameter.kind !== 'ordinary' && parameter.kind !== 'positional-only') continue;
      if (parameter.fallback !== undefined) defaulted = true;
      else if (defaulted) this.failAt(parameter.span, 'non-default argument follows default argument');
    }
  }
}
