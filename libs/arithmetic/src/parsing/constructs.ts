import type { Expression, Span } from '../expression.js';
import { functionNamed } from '../evaluation/functions.js';
import { tupleReading } from './tuples.js';
import type { Cursor } from './cursor.js';
import { skipSubscript } from './words.js';

/** The rules that constructs are made of, for the parts inside them. */
export interface Grammar {
  sum(operand: boolean): Expression | null;
  product(operand: boolean): Expression | null;
  postfix(operand: boolean): Expression | null;
}

/** What stands in brackets: one expression, or several as a tuple. */
export function bracketed(cursor: Cursor, grammar: Grammar): Expression | null {
  const open = cursor.peek();
  if (open?.kind !== 'open') return null;
  if (open.match === -1 || open.match >= cursor.end)
    return cursor.fail('syntax', 'This bracket is never closed.');
  const close = open.match;
  const mark = cursor.at;
  cursor.at++;
  cursor.brackets++;
  const inner = cursor.descend(() => items(cursor, grammar, close));
  cursor.brackets--;
  const closing = cursor.tokens[close];
  if (inner === null || !closing) {
    cursor.at = mark;
    return null;
  }
  cursor.at = close + 1;
  const span = { start: open.start, end: closing.end };
  const [single] = inner;
  if (inner.length === 1 && single) {
    if (open.bracket === '⌊' || open.bracket === '⌈') {
      return {
        kind: 'call',
        function: open.bracket === '⌊' ? 'floor' : 'ceil',
        arguments: [single],
        ...span,
      };
    }
    return tupleReading(single, open.bracket, span, cursor.tokens[mark - 1]) ?? { ...single, ...span };
  }
  if (open.bracket !== '(' && open.bracket !== '[')
    return cursor.fail('syntax', 'One expression was expected between these.', open);
  return { kind: 'tuple', items: inner, asNumber: null, ...span };
}

/** Expressions separated by commas, up to the closing token. */
function items(cursor: Cursor, grammar: Grammar, close: number): Expression[] | null {
  const found: Expression[] = [];
  for (;;) {
    cursor.skipBreaks();
    const item = grammar.sum(true);
    if (item === null) return null;
    found.push(item);
    cursor.skipBreaks();
    if (cursor.at === close) return found;
    const token = cursor.peek();
    if (token?.kind !== 'comma')
      return cursor.fail('syntax', 'This does not continue the expression in the brackets.');
    cursor.at++;
    if (cursor.at === close) return found; // a trailing comma, as Python writes `(64,)`
  }
}

/** What a command such as `\\frac`, `\\sqrt`, `\\ln` or `\\sum` makes of its arguments. */
export function command(cursor: Cursor, grammar: Grammar): Expression | null {
  const token = cursor.peek();
  if (token?.kind !== 'command') return null;
  cursor.at++;
  switch (token.command) {
    case 'fraction': {
      const numerator = argument(cursor, grammar);
      const denominator = numerator === null ? null : argument(cursor, grammar);
      if (numerator === null || denominator === null) return null;
      return { kind: 'fraction', numerator, denominator, start: token.start, end: lastEnd(cursor) };
    }
    case 'root':
      return root(cursor, grammar, token);
    case 'function':
      return call(cursor, grammar, token.name, token);
    default:
      return series(cursor, grammar, token.command, token);
  }
}

/** An argument in its bracket, or what stands closest. */
function argument(cursor: Cursor, grammar: Grammar): Expression | null {
  return cursor.peek()?.kind === 'open'
    ? bracketed(cursor, grammar)
    : cursor.descend(() => grammar.postfix(true));
}

function lastEnd(cursor: Cursor): number {
  return cursor.before?.end ?? 0;
}

function root(cursor: Cursor, grammar: Grammar, token: Span): Expression | null {
  const option = cursor.peek();
  let degree: Expression | null = null;
  if (option?.kind === 'open' && option.bracket === '[') {
    degree = bracketed(cursor, grammar);
    if (degree === null) return null;
  }
  const of = argument(cursor, grammar);
  return of === null ? null : { kind: 'root', of, degree, start: token.start, end: lastEnd(cursor) };
}

/** The argument of a function: brackets, or what stands closest: `\ln 2`. `\log_2` names its base first. */
export function call(cursor: Cursor, grammar: Grammar, name: string, token: Span): Expression | null {
  let called = name;
  if (cursor.peek()?.kind === 'subscript') {
    const base = cursor.peek(cursor.peek(1)?.kind === 'open' ? 2 : 1);
    const written = base?.kind === 'number' ? base.numeral.written : '';
    if (name === 'log') called = functionNamed(`log${written}`) ?? 'log';
    skipSubscript(cursor);
  }
  const given = argument(cursor, grammar);
  if (given === null) return null;
  const span = { start: token.start, end: lastEnd(cursor) };
  if (called === 'sqrt') return { kind: 'root', of: given, degree: null, ...span };
  return {
    kind: 'call',
    function: called,
    arguments: given.kind === 'tuple' ? given.items : [given],
    ...span,
  };
}

/** `\sum_{i=1}^{3} body`; the body is the product that follows. */
function series(
  cursor: Cursor,
  grammar: Grammar,
  operation: 'sum' | 'product',
  token: Span,
): Expression | null {
  const subscript = cursor.peek();
  const open = cursor.peek(1);
  const variable = cursor.peek(2);
  const equals = cursor.peek(3);
  if (
    subscript?.kind !== 'subscript' ||
    open?.kind !== 'open' ||
    variable?.kind !== 'word' ||
    equals?.kind !== 'relation'
  ) {
    return cursor.fail('syntax', 'The bounds of this sum or product were not understood.');
  }
  cursor.at += 4;
  const from = cursor.descend(() => grammar.sum(true));
  if (from === null || cursor.at !== open.match)
    return cursor.fail('syntax', 'The lower bound was not understood.');
  cursor.at++;
  const raised = cursor.peek();
  if (raised?.kind !== 'operator' || raised.operator !== '^')
    return cursor.fail('syntax', 'The upper bound is missing.');
  cursor.at++;
  const to = argument(cursor, grammar);
  const body = to === null ? null : cursor.descend(() => grammar.product(true));
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
