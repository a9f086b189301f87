import { isSpace } from '../lines/lines.js';
import { Cursor } from './cursor.js';
import { readClosers, readDecoration, type Decoration } from './decoration.js';
import { fold } from './fold.js';
import { CONTINUATION, keywordOf, LINKING_WORDS, type Keyword } from './keywords.js';
import { digitValue, numeralOf, spelledNumeral, type Numeral } from './numerals.js';

/** How the last numeral of a label is set off: `(b)`, `b)`, `b.`, `b:`, `b -`, `b`. */
export type Punctuation = '(x)' | 'x)' | 'x.' | 'x:' | 'x-' | 'x';

/** What the start of a line says as a heading, if it is one. Places are offsets into the parsed text. */
export interface Label {
  readonly keyword?: Keyword;
  /** `2`, `2.b` or `2.b.i`; one to three. */
  readonly numerals: readonly Numeral[];
  /** Where each numeral begins, its opening bracket included. */
  readonly levelStarts: readonly number[];
  readonly punctuation: Punctuation;
  readonly decoration: Decoration;
  readonly continued: boolean;
  /** Nothing else stands on the line. */
  readonly alone: boolean;
  /** Where the label ends and the text after it begins. */
  readonly end: number;
}

/** How much of a line is looked at: a label is short. */
export const LABEL_WINDOW = 240;

/** Reads the label at the start of a line, or nothing when it does not begin like a heading. */
export function readLabel(line: string): Label | undefined {
  const cursor = new Cursor(fold(line.slice(0, LABEL_WINDOW)));
  const decoration = readDecoration(cursor);
  const bracketed = cursor.take('[');
  if (bracketed) cursor.skipSpace();
  const heard = readKeyword(cursor);
  const body = heard === undefined ? readBare(cursor, decoration) : readNamed(cursor, heard);
  if (body === undefined) return undefined;
  if (bracketed) cursor.match(/\s*\]/y);
  const tail = readTail(cursor, body.punctuation);
  if (tail === undefined) return undefined;
  const alone = cursor.done && line.length <= LABEL_WINDOW;
  const bare = body.keyword === undefined;
  const marked = decoration.hash > 0 || (decoration.bold && (tail.emphasised || alone));
  const dotted = body.numerals.length > 1 && isDotted(cursor, body);
  if (bare && tail.punctuation === 'x' && !(marked || dotted || alone)) return undefined;
  if (bare && tail.punctuation === 'x' && decoration.bullet && !tail.emphasised) return undefined;
  return {
    ...body,
    punctuation: tail.punctuation,
    decoration: { ...decoration, bold: decoration.bold || tail.emphasised },
    continued: tail.continued,
    alone,
    end: cursor.at,
  };
}

/** `2.b The text`, `2.1 The text`: a level after a full stop needs no mark of its own, unless it could be a decimal. */
function isDotted(cursor: Cursor, { numerals, levelStarts }: Body): boolean {
  const second = levelStarts[1] ?? 0;
  if (cursor.text.charAt(second - 1) !== '.') return false;
  return numerals[1]?.number === undefined || /\p{Lu}/u.test(cursor.peek());
}

type Body = Pick<Label, 'keyword' | 'numerals' | 'levelStarts' | 'punctuation'>;

