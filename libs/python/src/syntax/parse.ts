import { SourceText, Span } from '../source/text.js';
import { ParseFailure } from './cursor.js';
import type { BodyReader, FunctionSignature, HeadPassedOver, PassedOver } from './deferred.js';
import { docstringOf } from './docstring.js';
import { Lexer } from './lexer.js';
import type { Indent } from './lexer.js';
import { docstringEnd } from './pass-over.js';
import { StatementParser } from './statements.js';
import { DEDENT, END, FAULT, INDENT, NEWLINE } from './tokens.js';
import type { Tokens } from './tokens.js';
import type * as tree from './tree.js';
import { eachBlock } from './walk.js';

/** The most characters a source may have. */
const MAX_SOURCE = 4_000_000;

/** How many characters may be cut into tokens again, all in all, to read on after errors. */
const MOST_READ_AGAIN = 20_000_000;

class Parser extends StatementParser {
  #readAgain = 0;
  protected override readonly subExpressions = (start: number, end: number): tree.Expression =>
    this.inside(start, end);

  module(): tree.Module {
    const body = this.statements();
    while (this.kind !== END) {
      this.index++;
      body.push(...this.statements());
    }
    this.tokens.release();
    return {
      source: this.source,
      body,
      errors: this.problems.toSorted((a, b) => a.span.start - b.span.start),
    };
  }

  /** The whole text as one expression. */
  onlyExpression(): tree.Expression {
    const value = this.starExpressions();
    while (this.kind === NEWLINE) this.index++;
    if (this.kind !== END) this.fail();
    return value;
  }

  protected override deferred(body: PassedOver): BodyReader {
    const { source, className } = this;
    const reader = (end: number): Parser => {
      const column = body.definition - (source.text.lastIndexOf('\n', body.definition - 1) + 1);
      const none = { column: 0, tabless: 0 };
      const indents = column === 0 ? [none] : [none, { column, tabless: column }];
      const parser = new Parser(source, new Lexer(source, { start: body.start, end, indents }).run());
      parser.className = className;
      return parser;
    };
    return {
      body() {
        const parser = reader(body.end);
        const statements = parser.wholeBlock(body);
        const isWhole = parser.problems.length === 0 && parser.kind === END;
        parser.tokens.release();
        return isWhole ? statements : bodyInContext(source, body.definition);
      },
      doc() {
        const end = docstringEnd(source, body.start, body.end);
        if (end === 'none') return null;
        if (end === undefined) return undefined;
        const parser = reader(end);
        const statements = parser.wholeBlock(body);
        parser.tokens.release();
        return parser.problems.length === 0 ? docstringOf(statements) : undefined;
      },
    };
  }

  protected override deferredSignature({ start, end, definition }: HeadPassedOver): () => FunctionSignature {
    const { source, className } = this;
    return () => {
      const parser = new Parser(source, new Lexer(source, { start, end, inline: true }).run());
      parser.className = className;
      const signature = parser.wholeSignature() ?? signatureInContext(source, definition);
      parser.tokens.release();
      return signature;
    };
  }

  private wholeSignature(): FunctionSignature | undefined {
    try {
      this.expectOperator('(');
      const signature = this.signature();
      this.expectOperator(':');
      return this.kind === END ? signature : undefined;
    } catch (thrown) {
      if (thrown instanceof ParseFailure) return undefined;
      throw thrown;
    }
  }

  /** An expression in an f-string's braces, read in place so that its spans are right. */
  private inside(start: number, end: number): tree.Expression {
    const inner = new Parser(this.source, new Lexer(this.source, { start, end, inline: true }).run());
    inner.className = this.className;
    const value = this.nested(() => inner.braced());
    inner.tokens.release();
    return value;
  }

  private braced(): tree.Expression {
    const value = this.yieldOrStarExpressions();
    if (this.kind !== END) this.fail('f-string: invalid syntax');
    return value;
  }

  protected override recover(failure: ParseFailure, start: number): tree.Statement {
    // The tokens may have been cut afresh since the statement began.
    const from = this.firstTokenFrom(start);
    const problem = this.openBracketProblem(failure, from);
    this.problems.push(problem);
    const fromLine = this.source.position(start).line;
    const brokenLine =
      problem === failure.problem ? this.source.position(problem.span.start).line : problem.span.line;
    this.resume(Math.max(fromLine, brokenLine), this.indentOf(fromLine), start, from);
    return { kind: 'ErrorStatement', problem, span: this.spanOfLines(start, problem.span.end) };
  }

