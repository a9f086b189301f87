import { Button } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { Problem } from '../ui/Notice.js';
import classes from './examiner.module.css';

interface DialogFormProps {
  /** What its button sends. */
  write: { readonly isPending: boolean; readonly error: Error | null };
  onSubmit: () => void;
  /** On the button that sends. */
  action: string;
  /** That button's colour where what it does cannot be undone. */
  color?: 'red';
  /** Whether there is something that can be sent. */
  ready?: boolean;
  /** Said with what went wrong. */
  failed: string;
  /** On the button that leaves everything as it is. */
  leave?: string;
  onLeave: () => void;
  children: ReactNode;
}

/** What is filled in to have one thing done, with what went wrong above its two buttons. */
export function DialogForm({
  write,
  onSubmit,
  action,
  color,
  ready = true,
  failed,
  leave = 'Cancel',
  onLeave,
  children,
}: DialogFormProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) onSubmit();
  };
  return (
    <form className={classes.dialog} onSubmit={submit}>
      {children}
      {write.error !== null && <Problem error={write.error} what={failed} />}
      <div className={classes.dialogButtons}>
        <Button variant="default" onClick={onLeave}>
          {leave}
        </Button>
        <Button type="submit" color={color} loading={write.isPending} disabled={!ready}>
          {action}
        </Button>
      </div>
    </form>
  );
}