const LETTERS = /[\p{L}\p{M}]+/uy;
const AFTER_KEYWORD = /[.:#-]?\s*(?:(?:no|nr|num|number|nummer|n°|№)\b[.:]?\s*)?[#(]?\s*/iy;

/** The keyword here, with the numeral where the two are one word (`第二题`); the cursor stands behind it. */
function readKeyword(cursor: Cursor): { readonly keyword: Keyword; readonly numeral?: Numeral } | undefined {
  const start = cursor.at;
  const ordinal = cursor.peek() === '第' ? readChineseOrdinal(cursor) : undefined;
  if (ordinal !== undefined) return ordinal;
  const found = cursor.match(LETTERS);
  if (found === null) return undefined;
  const word = found[0];
  const keyword = keywordOf(word);
  if (keyword !== undefined) return { keyword };
  // Scripts without spaces: 问题二 is a keyword and its number.
  if (word.charCodeAt(0) >= 0x2e80) {
    for (let length = Math.min(3, word.length - 1); length > 0; length--) {
      const prefix = keywordOf(word.slice(0, length));
      if (prefix !== undefined) {
        cursor.at = start + length;
        return { keyword: prefix };
      }
    }
  }
  cursor.at = start;
  return undefined;
}

const CHINESE_ORDINAL = /第\s*([\d一二三四五六七八九十]{1,3})\s*(问题|問題|题目|題目|问|問|题|題|部分)/y;

function readChineseOrdinal(
  cursor: Cursor,
): { readonly keyword: Keyword; readonly numeral: Numeral } | undefined {
  const start = cursor.at;
  const found = cursor.match(CHINESE_ORDINAL);
  const numeral = numeralOf(found?.[1] ?? '');
  const keyword = keywordOf(found?.[2] ?? '');
  if (numeral !== undefined && keyword !== undefined) return { keyword, numeral };
  cursor.at = start;
  return undefined;
}

/** A numeral after a keyword, with the levels under it: `Question 2 (b)`, `Answer to question two`. */
function readNamed(
  cursor: Cursor,
  heard: { readonly keyword: Keyword; readonly numeral?: Numeral },
): Body | undefined {
  let { keyword } = heard;
  if (heard.numeral !== undefined) return withLevels(cursor, keyword, heard.numeral, false);
  if (keyword.names === 'answer') keyword = readAnswered(cursor) ?? keyword;
  readClosers(cursor);
  const spaced = cursor.skipSpace();
  const before = cursor.at;
  const gap = cursor.match(AFTER_KEYWORD);
  const separated = spaced || (gap !== null && gap[0] !== '');
  const opened = cursor.text.slice(before, cursor.at).includes('(');
  const numeral = readNumeral(cursor, true);
  if (numeral === undefined) return undefined;
  // "Answer: 12" gives an answer and "Q: A model" asks one; neither numbers anything.
  const colon = gap?.[0].includes(':') ?? false;
  if (colon && (keyword.names === 'answer' || numeral.number === undefined)) return undefined;
  const lettered = numeral.number === undefined;
  if (lettered && (!separated || keyword.weak || /[.-]/.test(gap?.[0] ?? ''))) return undefined;
  return withLevels(cursor, keyword, numeral, opened);
}

/** After "answer": the linking words and the question it names, if it does. */
function readAnswered(cursor: Cursor): Keyword | undefined {
  for (let steps = 0; steps < 4; steps++) {
    const start = cursor.at;
    cursor.match(/[.:]?\s*/y);
    const word = cursor.match(LETTERS)?.[0] ?? '';
    const keyword = keywordOf(word);
    if (keyword !== undefined && keyword.names !== 'answer' && !keyword.weak) return keyword;
    if (!LINKING_WORDS.has(word.toLowerCase()) || !isSpace(cursor.text.charCodeAt(cursor.at))) {
      cursor.at = start;
      return undefined;
    }
  }
  return undefined;
}

/** A label without a keyword: `2)`, `(b)`, `2b.`, `## 2 (b)`. */
function readBare(cursor: Cursor, decoration: Decoration): Body | undefined {
  const opened = cursor.take('(');
  if (opened) cursor.skipSpace();
  const circled = /[\u2460-\u2473]/.test(cursor.peek());
  const numeral = readNumeral(cursor, false);
  if (numeral === undefined) return undefined;
  const body = withLevels(cursor, undefined, numeral, opened);
  if (circled && body.numerals.length === 1) return { ...body, punctuation: '(x)' };
  // "e.g." and "i.e." are no levels.
  const dotted = cursor.text.charAt((body.levelStarts[1] ?? 0) - 1) === '.';
  if (numeral.number === undefined && dotted && !cursor.done) return undefined;
  // 2.5 and 7:30 are quantities unless something sets them off as headings.
  if (body.numerals.length === 1 && /[.:,]\d/y.test(cursor.text.slice(cursor.at, cursor.at + 2)))
    return undefined;
  return opened && body.punctuation === 'x' && decoration.hash === 0 ? undefined : body;
}

function withLevels(cursor: Cursor, keyword: Keyword | undefined, first: Numeral, opened: boolean): Body {
  const numerals = [first];
  const levelStarts = [cursor.at - first.text.length];
  let punctuation: Punctuation = 'x';
  if (opened && cursor.match(/\s*\)/y) !== null) punctuation = '(x)';
  while (numerals.length < 3) {
    // "Question 2 b" and "2 b" at the end of a line name a part; "(a) C" and "2) C" answer a choice.
    const isPlain = numerals.length === 1 && punctuation === 'x';
    const loose = isPlain && (keyword !== undefined || first.number !== undefined);
    const level = readLevel(cursor, loose);
    if (level === undefined) break;
    numerals.push(level.numeral);
    levelStarts.push(level.start);
    punctuation = level.parenthesised ? '(x)' : 'x';
  }
  return { ...(keyword === undefined ? {} : { keyword }), numerals, levelStarts, punctuation };
}

interface Level {
  readonly numeral: Numeral;
  readonly parenthesised: boolean;
  readonly start: number;
}

