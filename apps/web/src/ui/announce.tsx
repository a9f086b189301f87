import { useSyncExternalStore } from 'react';
import { Icon, type IconName } from './icons.js';
import classes from './announce.module.css';

let said: { text: string; icon: IconName; at: number } | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function publish(next: typeof said) {
  said = next;
  for (const listener of listeners) listener();
}

/** Says in passing that something was done, or was not: seen for a few seconds, and read out. */
export function announce(text: string, icon: IconName = 'tick'): void {
  clearTimeout(timer);
  publish({ text, icon, at: Date.now() });
  timer = setTimeout(() => publish(null), icon === 'tick' ? 4000 : 8000);
}

export function Announcer() {
  const now = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => said,
  );
  return (
    <output className={`${classes.place} no-print`}>
      {now !== null && (
        <p key={now.at} className={classes.said}>
          <Icon name={now.icon} size={16} strokeWidth={2.4} />
          {now.text}
        </p>
      )}
    </output>
  );
}
