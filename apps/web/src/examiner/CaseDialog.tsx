import { Modal } from '@mantine/core';
import { useState, type ReactNode } from 'react';

interface CaseDialogProps<Case> {
  /** What it is about; null while it is closed. */
  about: Case | null;
  title: (about: Case) => string;
  onClose: () => void;
  children: (about: Case) => ReactNode;
}

/** A dialog about one of several things: while it fades, it still shows what it was about, and takes nothing any more. */
export function CaseDialog<Case>({ about, title, onClose, children }: CaseDialogProps<Case>) {
  const [last, setLast] = useState(about);
  if (about !== null && about !== last) setLast(about);
  const shown = about ?? last;
  return (
    <Modal opened={about !== null} onClose={onClose} title={shown === null ? '' : title(shown)} size="lg">
      {shown !== null && <div inert={about === null}>{children(shown)}</div>}
    </Modal>
  );
}
