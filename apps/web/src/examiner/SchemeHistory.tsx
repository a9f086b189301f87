import { Button, Modal, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { undoScheme } from '../api/scheme-changes.js';
import type { SchemeChange } from '../api/types.js';
import { announce } from '../ui/announce.js';
import { Card, focusHeading } from '../ui/Page.js';
import { count, shortTime } from '../ui/time.js';
import { useWrite } from '../ui/useWrite.js';
import { DialogForm } from './DialogForm.js';
import examinerClasses from './examiner.module.css';
import classes from './scheme.module.css';

/** Every change there was, newest first; the latest can be undone, as a change of its own. */
export function SchemeHistory({ exam, changes }: { exam: string; changes: readonly SchemeChange[] }) {
  const [undoing, undo] = useState<SchemeChange | null>(null);
  const [latest] = changes;
  const byId = new Map(changes.map((change) => [change.id, change]));
  return (
    <Card title="Changes so far">
      <ol className={classes.history}>
        {changes.map((change) => (
          <li key={change.id}>
            <div>
              <p>
                <strong>{titleOf(change, byId)}</strong> by {change.by}
                <time dateTime={change.at}>{shortTime(change.at)}</time>
              </p>
              <p className={classes.why}>{change.why}</p>
              <p className={examinerClasses.under}>
                {count(change.submissions, 'submission')}
                {change.marks > 0 && `, ${count(change.marks, 'mark')} set on top of confirmed ones`}
                {change.undoneBy !== null && ' · undone'}
              </p>
            </div>
            {change === latest && change.kind === 'applied' && (
              <Button variant="default" onClick={() => undo(change)}>
                Undo
              </Button>
            )}
          </li>
        ))}
      </ol>
      {undoing !== null && <UndoDialog exam={exam} change={undoing} onClose={() => undo(null)} />}
    </Card>
  );
}

function titleOf({ number, undoes }: SchemeChange, byId: ReadonlyMap<string, SchemeChange>): string {
  return undoes === null ? `Change ${number}` : `Change ${byId.get(undoes)?.number ?? ''} undone`;
}

function UndoDialog({ exam, change, onClose }: { exam: string; change: SchemeChange; onClose: () => void }) {
  const queryClient = useQueryClient();
  const [why, setWhy] = useState('');
  const undoing = useWrite({
    mutationFn: () => undoScheme(exam, change.id, why.trim()),
    onSuccess: async () => {
      announce(`Change ${change.number} is undone`);
      onClose();
      await queryClient.invalidateQueries({ queryKey: ['exam', exam] });
      await queryClient.invalidateQueries({ queryKey: ['queue', exam] });
      focusHeading();
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Undo change ${change.number}`} size="lg">
      <DialogForm
        write={undoing}
        onSubmit={() => undoing.mutate()}
        action="Undo the change"
        ready={why.trim() !== ''}
        failed="Nothing was undone"
        onLeave={onClose}
      >
        <p>
          Everything handed in is marked as it was before the change. What people have decided since stays.
          The undoing is recorded as a change of its own.
        </p>
        <Textarea
          label="Why"
          required
          data-autofocus
          autosize
          minRows={2}
          value={why}
          onChange={(event) => setWhy(event.currentTarget.value)}
        />
      </DialogForm>
    </Modal>
  );
}
