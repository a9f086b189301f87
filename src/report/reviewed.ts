import type { Finding, Region, Review, Running } from '@tensormark/code-review';
import type { OtherNetwork } from '../machine/execution-process.js';

/** A file with what its review came to. */
export interface Reviewed {
  readonly file: string;
  /** The file as it was handed in. */
  readonly text: string;
  readonly review: Review;
  /** What came of running its network; undefined where that was not asked for. */
  readonly running: Running | undefined;
  /** Of others in the file that stand by themselves. */
  readonly others: readonly OtherNetwork[];
  /** Of reading and running together, each fault once. */
  readonly findings: readonly Finding[];
}

/** Where something stands in a notebook: cell and line in it, both from 1; undefined in other files. */
export function cellOf({ review }: Reviewed, line: number): { cell: number; line: number } | undefined {
  return review.source.cells?.[line - 1];
}

/** A line of the Python that was read. */
export function lineOf({ review }: Reviewed, line: number): string {
  return review.source.python.split('\n')[line - 1] ?? '';
}

/** Line and column as people say them: `12:5`, in a notebook `cell 3, 2:5`. */
export function placeOf(reviewed: Reviewed, { line, column }: Pick<Region, 'line' | 'column'>): string {
  const cell = cellOf(reviewed, line);
  return cell === undefined ? `${line}:${column}` : `cell ${cell.cell}, ${cell.line}:${column}`;
}
