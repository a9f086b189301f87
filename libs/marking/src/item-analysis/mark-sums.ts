/**
 * What is left of many marks once they are added up: exact, in thousandths, so that everything said of them is the same in whatever
 * order they came, and a database can add up what no process has to hold.
 */
export interface MarkSums {
  readonly count: number;
  readonly sum: bigint;
  /** Of their squares. */
  readonly squares: bigint;
  /** In each tenth of what is available, from nothing to all; full marks fall into the last. */
  readonly tenths: readonly number[];
  /** The least, the middle one (between the two in the middle where there are as many on each side) and the most; null of none. */
  readonly range: { readonly lowest: number; readonly median: number; readonly highest: number } | null;
}

/** The marks for one part. */
export interface PartSums extends MarkSums {
  readonly part: string;
  /** What the part is out of. */
  readonly available: bigint;
  /** Those in papers that have a mark for each part. */
  readonly ofWhole: {
    readonly sum: bigint;
    readonly squares: bigint;
    /** Of the products of a mark and the total of its paper. */
    readonly withTotal: bigint;
  };
}

/** The marks that stand in an exam. */
export interface ExamSums {
  readonly parts: readonly PartSums[];
  /** The totals of papers that have a mark for each part. */
  readonly totals: MarkSums;
}
