import type { SourceText } from '../source/text.js';

/** What a string prefix says. */
export interface StringPrefix {
  readonly raw: boolean;
  readonly bytes: boolean;
  readonly formatted: boolean;
}

const NO_PREFIX: StringPrefix = { raw: false, bytes: false, formatted: false };
const PREFIXES = new Set(['', 'r', 'u', 'b', 'f', 'br', 'rb', 'fr', 'rf']);

/** Reads a prefix such as `rb`; undefined if it is none. */
export function stringPrefix(text: string): StringPrefix | undefined {
  if (text === '') return NO_PREFIX;
  const lower = text.toLowerCase();
  if (!PREFIXES.has(lower)) return undefined;
  return { raw: lower.includes('r'), bytes: lower.includes('b'), formatted: lower.includes('f') };
}

/**
 * The offset behind the string whose prefix begins at `start` and whose quote stands at `quoteAt`; where it is never closed,
 * the complement (`~`) of the offset where one gives up looking.
 */
export function scanString(source: SourceText, start: number, quoteAt: number, limit: number): number {
  const { codes, text } = source;
  const mark = codes[quoteAt] ?? 0;
  const triple = isTriple(codes, quoteAt);
  const from = quoteAt + (triple ? 3 : 1);
  if (start < quoteAt && stringPrefix(text.slice(start, quoteAt))?.formatted) {
    const nested = scanFormatted(source, from, text.slice(quoteAt, from), limit, 0);
    if (nested !== undefined) return nested;
  }
  return triple ? scanTriple(codes, from, mark, limit) : scanSingle(codes, from, mark, limit);
}

/** Whether three quotes alike stand at `quoteAt`. */
export function isTriple(codes: Uint8Array, quoteAt: number): boolean {
  const mark = codes[quoteAt];
  return codes[quoteAt + 1] === mark && codes[quoteAt + 2] === mark;
}

function scanSingle(codes: Uint8Array, from: number, mark: number, limit: number): number {
  for (let offset = from; offset < limit; offset++) {
    const code = codes[offset];
    if (code === mark) return offset + 1;
    if (code === 92) offset = escaped(codes, offset);
    else if (code === 10 || code === 13) return ~offset;
  }
  return ~limit;
}

function scanTriple(codes: Uint8Array, from: number, mark: number, limit: number): number {
  for (let offset = from; offset < limit; offset++) {
    const code = codes[offset];
    if (code === 92) offset = escaped(codes, offset);
    else if (code === mark && isTriple(codes, offset)) return offset + 3;
  }
  return ~limit;
}

/** The offset of the last character that the backslash at `offset` takes with it. */
function escaped(codes: Uint8Array, offset: number): number {
  return codes[offset + 1] === 13 && codes[offset + 2] === 10 ? offset + 2 : offset + 1;
}

const MAX_NESTING = 20;

/**
 * The end of an f-string, strings inside its braces (3.12 allows the same quotes there) taken into account;
 * undefined if it does not come out even.
 */
function scanFormatted(
  source: SourceText,
  from: number,
  close: string,
  limit: number,
  nesting: number,
): number | undefined {
  if (nesting > MAX_NESTING) return undefined;
  const { text, codes } = source;
  let depth = 0;
  for (let offset = from; offset < limit; offset++) {
    const char = text.charAt(offset);
    if (depth === 0 && text.startsWith(close, offset)) return offset + close.length;
    if (close.length === 1 && (char === '\n' || char === '\r')) return undefined;
    if (char === '\\') offset++;
    else if (char === '{') {
      if (depth === 0 && text.charAt(offset + 1) === '{') offset++;
      else depth++;
    } else if (char === '}') depth = Math.max(0, depth - 1);
    else if (depth > 0 && (char === "'" || char === '"')) {
      const inner = text.startsWith(char.repeat(3), offset) ? char.repeat(3) : char;
      const formatted = /[fF]/.test(text.charAt(offset - 1));
      const inside = offset + inner.length;
      const scan = inner.length === 3 ? scanTriple : scanSingle;
      const end = formatted
        ? scanFormatted(source, inside, inner, limit, nesting + 1)
        : scan(codes, inside, char.charCodeAt(0), limit);
      if (end === undefined || end < 0) return undefined;
      offset = end - 1;
    }
  }
  return undefined;
}
