/** Where a line of the Python that was read stands in what the student handed in. */
export interface CellLine {
  readonly cell: number;
  readonly line: number;
}

/** A student's file as Python, line by line where that is possible. */
export interface StudentSource {
  readonly kind: 'python' | 'notebook' | 'markdown';
  readonly python: string;
  /** For notebooks: cell (from 1, code cells only) and line in it, for each line of `python`. */
  readonly cells: readonly CellLine[] | undefined;
}
