/**
 * Reads the Markdown that exam answers are written in, and keeps the place of every piece in the source: evidence
 * points at offsets, and must light up in the rendered text as exactly as in the written one. No HTML, links or
 * images: an answer is data.
 */
export type Inline =
  | { readonly kind: 'text'; readonly start: number; readonly end: number }
  | {
      readonly kind: 'code';
      readonly start: number;
      readonly end: number;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly kind: 'formula';
      readonly start: number;
      readonly end: number;
      readonly from: number;
      readonly to: number;
      readonly display: boolean;
    }
  | {
      readonly kind: 'strong' | 'emphasis';
      readonly start: number;
      readonly end: number;
      readonly children: readonly Inline[];
    };

export type Block =
  | {
      readonly kind: 'paragraph';
      readonly start: number;
      readonly end: number;
      readonly children: readonly Inline[];
    }
  | {
      readonly kind: 'heading';
      readonly level: number;
      readonly start: number;
      readonly end: number;
      readonly children: readonly Inline[];
    }
  | {
      readonly kind: 'item';
      readonly marker: string;
      readonly depth: number;
      readonly start: number;
      readonly end: number;
      readonly children: readonly Inline[];
    }
  | {
      readonly kind: 'fence';
      readonly start: number;
      readonly end: number;
      readonly from: number;
      readonly to: number;
    }
  | { readonly kind: 'rule'; readonly start: number; readonly end: number };

interface Line {
  readonly start: number;
  /** Without the line break. */
  readonly end: number;
}

/** How far a closing sign is looked for; bounds the work on text full of lone openers. */
const FURTHEST = 4000;
const DEEPEST = 4;
/** How many signs that cannot close an emphasis are passed over before it is taken for text. */
const MOST_TRIES = 8;

const HEADING = /^ {0,3}(#{1,6}) +/;
const ITEM = /^([ \t]*)([-*+•]|\d{1,3}[.)]|[A-Za-z][.)]|\([A-Za-z0-9]{1,3}\)) +/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const RULE = /^ {0,3}(?:-{3,}|\*{3,}|_{3,})\s*$/;

export function parseMarkdown(source: string): Block[] {
  const lines = linesOf(source);
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at];
    if (line === undefined) break;
    const written = source.slice(line.start, line.end);
    if (written.trim() === '') {
      at += 1;
      continue;
    }
    const fence = FENCE.exec(written)?.[1];
    if (fence !== undefined) {
      const closing = closingFence(source, lines, at + 1, fence);
      const last = lines[Math.min(closing, lines.length - 1)] ?? line;
      const from = lines[at + 1]?.start ?? line.end;
      const to = closing > at + 1 ? (lines[closing - 1]?.end ?? from) : from;
      blocks.push({ kind: 'fence', start: line.start, end: last.end, from, to: Math.max(from, to) });
      at = closing + 1;
      continue;
    }
    if (RULE.test(written)) {
      blocks.push({ kind: 'rule', start: line.start, end: line.end });
      at += 1;
      continue;
    }
    const heading = HEADING.exec(written);
    if (heading !== null) {
      const from = line.start + heading[0].length;
      const children = parseInline(source, from, line.end);
      blocks.push({
        kind: 'heading',
        level: heading[1]?.length ?? 1,
        start: line.start,
        end: line.end,
        children,
      });
      at += 1;
      continue;
    }
    const next = endOfRun(source, lines, at + 1);
    const end = lines[next - 1]?.end ?? line.end;
    const item = ITEM.exec(written);
    if (item === null) {
      blocks.push({
        kind: 'paragraph',
        start: line.start,
        end,
        children: parseInline(source, line.start, end),
      });
    } else {
      const indent = (item[1] ?? '').replaceAll('\t', '    ').length;
      const children = parseInline(source, line.start + item[0].length, end);
      const depth = Math.min(4, Math.floor(indent / 2));
      blocks.push({ kind: 'item', marker: item[2] ?? '-', depth, start: line.start, end, children });
    }
    at = next;
  }
  return blocks;
}

function linesOf(source: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  while (start <= source.length) {
    const found = source.indexOf('\n', start);
    const end = found < 0 ? source.length : found;
    lines.push({ start, end: source[end - 1] === '\r' && end > start ? end - 1 : end });
    if (found < 0) break;
    start = found + 1;
  }
  return lines;
}

/** The line that closes a fence, or one past the last line when nothing does. */
function closingFence(source: string, lines: readonly Line[], from: number, fence: string): number {
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at];
    if (line === undefined) break;
    const written = source.slice(line.start, line.end).trim();
    if (written.startsWith(fence) && written.replaceAll(fence[0] ?? '`', '') === '') return at;
  }
  return lines.length;
}

