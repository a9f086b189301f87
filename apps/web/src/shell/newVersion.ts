import { useSyncExternalStore } from 'react';
import { isLeavingSafe } from '../session/leaving.js';

/** Something was typed or chosen on this page, and may be nowhere else. */
let typed = false;
let offered = false;
const listeners = new Set<() => void>();

/** Outside of forms radios choose what is shown. */
const mayBeLost = (changed: EventTarget | null): boolean =>
  !(changed instanceof HTMLInputElement && changed.type === 'radio' && changed.form === null);

const programOf = (page: Document) => page.querySelector('script[type="module"][src]')?.getAttribute('src');

/** Whether the server has other pages by now than the ones that were loaded. */
async function isThereAnother(): Promise<boolean> {
  const answer = await fetch('/', { headers: { accept: 'text/html' }, cache: 'no-store' });
  if (!answer.ok) return false;
  const program = programOf(new DOMParser().parseFromString(await answer.text(), 'text/html'));
  return typeof program === 'string' && program !== programOf(document);
}

async function look(): Promise<void> {
  // Without a connection nothing is known; whoever needed the missing piece says so.
  if (!(await isThereAnother().catch(() => false))) return;
  if (!typed && isLeavingSafe()) {
    location.reload();
    return;
  }
  offered = true;
  for (const listener of listeners) listener();
}

/**
 * Pages may be built anew while somebody has them open, and pieces that are fetched later are then gone. The new ones are loaded by
 * themselves where nothing can be lost by it, and offered where something could.
 */
export function watchVersion(): void {
  addEventListener('vite:preloadError', () => void look());
  addEventListener('input', ({ target }) => (typed ||= mayBeLost(target)), { capture: true });
}

/** Another page came: what was typed on the one before is saved, kept or given up. */
export function beginAnew(): void {
  typed = false;
}

/** Whether a new version is there that waits for somebody to load it. */
export const useNewVersion = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => offered,
  );