  private spanOfLines(start: number, end: number): Span {
    return new Span(this.source, start, Math.max(start, end));
  }

  /** Where an error shows lines after a bracket was left open, the bracket is to blame, as CPython has it. */
  private openBracketProblem(failure: ParseFailure, from: number): tree.SyntaxProblem {
    const { problem } = failure;
    if (!problem.message.startsWith('invalid syntax')) return problem;
    const last = this.openBrackets(from, this.index).at(-1);
    if (last === undefined) return problem;
    const span = this.tokenSpan(last);
    if (span.line >= problem.span.line || this.closesLater(last)) return problem;
    return { type: 'SyntaxError', message: `'${this.tokens.texts[last] ?? '('}' was never closed`, span };
  }

  /** The brackets that are open at token `end`, of those that open from token `from` on. */
  private openBrackets(from: number, end: number): readonly number[] {
    const open: number[] = [];
    for (let index = from; index < end; index++) {
      const text = this.tokens.texts[index] ?? '';
      if (text === '(' || text === '[' || text === '{') open.push(index);
      else if (text === ')' || text === ']' || text === '}') open.pop();
    }
    return open;
  }

  private closesLater(open: number): boolean {
    let depth = 0;
    for (let index = open; index < this.tokens.count; index++) {
      const text = this.tokens.texts[index] ?? '';
      if (text === '(' || text === '[' || text === '{') depth++;
      else if ((text === ')' || text === ']' || text === '}') && --depth === 0) return true;
    }
    return false;
  }

  private indentOf(line: number): Indent {
    let column = 0;
    let tabless = 0;
    for (const char of this.source.line(line)) {
      if (char === ' ') column++;
      else if (char === '\t') column += 8 - (column % 8);
      else break;
      tabless++;
    }
    return { column, tabless };
  }

  /**
   * Goes on at the first line after `line` that is indented no more than the broken statement was, or
   * right after it where nothing follows deeper.
   */
  private resume(line: number, indent: Indent, start: number, from: number): void {
    const starts = this.source.lineStarts;
    let next = line + 1;
    for (; next <= starts.length; next++) {
      const text = this.source.line(next);
      if (
        text.trim() !== '' &&
        !text.trimStart().startsWith('#') &&
        this.indentOf(next).column <= indent.column
      )
        break;
    }
    const offset = starts[next - 1] ?? this.source.text.length;
    if (this.goOnAt(offset, from)) return;
    this.#readAgain += this.source.text.length - offset;
    if (this.#readAgain > MOST_READ_AGAIN) {
      this.index = this.tokens.count - 1;
      return;
    }
    // A bracket or a string was left open: the text from there is cut into tokens afresh.
    this.tokens = new Lexer(this.source, {
      start: offset,
      indents: this.openIndents(start, indent),
    }).run();
    this.index = 0;
    // Blocks that end here end with the DEDENTs the lexer puts first.
    if (this.kind === INDENT) this.index++;
  }

