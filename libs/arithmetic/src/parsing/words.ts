import type { Expression } from '../expression.js';
import { functionNamed } from '../evaluation/functions.js';
import type { Names } from '../names.js';
import { Rational } from '../rational.js';
import type { WordToken } from '../tokens.js';
import { unitWord } from '../units.js';
import { FILLERS, OPERATOR_WORDS, RELATION_WORDS } from '../vocabulary.js';
import type { Cursor } from './cursor.js';

/** Most words between an operand and the sign behind it. */
export const MAX_GAP_WORDS = 5;

/** `5!` is a factorial, the last sign of a sentence is not. */
export function isFactorial(cursor: Cursor, of: Expression): boolean {
  const after = cursor.peek(1);
  const closes =
    after === undefined || after.kind === 'newline' || after.kind === 'word' || after.kind === 'stop';
  const token = cursor.peek();
  if (token?.space) return false;
  if (!closes || token?.math) return true;
  const before = cursor.tokens[cursor.at - 2];
  const alone = before === undefined || before.kind === 'newline' || before.kind === 'operator';
  return alone || (of.kind === 'number' && of.numeral.mantissa.compare(Rational.of(20)) <= 0);
}

/** Steps over what stands below the line: it says which, and calculates nothing. */
export function skipSubscript(cursor: Cursor): void {
  cursor.at++;
  const token = cursor.peek();
  if (token?.kind === 'open' && token.match !== -1 && token.match < cursor.end) cursor.at = token.match + 1;
  else if (token?.kind === 'word' || token?.kind === 'number') cursor.at++;
}

/** Takes words behind an operand, `512 filters * 9` or `(64*9) (per group) * 8`, when the calculation goes on behind them. */
export function takeWords(cursor: Cursor, expression: Expression): Expression {
  const gap = bracketedWords(cursor) ?? looseWords(cursor, hasUnit(expression));
  if (gap === null || !goesOn(cursor, gap)) return expression;
  const words = cursor.tokens
    .slice(cursor.at, gap.next)
    .flatMap((token) => (token.kind === 'word' ? [token.text] : []))
    .join(' ');
  cursor.at = gap.next;
  return { ...expression, words };
}

interface Gap {
  /** First token behind the words. */
  readonly next: number;
  readonly allUnits: boolean;
  /** Ends in `/image`: what counts per something is no division, whatever follows. */
  readonly per: boolean;
}

function bracketedWords({ tokens, at, end }: Cursor): Gap | null {
  const open = tokens[at];
  if (
    open?.kind !== 'open' ||
    (open.bracket !== '(' && open.bracket !== '[') ||
    open.match === -1 ||
    open.match >= end
  )
    return null;
  const words = open.match - at - 1;
  if (words === 0 || words > MAX_GAP_WORDS) return null;
  for (let inner = at + 1; inner < open.match; inner++) if (tokens[inner]?.kind !== 'word') return null;
  return { next: open.match + 1, allUnits: false, per: false };
}

function looseWords(cursor: Cursor, unit: boolean): Gap | null {
  let words = 0;
  let allUnits = true;
  let per = false;
  let next = cursor.at;
  for (; next < cursor.end; next++) {
    const token = cursor.tokens[next];
    per = isPer(cursor, next, words > 0 || unit);
    if (per) {
      next += 2;
      words += 2;
      break;
    }
    if (token?.kind !== 'word' || OPERATOR_WORDS.has(token.text.toLowerCase())) break;
    if (!isGapWord(token) || ++words > MAX_GAP_WORDS) return null;
    allUnits &&= unitWord(token.text) !== null || token.text === '%';
  }
  return words === 0 ? null : { next, allUnits, per };
}

/** Whether what stands behind the words continues the calculation before them. */
function goesOn({ tokens, end, brackets }: Cursor, { next, allUnits, per }: Gap): boolean {
  let token = next < end ? tokens[next] : undefined;
  if (token?.kind === 'newline' && !token.blank && next + 1 < end) {
    const below = tokens[next + 1];
    if (below?.kind === 'operator' && below.operator !== '-') token = below;
  }
  switch (token?.kind) {
    case 'operator':
      return token.operator !== '!' && (token.operator !== '-' || !token.dash || allUnits);
    case 'word':
      return per || OPERATOR_WORDS.has(token.text.toLowerCase());
    case 'close':
      return per || (brackets > 0 && token.bracket !== '{');
    default:
      return per;
  }
}

/** `/filter` in `147 weights/filter`: a slash before a word, behind a unit. */
function isPer(cursor: Cursor, at: number, allowed: boolean): boolean {
  const slash = cursor.tokens[at];
  const word = cursor.tokens[at + 1];
  if (
    !allowed ||
    slash?.kind !== 'operator' ||
    slash.operator !== '/' ||
    word?.kind !== 'word' ||
    at + 1 >= cursor.end
  )
    return false;
  const after = at + 2 < cursor.end ? cursor.tokens[at + 2] : undefined;
  return (
    word.text.length > 2 &&
    cursor.names.meaningOf(word.text) === null &&
    after?.kind !== 'open' &&
    after?.kind !== 'relation'
  );
}

function hasUnit(expression: Expression): boolean {
  return (
    expression.kind === 'number' && (expression.numeral.unit !== null || expression.numeral.suffix !== null)
  );
}

function isGapWord(token: WordToken): boolean {
  const lower = token.text.toLowerCase();
  if (OPERATOR_WORDS.has(lower) || RELATION_WORDS.has(lower)) return false;
  if (token.phrase) return true;
  if (unitWord(token.text) !== null) return true;
  if (token.math && token.text.includes('_')) return false;
  return (
    token.text.length >= 3 || FILLERS.has(lower) || ['of', 'per', 'in', 'px', 'ch', 'by'].includes(lower)
  );
}

/** `30 (bias)`: a bracket of words that name nothing. */
export function isRemark(cursor: Cursor): boolean {
  const { at } = cursor;
  const open = cursor.tokens[at];
  if (open?.kind !== 'open' || open.match - at > MAX_GAP_WORDS + 4) return false;
  let words = 0;
  for (let inner = at + 1; inner < open.match; inner++) {
    const token = cursor.tokens[inner];
    if (token?.kind !== 'word' || cursor.names.meaningOf(token.text) !== null) return false;
    if (token.text.length > 2 || open.bracket === '[') words++;
  }
  return words > 0;
}

/** A name as formulas have them, and not a word or a unit. */
export function isSymbol(names: Names, token: WordToken): boolean {
  if (unitWord(token.text) !== null || functionNamed(token.text) === 'sqrt') return false;
  if (names.meaningOf(token.text) !== null) return true;
  const base = token.text.split('_')[0] ?? '';
  return base.length === 1 || (token.math && base.length <= 2);
}
