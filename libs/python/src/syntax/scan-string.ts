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

export interface ScannedString {
  readonly end: number;
  readonly closed: boolean;
  readonly triple: boolean;
}

/** Finds the end of the string whose prefix begins at `start` and whose quote stands at `quoteAt`. */
export function scanString(text: string, start: number, quoteAt: number, limit: number): ScannedString {
  const mark = text.charAt(quoteAt);
  const triple = text.charAt(quoteAt + 1) === mark && text.charAt(quoteAt + 2) === mark;
  const close = triple ? mark.repeat(3) : mark;
  const from = quoteAt + close.length;
  if (start < quoteAt && stringPrefix(text.slice(start, quoteAt))?.formatted) {
    const nested = scanFormatted(text, from, close, limit, 0);
    if (nested !== undefined) return { end: nested, closed: true, triple };
  }
  return scanPlain(text, from, close, limit);
}

function scanPlain(text: string, from: number, close: string, limit: number): ScannedString {
  const triple = close.length === 3;
  const mark = close.charCodeAt(0);
  for (let offset = from; offset < limit; offset++) {
    const code = text.charCodeAt(offset);
    if (code === 92) {
      if (text.charCodeAt(offset + 1) === 13 && text.charCodeAt(offset + 2) === 10) offset++;
      offset++;
    } else if (code === mark && (!triple || text.startsWith(close, offset)))
      return { end: offset + close.length, closed: true, triple };
    else if (!triple && (code === 10 || code === 13)) return { end: offset, closed: false, triple };
  }
  return { end: limit, closed: false, triple };
}

const MAX_NESTING = 20;

/**
 * The end of an f-string, strings inside its braces (3.12 allows the same quotes there) taken into account;
 * undefined if it does not come out even.
 */
function scanFormatted(
  text: string,
  from: number,
  close: string,
  limit: number,
  nesting: number,
): number | undefined {
  if (nesting > MAX_NESTING) return undefined;
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
      const plain = scanPlain(text, offset + inner.length, inner, limit);
      const end = formatted
        ? scanFormatted(text, offset + inner.length, inner, limit, nesting + 1)
        : plain.closed
          ? plain.end
          : undefined;
      if (end === undefined) return undefined;
      offset = end - 1;
    }
  }
  return undefined;
}
