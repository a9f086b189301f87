import { useRef, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';

interface FormInPlace {
  readonly isOpen: boolean;
  /** Of the button in whose place the form stands. */
  readonly opener: RefObject<HTMLButtonElement | null>;
  open(): void;
  close(): void;
}

/**
 * A form in the place of the button that opens it. Cancelled or done, the button has the focus again; where the button goes
 * with what was decided, the page leads on to what comes next.
 */
export function useFormInPlace(): FormInPlace {
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  return {
    isOpen,
    opener,
    open: () => setOpen(true),
    close: () => {
      if (!isOpen) return;
      flushSync(() => setOpen(false));
      opener.current?.focus();
    },
  };
}
