import { ParseFailure } from './cursor.js';
import { DeferredClass, DeferredFunction } from './deferred.js';
import type { BodyReader, FunctionSignature, HeadPassedOver, PassedOver } from './deferred.js';
import { SimpleStatementParser } from './simple-statements.js';
import type { Surroundings } from './simple-statements.js';
import { BODY, DEDENT, END, FAULT, HEAD, INDENT, KEYWORD, NAME, NEWLINE } from './tokens.js';
import type * as tree from './tree.js';

const MAX_BLOCKS = 90;
/** Errors after which the rest of a file is no longer read: it is hardly Python. */
const MAX_PROBLEMS = 200;
/** Statements for which CPython says `expected ':'` only if the line ends where the colon should be. */
const ONLY_AT_LINE_END = new Set([
  "'if' statement",
  "'elif' statement",
  "'while' statement",
  "'case' statement",
  'class definition',
]);

const NO_NAMES: readonly string[] = [];

const FUNCTION: Surroundings = { inFunction: true, inLoop: false };
const CLASS: Surroundings = { inFunction: false, inLoop: false };

/** Reads compound statements and their blocks. */
export abstract class StatementParser extends SimpleStatementParser {
  #blocks = 0;

  /** Goes on after a failure: puts the cursor behind the broken statement that began at offset `start`. */
  protected abstract recover(failure: ParseFailure, start: number): tree.Statement;

  /** A reader of what was passed over; its names are the class's whose body is being read. */
  protected abstract deferred(body: PassedOver): BodyReader;

  /** The same for a signature. */
  protected abstract deferredSignature(head: HeadPassedOver): () => FunctionSignature;

  /** Statements up to the end of the block (a DEDENT, not taken) or of the file. */
  protected statements(): tree.Statement[] {
    const list: tree.Statement[] = [];
    while (this.kind !== END && this.kind !== DEDENT) {
      if (this.kind === NEWLINE) this.index++;
      else if (this.kind === INDENT) this.unexpectedIndent(list);
      else if (this.kind === FAULT && this.isMisplaced()) this.index++;
      else this.guarded(list);
      if (this.problems.length > MAX_PROBLEMS) this.index = this.tokens.count - 1;
    }
    return list;
  }

  /** Whether only the indentation of a line is wrong: what it says can be read all the same. */
  private isMisplaced(): boolean {
    const fault = this.tokens.faultAt(this.index);
    if (fault === undefined || fault.type === 'SyntaxError') return false;
    this.problems.push({ ...fault, span: this.tokenSpan() });
    return true;
  }

  private unexpectedIndent(list: tree.Statement[]): void {
    this.problems.push({ type: 'IndentationError', message: 'unexpected indent', span: this.tokenSpan() });
    this.index++;
    list.push(...this.statements());
    if (this.kind === DEDENT) this.index++;
  }

  /** One logical line or compound statement; a failure becomes an ErrorStatement and the parser goes on. */
  private guarded(list: tree.Statement[]): void {
    const { start, surroundings } = this;
    const blocks = this.#blocks;
    const { className } = this;
    this.resetDepth();
    try {
      this.statement(list);
    } catch (thrown) {
      if (!(thrown instanceof ParseFailure)) throw thrown;
      this.surroundings = surroundings;
      this.#blocks = blocks;
      this.className = className;
      list.push(this.recover(thrown, start));
    }
  }

  private statement(list: tree.Statement[]): void {
    const compound = this.compound();
    if (compound !== undefined) {
      list.push(compound);
      return;
    }
    this.simpleLine(list);
  }

  private simpleLine(list: tree.Statement[]): void {
    list.push(this.simpleStatement());
    while (this.acceptOperator(';')) {
      if (this.kind === NEWLINE || this.kind === END) break;
      list.push(this.simpleStatement());
    }
    if (this.kind === NEWLINE) this.index++;
    else if (this.kind !== END) this.fail();
  }

  private compound(): tree.Statement | undefined {
    if (this.kind === KEYWORD) {
      switch (this.text) {
        case 'if':
          return this.ifStatement();
        case 'for':
          return this.forStatement(false);
        case 'while':
          return this.whileStatement();
        case 'def':
          return this.functionDefinition([], false, this.start);
        case 'class':
          return this.classDefinition([], this.start);
        case 'with':
          return this.withStatement(false);
        case 'try':
          return this.tryStatement();
        case 'async':
          return this.asyncStatement([], this.start);
        default:
          return undefined;
      }
    }
    if (this.isOperator('@')) return this.decorated();
    return this.kind === NAME && this.text === 'match' ? this.matchStatement() : undefined;
  }

