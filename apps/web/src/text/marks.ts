/** Marks cross the wire as decimal strings; here they are whole thousandths, so that sums are exact. */
const DECIMAL = /^\s*(-?)(\d{1,9})(?:[.,](\d{1,3}))?\s*$/;

/** Reads "7.5" (or "7,5"); null when it is not a number of marks. */
export function readMarks(text: string): number | null {
  const match = DECIMAL.exec(text);
  if (match === null) return null;
  const [, sign, whole = '0', fraction = ''] = match;
  const thousandths = Number(whole) * 1000 + Number(fraction.padEnd(3, '0'));
  return sign === '-' ? -thousandths : thousandths;
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