/** A paragraph or item goes on until a blank line or the start of something else. */
function endOfRun(source: string, lines: readonly Line[], from: number): number {
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at];
    if (line === undefined) break;
    const written = source.slice(line.start, line.end);
    if (written.trim() === '' || [FENCE, RULE, HEADING, ITEM].some((starts) => starts.test(written)))
      return at;
  }
  return lines.length;
}

function parseInline(source: string, start: number, end: number, depth = 0): Inline[] {
  const found: Inline[] = [];
  let plain = start;
  let at = start;
  while (at < end) {
    const piece = pieceAt(source, at, end, depth);
    if (piece === null) {
      at += source[at] === '\\' ? 2 : 1;
      continue;
    }
    if (piece.start > plain) found.push({ kind: 'text', start: plain, end: piece.start });
    found.push(piece);
    at = piece.end;
    plain = at;
  }
  if (plain < end) found.push({ kind: 'text', start: plain, end });
  return found;
}

function pieceAt(source: string, at: number, end: number, depth: number): Inline | null {
  const sign = source[at];
  if (sign === '`') return codeAt(source, at, end);
  if (sign === '$') return dollarsAt(source, at, end);
  if (sign === '\\') return bracketsAt(source, at, end);
  if ((sign === '*' || sign === '_') && depth < DEEPEST) return emphasisAt(source, at, end, sign, depth);
  return null;
}

/** Like indexOf, within the bounds of the text and of our patience. */
function find(source: string, sought: string, from: number, end: number): number {
  const limit = Math.min(end, from + FURTHEST);
  const found = source.slice(from, limit).indexOf(sought);
  return found < 0 ? -1 : from + found;
}

function codeAt(source: string, at: number, end: number): Inline | null {
  let ticks = 1;
  while (source[at + ticks] === '`' && at + ticks < end) ticks += 1;
  const from = at + ticks;
  const to = find(source, '`'.repeat(ticks), from, end);
  return to <= from ? null : { kind: 'code', start: at, end: to + ticks, from, to };
}

/** `$…$` and `$$…$$`. A lone dollar before a space, or one that closes onto a digit, is money and not mathematics. */
function dollarsAt(source: string, at: number, end: number): Inline | null {
  if (source[at + 1] === '$') {
    const to = find(source, '$$', at + 2, end);
    return to <= at + 2 ? null : { kind: 'formula', start: at, end: to + 2, from: at + 2, to, display: true };
  }
  const from = at + 1;
  if (from >= end || /\s/.test(source[from] ?? ' ')) return null;
  let to = find(source, '$', from, end);
  while (to > 0 && source[to - 1] === '\\') to = find(source, '$', to + 1, Math.min(end, from + FURTHEST));
  if (to <= from || /\s/.test(source[to - 1] ?? ' ') || /\d/.test(source[to + 1] ?? '')) return null;
  return { kind: 'formula', start: at, end: to + 1, from, to, display: false };
}

/** `\(…\)` and `\[…\]`. */
function bracketsAt(source: string, at: number, end: number): Inline | null {
  const open = source[at + 1];
  if (open !== '(' && open !== '[') return null;
  const to = find(source, open === '(' ? '\\)' : '\\]', at + 2, end);
  return to <= at + 2
    ? null
    : { kind: 'formula', start: at, end: to + 2, from: at + 2, to, display: open === '[' };
}

/** An underscore inside a word, or a star between spaces or numbers, is what it looks like. */
function emphasisAt(source: string, at: number, end: number, sign: '*' | '_', depth: number): Inline | null {
  const double = source[at + 1] === sign;
  const width = double ? 2 : 1;
  const from = at + width;
  const before = source[at - 1] ?? ' ';
  if (/\s/.test(source[from] ?? ' ') || /[\p{L}\p{N}]/u.test(before)) return null;
  const closing = sign.repeat(width);
  const limit = Math.min(end, from + FURTHEST);
  let to = find(source, closing, from, limit);
  for (let tries = 0; to > 0; tries += 1) {
    if (tries === MOST_TRIES) return null;
    const doubled = !double && source[to + 1] === sign;
    if (!doubled && !/\s/.test(source[to - 1] ?? ' ')) break;
    to = find(source, closing, to + (doubled ? 2 : width), limit);
  }
  if (to <= from || /[\p{L}\p{N}]/u.test(source[to + width] ?? ' ')) return null;
  const children = parseInline(source, from, to, depth + 1);
  return { kind: double ? 'strong' : 'emphasis', start: at, end: to + width, children };
}
