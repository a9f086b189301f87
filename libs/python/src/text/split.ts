const SPACE = /[\s\u0085\u001c-\u001f]/;

/** `str.split()` at runs of white space. */
export function splitAtSpace(text: string, limit: number, fromRight: boolean): string[] {
  const words: string[] = [];
  if (fromRight) {
    let end = text.length;
    for (;;) {
      while (end > 0 && SPACE.test(text.charAt(end - 1))) end--;
      if (end === 0) break;
      if (limit >= 0 && words.length >= limit) {
        words.unshift(text.slice(0, end));
        break;
      }
      let start = end;
      while (start > 0 && !SPACE.test(text.charAt(start - 1))) start--;
      words.unshift(text.slice(start, end));
      end = start;
    }
    return words;
  }
  let start = 0;
  for (;;) {
    while (start < text.length && SPACE.test(text.charAt(start))) start++;
    if (start >= text.length) return words;
    if (limit >= 0 && words.length >= limit) {
      words.push(text.slice(start));
      return words;
    }
    let end = start;
    while (end < text.length && !SPACE.test(text.charAt(end))) end++;
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

/** `str.splitlines`. */
export function splitLines(text: string, keepEnds: boolean): string[] {
  const lines =
    text.match(
      /[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])|[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+$/g,
    ) ?? [];
  return keepEnds
    ? [...lines]
    : lines.map((line) => line.replace(/(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])$/, ''));
}

/** `str.strip`, one or both ends. */
export function strip(text: string, characters: string | undefined, ends: 'left' | 'right' | 'both'): string {
  const set = characters === undefined ? undefined : new Set(characters);
  const points = [...text];
  const drops = (char: string | undefined): boolean =>
    char !== undefined && (set === undefined ? SPACE.test(char) : set.has(char));
  let start = 0;
  let end = points.length;
  if (ends !== 'right') while (start < end && drops(points[start])) start++;
  if (ends !== 'left') while (end > start && drops(points[end - 1])) end--;
  return points.slice(start, end).join('');
}
