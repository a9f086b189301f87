import { isLineBreak } from './characters.js';

// No plus: a line that begins with one goes on adding.
const BULLET = /[-*•·–—‣◦▪][ \t]+/y;
const HEADING = /#{1,6}[ \t]+|>[ \t]?/y;
const ORDINAL =
  /(?:\*\*|__)?(?:\(?\d{1,2}(?:\.\d{1,2}|[a-h])?[.)]|\(?[A-Za-z][.)]|\(?(?:i{1,3}|iv|vi{0,3}|ix)[.)])(?:\*\*|__)?(?=[ \t]|$)/my;
const CLOSING_BOLD = /(?:\*\*|__)(?=[ \t]|$)/my;

/** What stands at the beginning of a line besides its content, in order: bullets, quotation and heading marks, ordinals. */
export function scanMarkers(
  text: string,
  start: number,
): readonly { readonly start: number; readonly end: number }[] {
  const markers: { start: number; end: number }[] = [];
  let at = start;
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match || match[0].length === 0) return false;
    const length = match[0].trimEnd().length;
    markers.push({ start: at, end: at + length });
    at += match[0].length;
    return true;
  };
  for (let round = 0; round < 3 && take(HEADING); round++);
  take(BULLET);
  if (take(ORDINAL)) take(CLOSING_BOLD);
  return markers;
}

/** The line from `start`, without its line break; at most 400 characters of it. */
export function lineAt(text: string, start: number): string {
  let end = start;
  const limit = Math.min(text.length, start + 400);
  while (end < limit && !isLineBreak(text.charCodeAt(end))) end++;
  return text.slice(start, end);
}

/** `-----`, `=====`, `| --- | ---: |`. */
export function isRuleLine(line: string): boolean {
  let strokes = 0;
  let bars = 0;
  for (const character of line) {
    if ('-–—_=─'.includes(character)) strokes++;
    else if (character === '|') bars++;
    else if (character === ':' || character === '+') continue;
    else if (character !== ' ' && character !== '\t') return false;
  }
  return strokes >= 3 || (bars > 0 && strokes > 0);
}
