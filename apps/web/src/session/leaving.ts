const reasons = new Set<string>();

function ask(event: BeforeUnloadEvent) {
  event.preventDefault();
}

/** Whether nothing is known that would be lost with the page. */
export const isLeavingSafe = (): boolean => reasons.size === 0;

/** Has the browser ask before the tab is closed, as long as there is any reason to. */
export function warnOnLeaving(reason: string, on: boolean): void {
  if (on) reasons.add(reason);
  else reasons.delete(reason);
  // Listened to only then: a listener alone keeps a browser from going back to the page at once.
  if (reasons.size > 0) addEventListener('beforeunload', ask);
  else removeEventListener('beforeunload', ask);
}
