/** Marks cross the wire as decimal strings; here they are whole thousandths, so that sums are exact. */
const DECIMAL = /^\s*([-−+]?)(\d{1,9}|(?=[.,]\d))(?:[.,](\d{1,3}))?\s*$/;
/** What is a number to whoever types it, and none of marks. */
const TOO_FINE = /^\s*[-−+]?\d*[.,]\d{4,}\s*$/;
const TOO_LONG = /^\s*[-−+]?\d{10,}(?:[.,]\d*)?\s*$/;

/** Reads "7.5" (or "7,5", ".5", "+1", "−1"); null when it is not a number of marks. */
export function readMarks(text: string): number | null {
  const match = DECIMAL.exec(text);
  if (match === null) return null;
  const [, sign, whole = '', fraction = ''] = match;
  const thousandths = Number(whole) * 1000 + Number(fraction.padEnd(3, '0'));
  return (sign === '-' || sign === '−') && thousandths !== 0 ? -thousandths : thousandths;
}

/** What is wrong with marks as typed; null where they are between the two, ends included. */
export function wrongMarks(typed: string, least: string, most: string): string | null {
  if (typed.trim() === '') return `Give ${least} to ${most}`;
  if (TOO_FINE.test(typed)) return 'At most 3 decimals';
  const marks = readMarks(typed);
  if (marks === null && !TOO_LONG.test(typed)) return 'Not a number such as 1.5';
  const negative = /^\s*[-−]/.test(typed);
  if (marks === null) return negative ? `At least ${least}` : `At most ${most}`;
  if (marks > (readMarks(most) ?? marks)) return `At most ${most}`;
  return marks < (readMarks(least) ?? marks) ? `At least ${least}` : null;
}

/** As above, of a field that may be left empty. */
export const wrongIfGiven = (typed: string, most: string): string | null =>
  typed.trim() === '' ? null : wrongMarks(typed, '0', most);

/** Marks as the server takes them: "1,5" as "1.5". Empty where they are no number. */
export function inDecimals(typed: string): string {
  const marks = readMarks(typed);
  return marks === null ? '' : writeMarks(marks);
}

/** Writes 7500 as "7.5" and 2000 as "2". */
export function writeMarks(thousandths: number): string {
  const absolute = Math.abs(thousandths);
  const fraction = String(absolute % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '');
  const whole = Math.floor(absolute / 1000);
  return `${thousandths < 0 ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** "1 mark", "7.5 marks". */
export function inMarks(decimal: string): string {
  return `${decimal} ${decimal === '1' ? 'mark' : 'marks'}`;
}
