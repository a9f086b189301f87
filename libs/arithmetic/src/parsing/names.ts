import type { Expression, Meaning } from '../expression.js';
import { NAME_WORDS } from '../names.js';
import type { Token, WordToken } from '../tokens.js';
import { OPERATOR_WORDS, RELATION_WORDS } from '../vocabulary.js';
import type { Cursor } from './cursor.js';
import { MAX_GAP_WORDS } from './words.js';

/** Whether a word begins a formula, as one does that an operator follows. */
export function looksLikeFormula(token: WordToken, next: Token | undefined): boolean {
  if (
    next?.kind === 'operator' &&
    next.operator !== '!' &&
    !(next.operator === '-' && (next.dash || !token.math))
  ) {
    return next.operator !== '/' || next.space || token.math || token.text.length <= 2;
  }
  return token.math && !token.phrase && next?.kind === 'relation';
}

/** A name that nothing is known about: a symbol, or a few words in a row. */
export function unknownName(cursor: Cursor, first: WordToken): Expression {
  let at = cursor.at + 1;
  let last = first;
  if (first.phrase || first.text.length > 2) {
    while (at < cursor.end && at - cursor.at < MAX_GAP_WORDS) {
      const token = cursor.tokens[at];
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
  const words = cursor.tokens
    .slice(cursor.at, at)
    .flatMap((token) => (token.kind === 'word' ? [token.text] : []));
  cursor.at = at;
  return { kind: 'name', name: words.join(' '), meaning: null, start: first.start, end: last.end };
}

/** The longest name from here that the working has given a meaning. */
export function definedName(cursor: Cursor): Expression | null {
  const opening = cursor.peek();
  if (opening?.kind !== 'word' || !cursor.names.mayBegin(opening.text)) return null;
  const words: string[] = [];
  let best: { meaning: Meaning; length: number; name: string; end: number } | null = null;
  let start = 0;
  for (let offset = 0; offset < NAME_WORDS; offset++) {
    const token = cursor.peek(offset);
    if (token?.kind === 'word' && (!token.border || offset === 0)) words.push(token.text);
    else if (token?.kind === 'number' && offset > 0 && token.numeral.decimals === 0)
      words.push(token.numeral.written);
    else break;
    if (offset === 0) start = token.start;
    const meaning = cursor.names.meaningOf(words.join(' '));
    if (meaning) best = { meaning, length: offset + 1, name: words.join(' '), end: token.end };
  }
  if (best === null) return null;
  cursor.at += best.length;
  return { kind: 'name', name: best.name, meaning: best.meaning, start, end: best.end };
}
