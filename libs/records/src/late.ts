import { deductionOf, extended, latenessOf, type Schedule } from '@tensormark/deadlines';
import { type Decimal, fromThousandths, sumOfDecimals, thousandths } from './decimal.js';

/** How late work came, and what that takes off; kept apart from the mark for the work. */
export interface Late {
  readonly deadline: Date;
  /** Since the deadline, begun ones counted. */
  readonly seconds: number;
  readonly deduction: Decimal;
}

interface Attempt {
  readonly receivedAt: Date;
  /** The marks of the parts that have one, and the maxima of all parts. */
  readonly marks: readonly Decimal[];
  readonly maxima: readonly Decimal[];
}

/** Null when the work came on time. */
export function lateOf(
  schedule: Schedule,
  extension: Date | null,
  { receivedAt, marks, maxima }: Attempt,
): Late | null {
  const mine = extended(schedule, extension);
  const lateness = latenessOf(mine, receivedAt);
  if (lateness === null) return null;
  const marked = { work: exact(sumOfDecimals(marks)), available: exact(sumOfDecimals(maxima)) };
  return {
    deadline: lateness.deadline,
    seconds: Math.ceil(Number(lateness.milliseconds) / 1000),
    deduction: fromThousandths(deductionOf(mine.late, lateness, marked)),
  };
}

/** What is left of the marks for the work. */
export function lessDeduction(work: Decimal, deduction: Decimal): Decimal {
  return fromThousandths(exact(work) - exact(deduction));
}

function exact(decimal: Decimal): bigint {
  const value = thousandths(decimal);
  if (value === null) throw new RangeError(`${JSON.stringify(decimal)} is no decimal of marks.`);
  return value;
}