  /** The first token that begins at `offset` or after it; the last where none does. */
  private firstTokenFrom(offset: number): number {
    const { starts, count } = this.tokens;
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Goes on with the tokens there are, if a logical line of theirs begins at `offset`. */
  private goOnAt(offset: number, from: number): boolean {
    const { kinds } = this.tokens;
    let low = this.firstTokenFrom(offset);
    if (kinds[low - 1] !== NEWLINE) {
      // A line goes on from the one before by a backslash, and what is open in it is closed: it is part of the error.
      if (this.openBrackets(from, low).length > 0 || !this.tokens.isFaultless) return false;
      while (kinds[low] !== NEWLINE && kinds[low] !== END) low++;
      if (kinds[low] === NEWLINE) low++;
    }
    // Blocks that began in what is left out end in it too.
    let inside = 0;
    for (let index = from; index < low; index++) {
      const kind = kinds[index];
      if (kind === INDENT) inside++;
      else if (kind === DEDENT) inside--;
      else if (kind === FAULT && this.tokens.faultAt(index)?.type !== 'SyntaxError') return false;
    }
    if (inside < 0) return false;
    while (inside > 0 && kinds[low] === DEDENT) {
      low++;
      inside--;
    }
    if (inside > 0 || kinds[low] === INDENT) return false;
    this.index = low;
    return true;
  }

  /** The indentation of every block the broken statement stands in, outermost first. */
  private openIndents(statementStart: number, indent: Indent): Indent[] {
    const indents: Indent[] = [indent];
    let line = this.source.position(statementStart).line - 1;
    for (let current = indent.column; line >= 1 && current > 0; line--) {
      const text = this.source.line(line).trimStart();
      if (text === '' || text.startsWith('#')) continue;
      const here = this.indentOf(line);
      if (here.column < current) {
        indents.unshift(here);
        current = here.column;
      }
    }
    if (indents[0]?.column !== 0) indents.unshift({ column: 0, tabless: 0 });
    return indents;
  }
}

/** The function or class whose definition begins at an offset, where there is one in what could be read of a whole file. */
function definitionAt(
  offset: number,
  module: tree.Module,
): tree.FunctionDefinition | tree.ClassDefinition | undefined {
  const waiting = [module.body];
  for (let block = waiting.pop(); block !== undefined; block = waiting.pop())
    for (const statement of block) {
      if (
        (statement.kind === 'FunctionDef' || statement.kind === 'ClassDef') &&
        statement.span.start === offset
      )
        return statement;
      eachBlock(statement, (inner) => waiting.push([...inner]));
    }
  return undefined;
}

/** The body of the function or class whose definition begins at an offset, read with the whole file, for its errors to come out as they do. */
function bodyInContext({ text, file }: SourceText, definition: number): readonly tree.Statement[] {
  const module = parse(text, file);
  const error = firstError(module);
  return definitionAt(definition, module)?.body ?? (error === undefined ? [] : [error]);
}

function firstError({ errors: [problem] }: tree.Module): tree.ErrorStatement | undefined {
  return problem && { kind: 'ErrorStatement', problem, span: problem.span };
}

/** Its signature; where that is no Python, one that takes whatever it is given, for the body to tell of the error. */
function signatureInContext(source: SourceText, definition: number): FunctionSignature {
  const module = parse(source.text, source.file);
  const found = definitionAt(definition, module);
  if (found?.kind === 'FunctionDef') return found;
  const error = firstError(module);
  const span = new Span(source, definition, definition);
  const anything = { annotation: undefined, fallback: undefined, span };
  return {
    parameters: [
      { name: 'args', kind: 'rest', ...anything },
      { name: 'kwargs', kind: 'keywords', ...anything },
    ],
    returns: undefined,
    ...(error && { error }),
  };
}

function tokenise(source: SourceText): Tokens {
  return new Lexer(source).run();
}

function refused(source: SourceText, message: string): tree.Module {
  return { source, body: [], errors: [{ type: 'SyntaxError', message, span: new Span(source, 0, 0) }] };
}

/** The longest source whose functions are deferred: no number of tokens in it can be too many. */
const MOST_DEFERRED = 200_000;

/**
 * Parses a module of which it is known that it has no syntax error: functions' bodies are passed over, and parsed when
 * someone first asks for them, and so are the bodies of classes that may wait. Where an error shows nonetheless, the module is parsed as any other.
 */
export function parseDeferring(
  text: string,
  file: string,
  classWaits?: (name: string) => boolean,
): tree.Module {
  if (text.length > MOST_DEFERRED || text.includes('\0')) return parse(text, file);
  const source = new SourceText(file, text);
  const tokens = new Lexer(source, { defers: true, classWaits }).run();
  const module = !tokens.isFaultless ? undefined : new Parser(source, tokens).module();
  return module === undefined || module.errors.length > 0 ? parse(text, file) : module;
}

/** Parses a module. Never throws: what cannot be read is in `errors`, the rest in `body`. */
export function parse(text: string, file: string): tree.Module {
  const source = new SourceText(file, text);
  if (text.length > MAX_SOURCE) return refused(source, `the source has more than ${MAX_SOURCE} characters`);
  if (text.includes('\0')) return refused(source, 'source code cannot contain null bytes');
  try {
    return new Parser(source, tokenise(source)).module();
  } catch (thrown) {
    if (thrown instanceof RangeError) return refused(source, 'too deeply nested to be read');
    throw thrown;
  }
}

/** Parses one expression, as `eval` would. */
export function parseExpression(
  text: string,
  file: string,
): { kind: 'expression'; expression: tree.Expression } | { kind: 'error'; problem: tree.SyntaxProblem } {
  const source = new SourceText(file, text.trimStart());
  try {
    return { kind: 'expression', expression: new Parser(source, tokenise(source)).onlyExpression() };
  } catch (thrown) {
    if (thrown instanceof ParseFailure) return { kind: 'error', problem: thrown.problem };
    throw thrown;
  }
}