  /** `: block`; a missing colon is reported and read over where the line ends there. */
  private block(owner: string, ownerStart: number, surroundings?: Partial<Surroundings>): tree.Statement[] {
    this.colon(owner);
    const outer = this.surroundings;
    this.surroundings = { ...outer, ...surroundings };
    if (++this.#blocks > MAX_BLOCKS) this.fail('too many statically nested blocks');
    const body = this.blockBody(owner, ownerStart);
    this.#blocks--;
    this.surroundings = outer;
    return body;
  }

  private colon(owner: string): void {
    if (this.acceptOperator(':')) return;
    if (this.kind !== NEWLINE) {
      if (this.isOperator('=')) this.fail("invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
      this.fail(this.kind === FAULT || ONLY_AT_LINE_END.has(owner) ? undefined : "expected ':'");
    }
    this.problems.push({ type: 'SyntaxError', message: "expected ':'", span: this.tokenSpan() });
  }

  private blockBody(owner: string, ownerStart: number): tree.Statement[] {
    if (this.kind !== NEWLINE) {
      const list: tree.Statement[] = [];
      this.simpleLine(list);
      return list;
    }
    this.index++;
    if (this.kindAt(0) !== INDENT) {
      const { line } = this.source.position(ownerStart);
      this.problems.push({
        type: 'IndentationError',
        message: `expected an indented block after ${owner} on line ${line}`,
        span: this.kindAt(0) === END ? this.tokenSpan(Math.max(0, this.index - 2)) : this.tokenSpan(),
      });
      return [];
    }
    this.index++;
    const body = this.statements();
    if (this.kindAt(0) === DEDENT) this.index++;
    return body;
  }

  private ifStatement(): tree.Statement {
    const { start } = this;
    const word = this.text;
    this.index++;
    const test = this.namedExpression();
    const body = this.block(`'${word}' statement`, start);
    let orElse: tree.Statement[] = [];
    if (this.isKeyword('elif')) orElse = [this.elifChain()];
    else orElse = this.elseBlock();
    return { kind: 'If', test, body, orElse, span: this.spanFrom(start) };
  }

  /** `elif` after `elif`, gathered first and nested afterwards, so that a long chain costs no stack. */
  private elifChain(): tree.Statement {
    const links: { start: number; test: tree.Expression; body: tree.Statement[]; end: number }[] = [];
    while (this.isKeyword('elif')) {
      const { start } = this;
      this.index++;
      const test = this.namedExpression();
      const body = this.block("'elif' statement", start);
      links.push({ start, test, body, end: this.lastEnd });
      if (links.length > 1000) this.fail('too many statically nested blocks');
    }
    let orElse = this.elseBlock();
    for (const link of links.toReversed()) {
      orElse = [{ kind: 'If', test: link.test, body: link.body, orElse, span: this.spanFrom(link.start) }];
    }
    return orElse[0] ?? this.fail();
  }

  private elseBlock(surroundings?: Partial<Surroundings>): tree.Statement[] {
    if (!this.isKeyword('else')) return [];
    const { start } = this;
    this.index++;
    return this.block("'else' statement", start, surroundings);
  }

  private whileStatement(): tree.Statement {
    const { start } = this;
    this.index++;
    const test = this.namedExpression();
    const body = this.block("'while' statement", start, { inLoop: true });
    const orElse = this.elseBlock();
    return { kind: 'While', test, body, orElse, span: this.spanFrom(start) };
  }

  private forStatement(isAsync: boolean): tree.Statement {
    const { start } = this;
    this.index++;
    const target = this.targetList();
    this.expectKeyword('in');
    const iterable = this.starExpressions();
    const body = this.block("'for' statement", start, { inLoop: true });
    const orElse = this.elseBlock();
    return { kind: 'For', target, iterable, body, orElse, isAsync, span: this.spanFrom(start) };
  }

  private asyncStatement(decorators: tree.Expression[], start: number): tree.Statement {
    this.index++;
    if (this.isKeyword('def')) return this.functionDefinition(decorators, true, start);
    if (this.isKeyword('for')) return this.forStatement(true);
    if (this.isKeyword('with')) return this.withStatement(true);
    return this.fail();
  }

  private decorated(): tree.Statement {
    const { start } = this;
    const decorators: tree.Expression[] = [];
    while (this.acceptOperator('@')) {
      decorators.push(this.namedExpression());
      if (this.kind !== NEWLINE) this.fail();
      while (this.kind === NEWLINE) this.index++;
    }
    if (this.isKeyword('def')) return this.functionDefinition(decorators, false, start);
    if (this.isKeyword('class')) return this.classDefinition(decorators, start);
    if (this.isKeyword('async')) return this.asyncStatement(decorators, start);
    return this.fail();
  }

  private functionDefinition(decorators: tree.Expression[], isAsync: boolean, start: number): tree.Statement {
    this.index++;
    const nameSpan = this.tokenSpan();
    const name = this.expectName();
    if (this.kind === HEAD) {
      const signature = this.deferredSignature({ start: this.start, end: this.end, definition: start });
      this.index++;
      const reader = this.bodyReader(start, 'function');
      const span = this.spanFrom(start);
      return new DeferredFunction(
        { name, nameSpan, decorators, isAsync, typeParameters: NO_NAMES, span },
        signature,
        reader,
      );
    }
    const typeParameters = this.typeParameters();
    this.expectOperator('(', "expected '('");
    const signature = this.signature();
    const head = { name, nameSpan, decorators, isAsync, typeParameters };
    if (this.isOperator(':') && this.kindAt(1) === NEWLINE && this.kindAt(2) === BODY) {
      this.index += 2;
      const reader = this.bodyReader(start, 'function');
      return new DeferredFunction({ ...head, span: this.spanFrom(start) }, signature, reader);
    }
    const body = this.block('function definition', start, FUNCTION);
    return { kind: 'FunctionDef', ...head, ...signature, body, span: this.spanFrom(start) };
  }

  /** Parameters from behind their bracket, and what is returned. */
  protected signature(): FunctionSignature {
    const parameters = this.parameters(')', true);
    if (!this.acceptOperator(')')) {
      const last = parameters[parameters.length - 1];
      // CPython has its hint for two expressions side by side; a name alone is none here.
      this.fail(
        last?.annotation === undefined && last?.fallback === undefined ? undefined : this.commaHint(),
      );
    }
    const returns = this.acceptOperator('->') ? this.expression() : undefined;
    return { parameters, returns };
  }

  /** A reader of the body that was passed over here, of the definition that begins at `definition`. */
  private bodyReader(definition: number, of: PassedOver['of']): BodyReader {
    const { start, end } = this;
    this.index++;
    return this.deferred({ start, end, definition, of, blocks: this.#blocks + 1 });
  }

  /** What is passed over of the block of a function or a class, alone. */
  protected wholeBlock({ blocks, of }: PassedOver): tree.Statement[] {
    this.surroundings = of === 'function' ? FUNCTION : CLASS;
    this.#blocks = blocks;
    if (this.kind === INDENT) this.index++;
    const body = this.statements();
    // The blocks that it stands in end with it.
    while (this.kind === DEDENT) this.index++;
    return body;
  }

  private classDefinition(decorators: tree.Expression[], start: number): tree.Statement {
    this.index++;
    const nameSpan = this.tokenSpan();
    const name = this.expectName();
    const typeParameters = this.typeParameters();
    let bases: readonly tree.Expression[] = [];
    let keywords: readonly tree.Keyword[] = [];
    if (this.isOperator('(')) {
      const call = this.callArguments({ kind: 'Name', id: name, span: nameSpan }, nameSpan.start);
      bases = call.args;
      keywords = call.keywords;
    }
    const head = { name, nameSpan, bases, keywords, decorators, typeParameters };
    const outer = this.className;
    this.className = this.source.text.slice(nameSpan.start, nameSpan.end);
    if (this.isOperator(':') && this.kindAt(1) === NEWLINE && this.kindAt(2) === BODY) {
      this.index += 2;
      const reader = this.bodyReader(start, 'class');
      this.className = outer;
      return new DeferredClass({ ...head, span: this.spanFrom(start) }, reader);
    }
    const body = this.block('class definition', start, CLASS);
    this.className = outer;
    return { kind: 'ClassDef', ...head, body, span: this.spanFrom(start) };
  }

  private withStatement(isAsync: boolean): tree.Statement {
    const { start } = this;
    this.index++;
    const items = this.bracketedItems() ?? this.withItems(':');
    const body = this.block("'with' statement", start);
    return { kind: 'With', items, body, isAsync, span: this.spanFrom(start) };
  }

  /** `with (a as x, b as y):`; undefined (and nothing taken) where the bracket belongs to an expression. */
  private bracketedItems(): tree.WithItem[] | undefined {
    if (!this.isOperator('(')) return undefined;
    const from = this.index;
    this.index++;
    try {
      const items = this.withItems(')');
      this.expectOperator(')');
      if (this.isOperator(':')) return items;
    } catch (thrown) {
      if (!(thrown instanceof ParseFailure)) throw thrown;
    }
    this.index = from;
    return undefined;
  }

  private withItems(close: string): tree.WithItem[] {
    const items: tree.WithItem[] = [];
    do {
      if (items.length > 0 && this.isOperator(close)) break;
      const context = this.expression();
      let target: tree.Expression | undefined;
      if (this.acceptKeyword('as')) target = this.starExpressionTarget();
      items.push({ context, target });
    } while (this.acceptOperator(','));
    return items;
  }

  private starExpressionTarget(): tree.Expression {
    return this.primary();
  }

  private tryStatement(): tree.Statement {
    const { start } = this;
    this.index++;
    const body = this.block("'try' statement", start);
    const handlers: tree.ExceptHandler[] = [];
    let isStar = false;
    while (this.isKeyword('except')) {
      const from = this.start;
      this.index++;
      if (this.acceptOperator('*')) isStar = true;
      const type = this.isOperator(':') || this.kind === NEWLINE ? undefined : this.expression();
      if (this.isOperator(',')) this.fail('multiple exception types must be parenthesized');
      const name = type !== undefined && this.acceptKeyword('as') ? this.expectName() : undefined;
      const handlerBody = this.block(`'except${isStar ? '*' : ''}' statement`, from);
      handlers.push({ type, name, body: handlerBody, span: this.spanFrom(from) });
    }
    const orElse = handlers.length > 0 ? this.elseBlock() : [];
    let finalBody: tree.Statement[] = [];
    const finalStart = this.start;
    const hasFinal = this.acceptKeyword('finally');
    if (hasFinal) finalBody = this.block("'finally' statement", finalStart);
    if (handlers.length === 0 && !hasFinal) {
      this.problems.push({
        type: 'SyntaxError',
        message: "expected 'except' or 'finally' block",
        span: this.tokenSpan(),
      });
    }
    return { kind: 'Try', body, handlers, orElse, finalBody, isStar, span: this.spanFrom(start) };
  }

  /** `match` is a keyword only if a statement comes of it; else undefined, and nothing is taken. */
  private matchStatement(): tree.Statement | undefined {
    const from = this.index;
    const { start } = this;
    this.index++;
    if (!this.startsExpression()) {
      this.index = from;
      return undefined;
    }
    const subject = this.matchSubject();
    if (
      subject === undefined ||
      this.kindAt(1) !== NEWLINE ||
      this.kindAt(2) !== INDENT ||
      this.textAt(3) !== 'case'
    ) {
      this.index = from;
      return undefined;
    }
    this.index += 3;
    const cases: tree.MatchCase[] = [];
    while (this.kind === NAME && this.text === 'case') {
      const caseStart = this.start;
      this.index++;
      const pattern = this.openPattern();
      const guard = this.acceptKeyword('if') ? this.namedExpression() : undefined;
      const body = this.block("'case' statement", caseStart);
      cases.push({ pattern, guard, body, span: this.spanFrom(caseStart) });
    }
    if (this.kind === DEDENT) this.index++;
    else if (this.kind !== END) this.fail();
    return { kind: 'Match', subject, cases, span: this.spanFrom(start) };
  }

  private matchSubject(): tree.Expression | undefined {
    try {
      const subject = this.starExpressions();
      return this.isOperator(':') ? subject : undefined;
    } catch (thrown) {
      if (thrown instanceof ParseFailure) return undefined;
      throw thrown;
    }
  }
}
