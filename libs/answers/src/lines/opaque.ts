import type { Line } from './lines.js';

/** Which lines are code, displayed mathematics or a comment: nothing in them is a heading. */
export interface OpaqueLines {
  has(line: number): boolean;
  /** Lines where a code fence opens that is never closed before the next question. */
  readonly unclosedFences: readonly number[];
}

interface Fence {
  readonly line: number;
  readonly mark: string;
  readonly length: number;
}

const FENCE = /^[\s>]{0,24}(?:[-*+]\s{1,3})?(`{3,}|~{3,})([^`]{0,80})/;
const BEGIN =
  /\\begin\{(equation|align|gather|multline|eqnarray|displaymath|math|array|pmatrix|bmatrix|verbatim|lstlisting|minted|tabular)\*?\}/;
/** Displayed mathematics does not go on for pages; an opener without its end within this is a slip. */
const LONGEST_DISPLAY = 80;

/**
 * Marks opaque lines. A fence that is not closed ends where `isQuestionHeading` says that a question begins after a
 * blank line, so that one forgotten fence does not swallow the rest of a paper.
 */
export function findOpaqueLines(
  text: string,
  lines: readonly Line[],
  isQuestionHeading: (line: number) => boolean,
): OpaqueLines {
  const opaque = new Uint8Array(lines.length);
  const unclosedFences = markFences(text, lines, opaque, isQuestionHeading);
  markDisplays(text, lines, opaque);
  return { has: (line) => opaque[line] === 1, unclosedFences };
}

function markFences(
  text: string,
  lines: readonly Line[],
  opaque: Uint8Array,
  isQuestionHeading: (line: number) => boolean,
): readonly number[] {
  const unclosed: number[] = [];
  let open: Fence | undefined;
  let headingInside = -1;
  const close = (fence: Fence, end: number): void => {
    opaque.fill(1, fence.line, end);
  };
  lines.forEach((line, index) => {
    const content = text.slice(line.start, Math.min(line.textEnd, line.start + 120));
    const found = content.includes('```') || content.includes('~~~') ? FENCE.exec(content) : null;
    const mark = found?.[1] ?? '';
    const info = (found?.[2] ?? '').trim();
    if (open === undefined) {
      if (mark !== '') {
        open = { line: index, mark: mark.charAt(0), length: mark.length };
        headingInside = -1;
      }
      return;
    }
    if (mark.startsWith(open.mark) && mark.length >= open.length) {
      if (info === '') {
        close(open, index + 1);
        open = undefined;
        return;
      }
      // A fence with a language only ever opens: if a question began in between, the first was left open.
      if (headingInside >= 0) {
        close(open, headingInside);
        unclosed.push(open.line);
        open = { line: index, mark: mark.charAt(0), length: mark.length };
        headingInside = -1;
        return;
      }
    }
    if (headingInside < 0 && index > 0 && lines[index - 1]?.blank === true && isQuestionHeading(index)) {
      headingInside = index;
    }
  });
  if (open !== undefined) {
    close(open, headingInside >= 0 ? headingInside : lines.length);
    unclosed.push(open.line);
  }
  return unclosed;
}

/** What closes the display that a line opens. */
type Closer = '-->' | '$$' | '\\]' | `\\end{${string}`;

function markDisplays(text: string, lines: readonly Line[], opaque: Uint8Array): void {
  let dollarsOpen = false;
  const search = displaySearch(text, lines);
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (line === undefined || opaque[index] === 1) {
      dollarsOpen = false;
      continue;
    }
    const content = text.slice(line.start, line.textEnd);
    if (line.blank) dollarsOpen = false;
    const closer = closerOf(content);
    const end = closer === undefined ? -1 : search(closer, index + 1);
    if (end >= 0) {
      opaque.fill(1, index + 1, end + 1);
      index = end;
      dollarsOpen = false;
      continue;
    }
    // A formula that wraps over a line: the line begins inside it if it also ends there.
    const dollars = singleDollars(content);
    const mathematical = /[=*+^_\\]/.test(content.slice(0, content.indexOf('$')));
    if (dollarsOpen && dollars % 2 === 1 && mathematical) opaque[index] = 1;
    if (dollars % 2 === 1) dollarsOpen = !dollarsOpen;
  }
}

function closerOf(content: string): Closer | undefined {
  if (content.includes('<!--') && content.lastIndexOf('<!--') > content.lastIndexOf('-->')) return '-->';
  if (content.includes('$$') && (content.split('$$').length - 1) % 2 === 1) return '$$';
  if (!content.includes('\\')) return undefined;
  if (content.lastIndexOf('\\[') > content.lastIndexOf('\\]') && !content.includes('\\\\[')) return '\\]';
  const begun = BEGIN.exec(content);
  if (begun === null) return undefined;
  const closer: Closer = `\\end{${begun[1] ?? ''}`;
  return content.slice(begun.index).includes(closer) ? undefined : closer;
}

/** Looks for closers ahead; what was searched in vain for one closer is not searched again, so it stays linear. */
function displaySearch(text: string, lines: readonly Line[]): (closer: Closer, from: number) => number {
  const searched = new Map<Closer, number>();
  return (closer, from) => {
    const to = Math.min(lines.length, from + LONGEST_DISPLAY);
    for (let index = Math.max(from, searched.get(closer) ?? 0); index < to; index++) {
      const line = lines[index];
      if (line !== undefined && text.slice(line.start, line.textEnd).includes(closer)) return index;
    }
    searched.set(closer, to);
    return -1;
  };
}

function singleDollars(content: string): number {
  if (!content.includes('$')) return 0;
  let found = 0;
  for (let at = content.indexOf('$'); at >= 0; at = content.indexOf('$', at + 1)) {
    if (content.charAt(at + 1) === '$') at++;
    else if (content.charAt(at - 1) !== '\\') found++;
  }
  return found;
}
