import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { conflicts as conflictsQuery, declareConflict, withdrawConflict } from '../api/conflicts.js';
import type { Conflict, Person } from '../api/types.js';
import { announce } from '../ui/announce.js';
import { Problem } from '../ui/Notice.js';
import { Card } from '../ui/Page.js';
import { shortTime } from '../ui/time.js';
import { useWrite } from '../ui/useWrite.js';
import { CaseDialog } from './CaseDialog.js';
import { DialogForm } from './DialogForm.js';
import { ReasonField } from './ReasonField.js';
import { choiceOf } from './personChoices.js';
import { PersonSelect } from './PersonSelect.js';
import table from './examiner.module.css';
import classes from './people.module.css';

type Open = { kind: 'declaring' } | { kind: 'withdrawing'; conflict: Conflict };

/** Who must not mark whom, in every exam; and the ways to say so or take it back. */
export function ConflictsCard({ people }: { people: readonly Person[] }) {
  const { data, error } = useQuery(conflictsQuery);
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  return (
    <Card title="Conflicts of interest" className={classes.after ?? ''}>
      <p>Who must not mark whom. The marker is shown nothing of that student, in any exam.</p>
      {error !== null && <Problem error={error} what="The conflicts of interest could not be listed" />}
      {data !== undefined && data.length > 0 && (
        <ul className={classes.conflicts} aria-label="Conflicts of interest">
          {data.map((conflict) => (
            <li key={conflict.id}>
              <span>
                <strong>{conflict.marker.name}</strong> must not mark <strong>{conflict.student.name}</strong>
                <span className={table.under}>
                  {conflict.reason} ({conflict.by}, {shortTime(conflict.at)})
                </span>
              </span>
              <Button
                size="xs"
                variant="default"
                aria-label={`Withdraw: ${conflict.marker.name} must not mark ${conflict.student.name} …`}
                onClick={() => setOpen({ kind: 'withdrawing', conflict })}
              >
                Withdraw …
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Button size="xs" variant="default" onClick={() => setOpen({ kind: 'declaring' })}>
        Declare a conflict …
      </Button>
      <CaseDialog
        about={open}
        onClose={close}
        title={({ kind }) =>
          kind === 'withdrawing' ? 'Withdraw a conflict of interest' : 'Declare a conflict of interest'
        }
      >
        {(about) =>
          about.kind === 'declaring' ? (
            <DeclareForm people={people} onDone={close} />
          ) : (
            <WithdrawForm conflict={about.conflict} onDone={close} />
          )
        }
      </CaseDialog>
    </Card>
  );
}

/** What becomes of the reason. */
const KEPT = { kept: 'Kept in the trail; only examiners see it', longest: 500 };

function DeclareForm({ people, onDone }: { people: readonly Person[]; onDone: () => void }) {
  const queryClient = useQueryClient();
  const [marker, setMarker] = useState('');
  const [student, setStudent] = useState('');
  const [reason, setReason] = useState('');
  const declaring = useWrite({
    mutationFn: () => declareConflict({ marker, student, reason }),
    onSuccess: async (made) => {
      announce(`${made.marker.name} is shown nothing of ${made.student.name} from now on`);
      await queryClient.invalidateQueries();
      onDone();
    },
  });
  return (
    <DialogForm
      write={declaring}
      onSubmit={() => declaring.mutate()}
      action="Declare"
      failed="Nothing was declared"
      onLeave={onDone}
    >
      <PersonSelect
        first
        label="Who must not mark"
        required
        value={marker}
        onChange={setMarker}
        choices={people.filter(({ role }) => role !== 'student').map(choiceOf)}
      />
      <PersonSelect
        label="Whose work"
        required
        value={student}
        onChange={setStudent}
        choices={people.filter(({ role }) => role === 'student').map(choiceOf)}
      />
      <ReasonField {...KEPT} value={reason} onChange={setReason} />
    </DialogForm>
  );
}

function WithdrawForm({ conflict, onDone }: { conflict: Conflict; onDone: () => void }) {
  const queryClient = useQueryClient();
  const [reason, setReason] = useState('');
  const withdrawing = useWrite({
    mutationFn: () => withdrawConflict(conflict.id, reason),
    onSuccess: async () => {
      announce(`${conflict.marker.name} may mark ${conflict.student.name} again`);
      await queryClient.invalidateQueries();
      onDone();
    },
  });
  return (
    <DialogForm
      write={withdrawing}
      onSubmit={() => withdrawing.mutate()}
      action="Withdraw"
      failed="Nothing was withdrawn"
      onLeave={onDone}
    >
      <p>
        {conflict.marker.name} may then mark {conflict.student.name} again. That it was declared stays in the
        trail.
      </p>
      <ReasonField {...KEPT} value={reason} onChange={setReason} />
    </DialogForm>
  );
}
