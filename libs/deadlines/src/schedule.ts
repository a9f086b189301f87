/** What handing in after the deadline costs: an amount for each hour or day begun, up to a cap. */
export interface LateFee {
  /** `points`: marks; `percent`: of the marks available for the paper. */
  readonly unit: 'points' | 'percent';
  /** In thousandths of a mark or of a percent. */
  readonly amount: bigint;
  readonly per: 'hour' | 'day';
  /** In the same unit; null takes off all that there is in the end. */
  readonly most: bigint | null;
}

export type LatePolicy =
  /** Nothing is taken after deadline and grace. */
  | { readonly kind: 'refused' }
  /** Taken, and said to be late; costs nothing. */
  | { readonly kind: 'marked-late' }
  | ({ readonly kind: 'deducted' } & LateFee);

/**
 * Which of several attempts counts. `last-on-time`: the last one by the deadline, and the last one of all where none
 * was. The best attempt is no choice: every attempt would have to be marked by a person to know it.
 */
export const COUNTING = ['last', 'last-on-time'] as const;
export type Counting = (typeof COUNTING)[number];

/** When an exam is open, and what is done about work that comes late. */
export interface Schedule {
  /** Null: since ever. */
  readonly opens: Date | null;
  /** Null: there is none, and nothing is late. */
  readonly deadline: Date | null;
  /** What comes this much after the deadline is on time all the same: for slow lines and slow clocks. */
  readonly graceSeconds: number;
  readonly late: LatePolicy;
  readonly counts: Counting;
}

/** What holds where nobody has set a schedule: open, without a deadline. */
export const ALWAYS_OPEN: Schedule = {
  opens: null,
  deadline: null,
  graceSeconds: 0,
  late: { kind: 'marked-late' },
  counts: 'last',
};

/** A schedule as it is for one student: an extension only ever gives time, also where everybody's deadline was moved behind it or lifted. */
export function extended(schedule: Schedule, extension: Date | null): Schedule {
  const { deadline } = schedule;
  if (extension === null || deadline === null || extension <= deadline) return schedule;
  return { ...schedule, deadline: extension };
}
