import type { LateFee, LatePolicy, Schedule } from './schedule.js';

const SECOND = 1000;
const LENGTH = { hour: 3_600_000n, day: 86_400_000n } as const;
/** A percent is a hundredth, and is given in thousandths. */
const WHOLE = 100_000n;

export interface Lateness {
  readonly deadline: Date;
  /** From the deadline itself, not from the end of the grace. */
  readonly milliseconds: bigint;
}

/** How late work is that arrived at that moment, by a schedule as it is for its student; null when it is on time. */
export function latenessOf({ deadline, graceSeconds }: Schedule, arrived: Date): Lateness | null {
  if (deadline === null) return null;
  const milliseconds = arrived.getTime() - deadline.getTime();
  return milliseconds <= graceSeconds * SECOND ? null : { deadline, milliseconds: BigInt(milliseconds) };
}

/** Marks in thousandths: what the work was given, and what it could have been given. */
export interface Marked {
  readonly work: bigint;
  readonly available: bigint;
}

/**
 * What is taken off for lateness, in thousandths of a mark: amount × hours or days begun, capped; percent are of the
 * marks available. Exact, but for less than a thousandth, which is left to the student. Never more than there is.
 */
export function deductionOf(policy: LatePolicy, late: Lateness | null, { work, available }: Marked): bigint {
  if (late === null || policy.kind !== 'deducted') return 0n;
  const fee = feeFor(policy, begun(late.milliseconds, policy.per));
  const points = policy.unit === 'points' ? fee : (available * fee) / WHOLE;
  return points < work ? points : work;
}

function feeFor({ amount, most }: LateFee, times: bigint): bigint {
  const fee = amount * times;
  return most !== null && most < fee ? most : fee;
}

function begun(milliseconds: bigint, per: LateFee['per']): bigint {
  return (milliseconds + LENGTH[per] - 1n) / LENGTH[per];
}
