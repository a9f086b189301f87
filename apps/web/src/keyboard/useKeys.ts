import { useEffect, useRef, useSyncExternalStore } from 'react';

/** What a key does; names as KeyboardEvent.key gives them, letters in lower case. */
export type Keys = Readonly<Record<string, () => void>>;

const STORED = 'tensormark-keys';
const listeners = new Set<() => void>();

function keysAreOn(): boolean {
  try {
    return localStorage.getItem(STORED) !== 'off';
  } catch {
    return true;
  }
}

/** Single keys can be switched off, for those whose tools send them by accident. */
export function switchKeys(on: boolean): void {
  try {
    localStorage.setItem(STORED, on ? 'on' : 'off');
  } catch {
    // Without storage the choice cannot be kept; the keys stay as they are.
  }
  for (const listener of listeners) listener();
}

export function useKeysAreOn(): boolean {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, keysAreOn);
}

const TYPED_INTO = new Set([
  'text',
  'email',
  'password',
  'search',
  'number',
  'tel',
  'url',
  'date',
  'time',
  'file',
  '',
]);

function isTypedInto(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  )
    return true;
  return target instanceof HTMLInputElement && TYPED_INTO.has(target.type);
}

/** Enter and Space belong to a control that has the focus. */
function isPressed(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('button, a[href], summary, [role="button"], [role="menuitem"]') !== null
  );
}

/** Binds single keys while the component is there: silent in text fields, in dialogs, and with Ctrl, Alt or Meta held. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing)
        return;
      if (isTypedInto(event.target) || document.querySelector('[role="dialog"]') !== null) return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      if (key.length === 1 && key !== '?' && !keysAreOn()) return;
      if (key === 'Enter' && (event.repeat || isPressed(event.target))) return;
      const act = latest.current[key];
      if (act === undefined) return;
      event.preventDefault();
      act();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
