import { TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { erasePerson } from '../api/people.js';
import type { Person } from '../api/types.js';
import { announce } from '../ui/announce.js';
import { Notice } from '../ui/Notice.js';
import { count } from '../ui/time.js';
import { useWrite } from '../ui/useWrite.js';
import { CaseDialog } from './CaseDialog.js';
import { DialogForm } from './DialogForm.js';
import { ReasonField } from './ReasonField.js';

/** Erasing cannot be undone: it says what goes and what stays, and wants the address typed. */
export function ErasePersonDialog({ person, onClose }: { person: Person | null; onClose: () => void }) {
  return (
    <CaseDialog about={person} onClose={onClose} title={() => 'Erase a person'}>
      {(about) => <Form key={about.id} person={about} onClose={onClose} />}
    </CaseDialog>
  );
}

function Form({ person, onClose }: { person: Person; onClose: () => void }) {
  const queryClient = useQueryClient();
  const [email, setEmail] = useState('');
  const [why, setWhy] = useState('');
  const erasing = useWrite({
    mutationFn: () => erasePerson(person.id, { email, why }),
    onSuccess: async ({ submissions }) => {
      announce(`Erased, with ${count(submissions, 'submission')}`);
      await queryClient.invalidateQueries();
      onClose();
    },
  });
  return (
    <DialogForm
      write={erasing}
      onSubmit={() => erasing.mutate()}
      action="Erase for good"
      color="red"
      ready={email.trim().toLowerCase() === person.email}
      failed="Nothing was erased"
      leave="Keep"
      onLeave={onClose}
    >
      <Notice tone="fault" icon="fault" title="This cannot be undone">
        The name, address and number of {person.name} go, and every document and text handed in. Marks,
        receipts and the trail of who did what stay, without a name. Nobody signs in to the account again.
      </Notice>
      <TextInput
        label={`Type the address of the account, ${person.email}`}
        required
        autoComplete="off"
        data-autofocus
        value={email}
        onChange={({ currentTarget }) => setEmail(currentTarget.value)}
      />
      <ReasonField kept="Kept in the trail; name nobody in it" longest={500} value={why} onChange={setWhy} />
    </DialogForm>
  );
}
