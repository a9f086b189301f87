import { useSyncExternalStore } from 'react';
import { Icon } from './icons.js';
import classes from './announce.module.css';

let said: { text: string; at: number } | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function publish(next: typeof said) {
  said = next;
  for (const listener of listeners) listener();
}

/** Says in passing that something was done: seen for a few seconds, and read out. */
export function announce(text: string): void {
  clearTimeout(timer);
  publish({ text, at: Date.now() });
  timer = setTimeout(() => publish(null), 4000);
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
          <Icon name="tick" size={16} strokeWidth={2.4} />
          {now.text}
        </p>
      )}
    </output>
  );
}
