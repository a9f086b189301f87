import type { Expression, NumberNode, Span, TupleNode } from '../expression.js';
import { wholeNumeral } from '../lexer/numerals.js';
import type { Bracket, Token } from '../tokens.js';
import { SHAPE_WORDS } from '../vocabulary.js';

/**
 * `(64,128,128)` is a shape although its commas could group thousands: in square brackets, behind a word for a size,
 * or where the last two sizes are equal. Null where the bracket holds one number.
 */
export function tupleReading(
  inner: Expression,
  bracket: Bracket,
  span: Span,
  before: Token | undefined,
): TupleNode | null {
  if (inner.kind !== 'number' || !inner.numeral.written.includes(',')) return null;
  const { numeral } = inner;
  if (numeral.decimals > 0 || numeral.suffix !== null || inner.end - inner.start !== numeral.written.length)
    return null;
  const parts = numeral.written.split(',');
  if (parts.some((part) => !/^\d{1,4}$/.test(part))) return null;
  const square = parts.length > 2 && parts[parts.length - 1] === parts[parts.length - 2];
  const announced =
    (before?.kind === 'word' && SHAPE_WORDS.has(before.text.toLowerCase())) ||
    before?.kind === 'colon' ||
    before?.kind === 'relation';
  if (bracket !== '[' && !(parts.length > 2 && (square || announced))) return null;
  if (parts.some((part) => part.length > 1 && part.startsWith('0'))) return null;
  let at = inner.start;
  const items: NumberNode[] = parts.map((part) => {
    const node: NumberNode = {
      kind: 'number',
      numeral: wholeNumeral(part),
      start: at,
      end: at + part.length,
    };
    at += part.length + 1;
    return node;
  });
  return { kind: 'tuple', items, asNumber: inner, ...span };
}
