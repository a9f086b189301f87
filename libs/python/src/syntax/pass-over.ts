import { BEYOND_ASCII } from '../source/codes.js';
import type { SourceText } from '../source/text.js';
import { scanString, stringPrefix } from './scan-string.js';

/** Where a block ends: the start of the first line that is no longer in it, and of what stands on that line. */
export interface BlockEnd {
  readonly line: number;
  readonly at: number;
}

const PLAIN = 0;
const NEWLINE = 1;
const QUOTE = 2;
const OPENS = 3;
const CLOSES = 4;
const COMMENT = 5;
const BACKSLASH = 6;
const ODD = 7;

/** What a character means to whoever only looks for the end of a line; all beyond ASCII means nothing. */
const MEANS = new Uint8Array(BEYOND_ASCII + 1);
for (const [means, characters] of [
  [NEWLINE, '\n'],
  [QUOTE, '\'"'],
  [OPENS, '([{'],
  [CLOSES, ')]}'],
  [COMMENT, '#'],
  [BACKSLASH, '\\'],
  // A zero stands behind the end of the text, so that nothing runs beyond it.
  [ODD, '\r\f\0'],
] as const)
  for (const character of characters) MEANS[character.charCodeAt(0)] = means;

/**
 * Finds the end of a block without cutting it into tokens: of the lines from `start` on that are indented deeper than
 * `column`. Undefined where anything is not as in nearly every program (tabs before a line, carriage returns, an unclosed
 * string or bracket, a line indented less than the block's first): the lexer tells what there is to tell of it.
 */
export function passOver(
  source: SourceText,
  start: number,
  column: number,
  limit: number,
): BlockEnd | undefined {
  const { text, codes } = source;
  let inside = -1;
  let line = start;
  while (line < limit) {
    let at = line;
    while (codes[at] === 32) at++;
    const code = codes[at];
    if (code === 9 || code === 12 || code === 13) return undefined;
    if (code === 35 || code === 10 || at >= limit) {
      line = lineEnd(text, at, limit);
      continue;
    }
    const indent = at - line;
    if (inside < 0) {
      if (indent <= column) return undefined;
      inside = indent;
    } else if (indent < inside) return indent <= column ? { line, at } : undefined;
    line = logicalLineEnd(source, at, limit);
    if (line < 0) return undefined;
  }
  return inside < 0 ? undefined : { line: limit, at: limit };
}

/** The offset behind the line that `at` is in. */
function lineEnd(text: string, at: number, limit: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 || end >= limit ? limit : end + 1;
}

/** The offset behind the logical line that `at` is in; negative where that is not plain to see. */
function logicalLineEnd(source: SourceText, at: number, limit: number): number {
  const { codes, text } = source;
  let open = 0;
  for (let offset = at; offset < limit; offset++) {
    switch (MEANS[codes[offset] ?? 0]) {
      case PLAIN:
        break;
      case NEWLINE:
        if (open === 0) return offset + 1;
        break;
      case QUOTE: {
        const end = scanString(source, stringStart(text, offset), offset, limit);
        if (end < 0) return -1;
        offset = end - 1;
        break;
      }
      case OPENS:
        open++;
        break;
      case CLOSES:
        if (--open < 0) return -1;
        break;
      case COMMENT:
        offset = lineEnd(text, offset, limit) - 2;
        if (codes[offset + 1] !== 10) offset = limit;
        break;
      case BACKSLASH:
        if (codes[++offset] !== 10 || offset + 1 >= limit) return -1;
        break;
      default:
        return -1;
    }
  }
  return open === 0 ? limit : -1;
}

/** Where the string begins whose first quote is at `quoteAt`: at its prefix, if it has one. */
function stringStart(text: string, quoteAt: number): number {
  let start = quoteAt;
  while (quoteAt - start < 3 && isWord(text.charCodeAt(start - 1))) start--;
  const length = quoteAt - start;
  return length > 0 && length < 3 && stringPrefix(text.slice(start, quoteAt)) !== undefined ? start : quoteAt;
}

function isWord(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code > 127
  );
}

/**
 * Where the lines end that a block's docstring stands on: `none` where the block does not begin with one, undefined where the
 * block has to be read to know.
 */
export function docstringEnd(source: SourceText, start: number, limit: number): number | 'none' | undefined {
  const { text, codes } = source;
  BLANK.lastIndex = start;
  const at = start + (BLANK.exec(text)?.[0].length ?? 0);
  const first = text.charAt(at);
  if (first === '(' || first === '\\') return undefined;
  const quoteAt = at + ('rRuU'.includes(first) ? 1 : 0);
  if (MEANS[codes[quoteAt] ?? 0] !== QUOTE) return 'none';
  const end = scanString(source, at, quoteAt, limit);
  return lineEnd(text, end < 0 ? ~end : end, limit);
}

/** Blank lines, comments, and what a line is indented by. */
const BLANK = /(?: *(?:#[^\n]*)?\n)* */y;
