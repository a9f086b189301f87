/** Whether this is the IANA name of a time zone that we know. */
export function isZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat('en-GB', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const DAY_MS = 86_400_000;

/**
 * Says when clocks on the wall of a zone show something such as 2036-03-20T13:00:00; undefined where there is no such time, as
 * in the hour that spring leaves out. Of an hour that comes twice it is the later.
 */
export function wallClock(zone: string): (wall: string) => Date | undefined {
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  const aheadOf = (time: number) => Date.parse(`${shown.format(time).replace(' ', 'T')}Z`) - time;
  return (wall) => {
    const asUtc = Date.parse(`${wall}Z`);
    if (Number.isNaN(asUtc) || new Date(asUtc).toISOString().slice(0, 19) !== wall) return undefined;
    // Both ways in which the clock can stand that day, the later time first.
    return [-1, 1]
      .map((days) => asUtc - aheadOf(asUtc + days * DAY_MS))
      .filter((time) => time + aheadOf(time) === asUtc)
      .map((time) => new Date(time))
      .toSorted((one, other) => other.getTime() - one.getTime())[0];
  };
}
