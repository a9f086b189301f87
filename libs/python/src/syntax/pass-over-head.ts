import type { SourceText } from '../source/text.js';
import { scanString } from './scan-string.js';
import { IN_WORD } from './words.js';

/** Whether a definition may begin here: `def`, or what begins as `async` does. */
export function isDefinition(codes: Uint8Array, at: number): boolean {
  const first = codes[at];
  if (first === 100) return codes[at + 1] === 101 && codes[at + 2] === 102 && codes[at + 3] === 32;
  return first === 97 && codes[at + 1] === 115 && codes[at + 2] === 121 && codes[at + 3] === 110;
}

/** Where the parts of a definition's head are that was passed over. */
export interface HeadEnd {
  /** Where its parameters' bracket opens, right behind its name. */
  readonly open: number;
  /** Behind its colon. */
  readonly end: number;
  /** The start of the next line. */
  readonly line: number;
}

/** A default that is a constant, and all there is to it. */
const CONSTANT_DEFAULT =
  /[ \n]*(?:None|True|False|\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|"[^"\\\n\r]*"|'[^'\\\n\r]*')[ \n]*(?=[,)])/y;

/**
 * Finds the end of the head of a definition, `def` at offset `at` and one space before its name, without cutting it into tokens.
 * Undefined where it is not plain to see, or where a default is more than a constant: such a one is worked out where the
 * definition stands.
 */
export function passOverHead(source: SourceText, at: number, limit: number): HeadEnd | undefined {
  const { codes, text } = source;
  let open = at + 4;
  while (IN_WORD[codes[open] ?? 0] === 1) open++;
  if (open === at + 4 || codes[open] !== 40) return undefined;
  const close = parametersEnd(source, open + 1, limit);
  if (close < 0) return undefined;
  let colon = spacesEnd(codes, close);
  if (codes[colon] === 45 && codes[colon + 1] === 62) colon = annotationEnd(source, colon + 2, limit);
  if (codes[colon] !== 58) return undefined;
  const behind = spacesEnd(codes, colon + 1);
  if (codes[behind] === 10) return { open, end: colon + 1, line: behind + 1 };
  const lineEnd = codes[behind] === 35 ? text.indexOf('\n', behind) : -1;
  return lineEnd < 0 || lineEnd >= limit ? undefined : { open, end: colon + 1, line: lineEnd + 1 };
}

function spacesEnd(codes: Uint8Array, at: number): number {
  let offset = at;
  while (codes[offset] === 32) offset++;
  return offset;
}

/** The offset behind the bracket that closes parameters; negative where they are not plain. */
function parametersEnd(source: SourceText, from: number, limit: number): number {
  const { codes, text } = source;
  let depth = 0;
  for (let offset = from; offset < limit; offset++) {
    switch (codes[offset]) {
      case 40:
      case 91:
      case 123:
        depth++;
        break;
      case 41:
      case 93:
      case 125:
        if (depth-- === 0) return codes[offset] === 41 ? offset + 1 : -1;
        break;
      case 34:
      case 39:
        offset = scanString(source, offset, offset, limit) - 1;
        if (offset < from) return -1;
        break;
      case 35:
        offset = text.indexOf('\n', offset);
        if (offset < 0) return -1;
        break;
      case 61:
        if (depth > 0) break;
        CONSTANT_DEFAULT.lastIndex = offset + 1;
        if (isOdd(codes[offset - 1] ?? 0) || !CONSTANT_DEFAULT.test(text)) return -1;
        offset = CONSTANT_DEFAULT.lastIndex - 1;
        break;
      case 92:
      case 13:
      case 12:
      case 0:
        return -1;
      default:
    }
  }
  return -1;
}

/** Whether an equals sign is part of a longer operator behind such a character. */
function isOdd(code: number): boolean {
  return code === 58 || code === 33 || (code >= 60 && code <= 62);
}

/** Where the colon stands that ends what a function returns; an offset of something else where that is not plain. */
function annotationEnd(source: SourceText, from: number, limit: number): number {
  const { codes } = source;
  let depth = 0;
  for (let offset = from; offset < limit; offset++) {
    switch (codes[offset]) {
      case 40:
      case 91:
      case 123:
        depth++;
        break;
      case 41:
      case 93:
      case 125:
        if (depth-- === 0) return offset;
        break;
      case 58:
        if (depth === 0) return offset;
        break;
      case 34:
      case 39: {
        const end = scanString(source, offset, offset, limit);
        if (end < 0) return offset;
        offset = end - 1;
        break;
      }
      case 10:
      case 13:
      case 12:
      case 35:
      case 92:
      case 0:
        return offset;
      default:
    }
  }
  return limit;
}
