import type { Counting, LateFee, LatePolicy, Schedule } from './schedule.js';

/** The rules of a schedule, as whoever it is for reads them; times are told apart, in each reader's own zone. */
export function rulesInWords({ deadline, graceSeconds, late, counts }: Schedule): readonly string[] {
  if (deadline === null) return ['There is no deadline.', COUNTS.last];
  return [
    lateInWords(late),
    ...(graceSeconds === 0
      ? []
      : [`What arrives up to ${span(graceSeconds)} after the deadline is on time.`]),
    COUNTS[counts],
    'The time that counts is when the whole file has arrived: it stands on the receipt.',
  ];
}

const COUNTS: Readonly<Record<Counting, string>> = {
  last: 'The last attempt is the one that counts.',
  'last-on-time':
    'The last attempt that is handed in on time is the one that counts; if none is on time, the last of all.',
};

export function lateInWords(late: LatePolicy): string {
  switch (late.kind) {
    case 'refused':
      return 'Nothing is taken after the deadline.';
    case 'marked-late':
      return 'Work is taken after the deadline, and is shown to be late.';
    case 'deducted':
      return `Work is taken after the deadline, less ${feeInWords(late)}.`;
  }
}

function feeInWords({ unit, amount, per, most }: LateFee): string {
  const capped = most === null ? '' : `, ${quantity(unit, most)} at most`;
  const of = unit === 'percent' ? ' of the marks available' : '';
  return `${quantity(unit, amount)}${of} for each ${per} begun${capped}`;
}

function quantity(unit: LateFee['unit'], thousandths: bigint): string {
  const digits = thousandths.toString().padStart(4, '0');
  const number = `${digits.slice(0, -3)}.${digits.slice(-3)}`.replace(/\.?0+$/, '');
  if (unit === 'percent') return `${number} %`;
  return `${number} ${number === '1' ? 'mark' : 'marks'}`;
}

/** "90 seconds", "5 minutes", "2 hours". */
export function span(seconds: number): string {
  const [size, name] = UNITS.find(([length]) => seconds % length === 0 && seconds >= length) ?? [1, 'second'];
  const number = seconds / size;
  return `${number} ${name}${number === 1 ? '' : 's'}`;
}

const UNITS = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
] as const;

/** How late something is, roughly: in the largest unit that fits, begun ones counted. */
export function lateBy(seconds: number): string {
  const [size] = UNITS.find(([length]) => seconds >= length) ?? [1];
  return span(Math.ceil(seconds / size) * size);
}
