/**
 * Marks are exact: a whole number of thousandths of a mark, never a float. They cross every edge (YAML, JSON, REST,
 * Postgres) as decimal strings such as "7.5".
 */
export type Marks = bigint;

const DECIMAL = /^(-?)(\d{1,9})(?:\.(\d{1,3}))?$/;

export const NO_MARKS: Marks = 0n;

/** Reads a decimal such as "7.5" or "-1"; undefined when it is not a number with at most three decimals. */
export function parseMarks(text: string): Marks | undefined {
  const match = DECIMAL.exec(text.trim());
  if (match === null) return undefined;
  const [, sign, whole = '0', fraction = ''] = match;
  const thousandths = BigInt(whole) * 1000n + BigInt(fraction.padEnd(3, '0'));
  return sign === '-' ? -thousandths : thousandths;
}

/** Writes marks as the shortest decimal: 7500n is "7.5", 2000n is "2". */
export function formatMarks(marks: Marks): string {
  const sign = marks < 0n ? '-' : '';
  const absolute = marks < 0n ? -marks : marks;
  const fraction = (absolute % 1000n).toString().padStart(3, '0').replace(/0+$/, '');
  return `${sign}${absolute / 1000n}${fraction === '' ? '' : `.${fraction}`}`;
}

/** The sum of any number of marks. */
export function sumMarks(marks: Iterable<Marks>): Marks {
  let sum = NO_MARKS;
  for (const each of marks) sum += each;
  return sum;
}

/** Marks held between a floor and a cap, as a rubric with negative items needs. */
export function clampMarks(marks: Marks, floor: Marks, cap: Marks): Marks {
  if (marks < floor) return floor;
  return marks > cap ? cap : marks;
}
