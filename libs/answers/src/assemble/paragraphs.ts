import type { Line } from '../lines/lines.js';
import type { Span } from '../split.js';

/** Paragraphs within a stretch, parted by blank lines; together they tile it from the first one's start. */
export function paragraphsIn(text: string, lines: readonly Line[], within: Span): readonly Span[] {
  const starts: number[] = [];
  let blank = true;
  for (let index = firstLine(lines, within.start); index < lines.length; index++) {
    const line = lines[index];
    if (line === undefined || line.start >= within.end) break;
    if (!line.blank && blank) starts.push(Math.max(line.start, within.start));
    blank = line.blank;
  }
  if (starts[0] !== undefined && text.slice(within.start, starts[0]).trim() === '') starts[0] = within.start;
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? within.end }));
}

/** The line that holds a place, found by halving. */
function firstLine(lines: readonly Line[], at: number): number {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.end ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

const WORDS_COUNTED = 20_000;

/** Words in a stretch, counted no further than matters. */
export function wordCount(text: string, span: Span): number {
  return (
    text.slice(span.start, Math.min(span.end, span.start + WORDS_COUNTED)).match(/[\p{L}\p{N}]+/gu)?.length ??
    0
  );
}
