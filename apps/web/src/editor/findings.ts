import type { CodeFinding, Highlight } from '../text/highlight.js';
import { lineDiff } from '../ui/lineDiff.js';

/** A finding with what ties it to the lists beside the code. */
export interface PlacedFinding extends CodeFinding {
  readonly id: string;
  /** Of the answer, counted from one. */
  readonly line: number;
}

/** Worst first: the gutter shows one of several. */
const ORDER: readonly CodeFinding['severity'][] = ['error', 'warning', 'design', 'remark'];

/** The findings of a piece of an answer by their lines; the worst of a line stands first. */
export function findingsByLine(
  source: string,
  from: number,
  to: number,
  highlights: readonly Highlight[],
): ReadonlyMap<number, readonly PlacedFinding[]> {
  const lines = new Map<number, PlacedFinding[]>();
  for (const { id, start, finding } of highlights) {
    if (finding === undefined || start < from || start > to) continue;
    const line = source.slice(0, start).split('\n').length;
    lines.set(line, [...(lines.get(line) ?? []), { ...finding, id, line }]);
  }
  for (const [line, found] of lines) {
    lines.set(
      line,
      found.toSorted((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity)),
    );
  }
  return lines;
}

/** What a fix removes and puts in, line by line; null where its place is not in this text. */
export function fixedLines(
  source: string,
  fix: NonNullable<CodeFinding['fix']>,
): ReturnType<typeof lineDiff> | null {
  const lines = source.split('\n');
  const [first, last] = [lines[fix.line - 1], lines[fix.endLine - 1]];
  if (first === undefined || last === undefined || fix.endLine < fix.line) return null;
  if (fix.column - 1 > first.length || fix.endColumn - 1 > last.length) return null;
  const before = lines.slice(fix.line - 1, fix.endLine).join('\n');
  const after = first.slice(0, fix.column - 1) + fix.text + last.slice(fix.endColumn - 1);
  return lineDiff(before, after);
}
