import type { Span } from '../split.js';

/** One line of the document, or one block of HTML that stands inside a line. */
export interface Line extends Span {
  /** Where its text ends, before the line break. */
  readonly textEnd: number;
  readonly blank: boolean;
  /** Columns of white space before the text; a tab goes to the next multiple of four. */
  readonly indent: number;
  /** The line opens a new page: a form feed stands before it. */
  readonly opensPage: boolean;
  /** It begins inside a line, at a block tag of HTML. */
  readonly inline: boolean;
}

const TAB = 4;
const BLOCK_TAG = /<(?:h[1-6]|p|li|div|section|article|dt|dd)(?=[\s>])/gi;

/**
 * Cuts the text into lines at CRLF, LF, CR, form feed, vertical tab and the Unicode separators. The lines tile the
 * text: each ends where the next begins, its break included. Returns nothing when there are more than `limit`.
 */
export function scanLines(text: string, limit: number): readonly Line[] | undefined {
  const lines: Line[] = [];
  let start = 0;
  let opensPage = false;
  while (start < text.length) {
    const textEnd = lineBreakFrom(text, start);
    const end = afterBreak(text, textEnd);
    let from = start;
    for (const cut of blockTags(text, start, textEnd)) {
      lines.push(line(text, from, cut, cut, opensPage, from > start));
      opensPage = false;
      from = cut;
    }
    lines.push(line(text, from, textEnd, end, opensPage, from > start));
    opensPage = text.charCodeAt(textEnd) === 12;
    if (lines.length > limit) return undefined;
    start = end;
  }
  return lines;
}

function lineBreakFrom(text: string, from: number): number {
  for (let index = from; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if ((code >= 10 && code <= 13) || code === 0x85 || code === 0x2028 || code === 0x2029) return index;
  }
  return text.length;
}

function afterBreak(text: string, at: number): number {
  if (at >= text.length) return text.length;
  return text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
}

function blockTags(text: string, start: number, end: number): readonly number[] {
  const content = text.slice(start, end);
  if (!content.includes('<')) return [];
  const cuts: number[] = [];
  let from = 0;
  for (const match of content.matchAll(BLOCK_TAG)) {
    if (match.index > from && content.slice(from, match.index).trim() !== '') cuts.push(start + match.index);
    from = match.index;
  }
  return cuts;
}

function line(
  text: string,
  start: number,
  textEnd: number,
  end: number,
  opensPage: boolean,
  inline: boolean,
): Line {
  let indent = 0;
  let at = start;
  for (; at < textEnd; at++) {
    const code = text.charCodeAt(at);
    if (code === 9) indent += TAB - (indent % TAB);
    else if (isInvisible(code)) continue;
    else if (isSpace(code)) indent++;
    else break;
  }
  return { start, textEnd, end, blank: at >= textEnd, indent, opensPage, inline };
}

/** Spaces of every width, and NUL, which is as good as one. */
export function isSpace(code: number): boolean {
  return (
    code === 32 ||
    (code >= 9 && code <= 13) ||
    code === 0xa0 ||
    code === 0x85 ||
    code === 0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** Characters without a width: byte-order mark, joiners, directional marks, soft hyphen. */
export function isInvisible(code: number): boolean {
  return (
    code === 0xfeff ||
    code === 0xad ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x2069)
  );
}