/** The next level of a label: `(b)`, `.b`, `b)`, ` part b`, `.1`. */
function readLevel(cursor: Cursor, loose: boolean): Level | undefined {
  const start = cursor.at;
  readClosers(cursor);
  const separator = cursor.match(/\s*[).:,-]{0,2}\s*/y)?.[0] ?? '';
  const levelStart = cursor.at;
  cursor.match(/(?:[-*+]\s+)?(?:\*{1,3}|_{1,3})?(?=[\p{L}\p{N}([])/uy);
  const named = cursor.match(/(?:sub-?)?part\s+/iy) !== null;
  const parenthesised = cursor.match(/[([]\s*/y) !== null;
  const numeral = readNumeral(cursor, false);
  if (numeral !== undefined) {
    const closed = parenthesised ? cursor.match(/\s*[)\]]/y) !== null : false;
    const setOff =
      named || closed || /^(?:[).:](?![\p{L}\d])|\*\*|__)/u.test(cursor.text.slice(cursor.at, cursor.at + 2));
    const tight = !/\s/.test(separator);
    const ends = cursor.atBoundary();
    const lineEnds = loose && separator === ' ' && /^\s*$/.test(cursor.text.slice(cursor.at));
    const letterAfterNumber = numeral.number === undefined && ends && (separator === '' || lineEnds);
    const dotted = separator === '.' && ends;
    if (parenthesised ? closed : setOff || letterAfterNumber || (tight && dotted)) {
      return { numeral, parenthesised, start: levelStart };
    }
  }
  cursor.at = start;
  return undefined;
}

const TOKEN = /[\p{Nd}]{1,3}|[\u2460-\u2473]|[\p{L}]{1,12}/uy;

/** A numeral that ends where the word ends; words for numbers only where a keyword stands before. */
function readNumeral(cursor: Cursor, named: boolean): Numeral | undefined {
  const start = cursor.at;
  const token = cursor.match(TOKEN)?.[0] ?? '';
  const code = cursor.text.charCodeAt(cursor.at);
  const digits = digitValue(token.charCodeAt(0)) >= 0;
  const wordGoesOn = digits ? digitValue(code) >= 0 : /[\p{L}\p{N}\p{M}_]/u.test(cursor.peek());
  const numeral = wordGoesOn ? undefined : (numeralOf(token) ?? (named ? spelledNumeral(token) : undefined));
  if (numeral === undefined) cursor.at = start;
  return numeral;
}

interface Tail {
  readonly punctuation: Punctuation;
  readonly continued: boolean;
  readonly emphasised: boolean;
}

const MARKS_WORTH = /\s*[([]\s*\d{1,3}(?:\.\d)?\s*(?:marks?|points?|pts?|%|punkte|puntos|punti)?\s*[)\]]:?/iy;
const CONTINUED = new RegExp(`[\\s([\\-:,.*]*(?:${CONTINUATION.source})[\\s)\\]:.*]*`, 'iuy');

/** Terminators, closers, "(continued)" and "[10 marks]" after the numerals; nothing when a word runs on. */
function readTail(cursor: Cursor, already: Punctuation): Tail | undefined {
  let punctuation = already;
  let emphasised = readClosers(cursor);
  const spaced = cursor.skipSpace();
  const mark = cursor.peek();
  if (mark === ')' || mark === '.' || mark === ':' || mark === ']') {
    if (!spaced || mark === ':') {
      cursor.at++;
      if (mark === ']') cursor.match(/[.:]/y);
      else if (punctuation !== '(x)') punctuation = mark === ')' ? 'x)' : mark === '.' ? 'x.' : 'x:';
      if (mark !== ':') cursor.match(/:(?=\s|\*|_|$)/y);
    }
  } else if (mark === '-' && isSpace(cursor.text.charCodeAt(cursor.at + 1))) {
    cursor.at++;
    if (punctuation === 'x') punctuation = 'x-';
  }
  emphasised = readClosers(cursor) || emphasised;
  cursor.match(/[.:](?=\s|$)/y);
  if (!cursor.atBoundary() && !spaced && !emphasised && punctuation !== 'x)' && punctuation !== '(x)') {
    // A colon may touch its text ("Q2:The model"), a fullwidth one always does; "2.text" is a name, not a label.
    if (punctuation !== 'x:' && !isIdeograph(cursor.peek())) return undefined;
  }
  const continued = cursor.match(CONTINUED) !== null;
  cursor.match(MARKS_WORTH);
  readClosers(cursor);
  cursor.skipSpace();
  return { punctuation, continued, emphasised };
}

function isIdeograph(character: string): boolean {
  return character.charCodeAt(0) >= 0x2e80;
}
