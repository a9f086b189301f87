/** "23 November 2026 at 20:08:32 (Europe/Berlin)". `zone` is a name that is known. */
export function timeIn(zone: string, iso: string): string {
  const at = new Date(iso);
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: zone }).format(at);
  const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: zone }).format(at);
  return `${day} at ${time} (${zone})`;
}
