import { OPERATOR_WORDS } from '../vocabulary.js';
import type { Operator, Token } from '../tokens.js';
import type { Cursor } from './cursor.js';
import { functionNamed, isPrefixFunction } from '../evaluation/functions.js';
import { isRemark, isSymbol } from './words.js';

/** Whether the sign that follows is a multiplication cross. */
export function peekCross(cursor: Cursor): boolean {
  let token = cursor.peek();
  if (token?.kind === 'newline') token = cursor.peek(1);
  return token?.kind === 'operator' && token.cross;
}

/** Takes one of these operators, written as a sign or a word, over a line break where that is how it reads. */
export function takeOperator(cursor: Cursor, ...wanted: readonly Operator[]): Operator | null {
  let offset = 0;
  let token = cursor.peek();
  if (token?.kind === 'newline' && !(token.blank && cursor.brackets === 0)) {
    token = cursor.peek(1);
    offset = 1;
    if (token?.kind === 'operator' && token.operator === '-' && cursor.brackets === 0 && !token.math)
      return null;
    if (token?.kind !== 'operator') return null;
  }
  if (token?.kind === 'operator' && wanted.includes(token.operator)) {
    if (token.operator === '//' && !divides(cursor, offset + 1)) return null;
    if (token.operator === '-' && token.dash && separatesRemark(cursor, offset + 1)) return null;
    cursor.at += offset + 1;
    cursor.skipBreaks();
    return token.operator;
  }
  if (
    token?.kind === 'word' &&
    token.text === 'of' &&
    wanted.includes('*') &&
    startsOperand(cursor.peek(1))
  ) {
    const before = cursor.before;
    if (before?.kind !== 'word' || before.text !== '%') return null;
    cursor.at++;
    return '*';
  }
  if (token?.kind === 'word' && !token.phrase) {
    const word = OPERATOR_WORDS.get(token.text.toLowerCase());
    if (!word || !wanted.includes(word.operator)) return null;
    const second = cursor.peek(1);
    const length = word.second === undefined ? 1 : 2;
    if (length === 2 && !(second?.kind === 'word' && second.text.toLowerCase() === word.second)) return null;
    if (!startsOperand(cursor.peek(length))) return null;
    cursor.at += length;
    return word.operator;
  }
  return null;
}

/** `= 9 - correct`: a dash before words that name nothing, at the end of a statement. */
function separatesRemark(cursor: Cursor, offset: number): boolean {
  const word = cursor.peek(offset);
  if (word?.kind !== 'word' || word.math || word.text.length < 3 || cursor.names.mayBegin(word.text))
    return false;
  const after = cursor.peek(offset + 1);
  return (
    functionNamed(word.text) === null &&
    after?.kind !== 'operator' &&
    after?.kind !== 'relation' &&
    after?.kind !== 'open'
  );
}

/** `//` divides before a number or a name, and begins a comment before words. */
function divides(cursor: Cursor, offset: number): boolean {
  const token = cursor.peek(offset);
  return (
    startsOperand(token) ||
    (token?.kind === 'word' && (isSymbol(cursor.names, token) || token.text.includes('_')))
  );
}

function startsOperand(token: Token | undefined): boolean {
  return (
    token?.kind === 'number' || token?.kind === 'command' || (token?.kind === 'open' && token.match !== -1)
  );
}

/** Whether what stands here multiplies by standing next to what came before. */
export function juxtaposes(cursor: Cursor): boolean {
  const token = cursor.peek();
  const before = cursor.before;
  if (!token || !before || token.border) return false;
  if (token.kind === 'open') {
    if (token.bracket === '{' || token.match === -1) return false;
    if (before.kind === 'word' && (token.space || !isSymbol(cursor.names, before))) return false;
    return (!token.space && token.bracket !== '[') || !isRemark(cursor);
  }
  if (token.kind === 'command') return token.command !== 'sum' || token.math;
  if (token.kind === 'number') return before.kind === 'close' && !token.space && before.bracket !== '{';
  if (token.kind === 'word' && !token.phrase) {
    if (before.kind === 'word') return false;
    if (isPrefixFunction(token.text) && cursor.peek(1)?.kind === 'number') return true;
    if (!token.space || token.math) return isSymbol(cursor.names, token);
    return token.text.length <= 2 && cursor.names.meaningOf(token.text) !== null;
  }
  return false;
}
