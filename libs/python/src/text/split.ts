/** What counts as white space: JavaScript's, and the separators U+001C to U+001F and U+0085. */
export function isSpace(char: string): boolean {
  const code = char.charCodeAt(0);
  if (code < 128) return code === 32 || (code >= 9 && code <= 13) || (code >= 28 && code <= 31);
  return code === 0x85 || (code !== 0xfeff && /\s/.test(char));
}

/** `str.split()` at runs of white space. */
export function splitAtSpace(text: string, limit: number, fromRight: boolean): string[] {
  const words: string[] = [];
  if (fromRight) {
    let end = text.length;
    for (;;) {
      while (end > 0 && isSpace(text.charAt(end - 1))) end--;
      if (end === 0) break;
      if (limit >= 0 && words.length >= limit) {
        words.unshift(text.slice(0, end));
        break;
      }
      let start = end;
      while (start > 0 && !isSpace(text.charAt(start - 1))) start--;
      words.unshift(text.slice(start, end));
      end = start;
    }
    return words;
  }
  let start = 0;
  for (;;) {
    while (start < text.length && isSpace(text.charAt(start))) start++;
    if (start >= text.length) return words;
    if (limit >= 0 && words.length >= limit) {
      words.push(text.slice(start));
      return words;
    }
    let end = start;
    while (end < text.length && !isSpace(text.charAt(end))) end++;
    words.push(text.slice(start, end));
    start = end;
  }
}

/** `str.split(separator)`. */
export function splitAt(text: string, separator: string, limit: number, fromRight: boolean): string[] {
  const parts = text.split(separator);
  if (limit < 0 || parts.length - 1 <= limit) return parts;
  return fromRight
    ? [parts.slice(0, parts.length - limit).join(separator), ...parts.slice(parts.length - limit)]
    : [...parts.slice(0, limit), parts.slice(limit).join(separator)];
}

const LINE_ENDS = new Set('\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029');

/** `str.splitlines`. */
export function splitLines(text: string, keepEnds: boolean): string[] {
  const lines: string[] = [];
  let start = 0;
  for (let offset = 0; offset < text.length; offset++) {
    if (!LINE_ENDS.has(text.charAt(offset))) continue;
    const width = text.startsWith('\r\n', offset) ? 2 : 1;
    lines.push(text.slice(start, keepEnds ? offset + width : offset));
    offset += width - 1;
    start = offset + 1;
  }
  if (start < text.length) lines.push(text.slice(start));
  return lines;
}

/** `str.strip`, one or both ends. */
export function strip(text: string, characters: string | undefined, ends: 'left' | 'right' | 'both'): string {
  const set = characters === undefined ? undefined : new Set(characters);
  const points = [...text];
  const drops = (char: string | undefined): boolean =>
    char !== undefined && (set === undefined ? isSpace(char) : set.has(char));
  let start = 0;
  let end = points.length;
  if (ends !== 'right') while (start < end && drops(points[start])) start++;
  if (ends !== 'left') while (end > start && drops(points[end - 1])) end--;
  return points.slice(start, end).join('');
}
