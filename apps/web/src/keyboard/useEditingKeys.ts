import { useEffect, useRef } from 'react';

interface Editing {
  readonly active: boolean;
  readonly save: () => void;
  readonly cancel: () => void;
}

/** Ctrl Enter (or ⌘ Enter) saves and Esc leaves, from whichever field one is in. */
export function useEditingKeys(editing: Editing): void {
  const latest = useRef(editing);
  useEffect(() => {
    latest.current = editing;
  });

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const { active, save, cancel } = latest.current;
      if (!active || event.isComposing || document.querySelector('[role="dialog"]') !== null) return;
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        save();
      } else if (event.key === 'Escape') {
        event.preventDefault();
        cancel();
      }
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
