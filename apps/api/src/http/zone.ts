/** Whether this is the IANA name of a time zone that we know. */
export function isZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat('en-GB', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
