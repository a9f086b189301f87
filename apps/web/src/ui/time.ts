const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'medium' });
const SHORT = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const;
const short = new Intl.DateTimeFormat('en-GB', SHORT);
const shortOfAnotherYear = new Intl.DateTimeFormat('en-GB', { ...SHORT, year: 'numeric' });
const zone = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' });

/** "23 November 2026 at 20:08:32 GMT", in the reader's own zone. */
export function fullTime(iso: string): string {
  const at = new Date(iso);
  const name = zone.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return `${full.format(at)} ${name}`.trim();
}

/** "23 Nov, 20:08", and of another year than this "9 Mar 2036, 13:00". */
export function shortTime(iso: string, now = new Date()): string {
  const at = new Date(iso);
  return (at.getFullYear() === now.getFullYear() ? short : shortOfAnotherYear).format(at);
}

/** What a field of date and time holds, in the reader's own zone: "2026-11-23T20:08". */
export function localTime(iso: string | null): string {
  if (iso === null) return '';
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The same back; null for an empty field. */
export const isoTime = (local: string): string | null =>
  local === '' ? null : new Date(local).toISOString();

/** What the reader's own zone is called, such as "Europe/Berlin". */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

const sizes = ['bytes', 'kB', 'MB', 'GB'] as const;

/** "812 bytes", "8.4 kB", "2.1 MB". */
export function fileSize(bytes: number): string {
  let value = bytes;
  let at = 0;
  while (value >= 1000 && at < sizes.length - 1) {
    value /= 1000;
    at += 1;
  }
  return `${at === 0 ? value : value.toFixed(1)} ${sizes[at] ?? ''}`;
}

/** "1 exam", "3 exams". */
export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;
