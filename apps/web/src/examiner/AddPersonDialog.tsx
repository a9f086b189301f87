import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addPerson } from '../api/people.js';
import type { AddedPerson, NewPerson } from '../api/types.js';
import { ROLE_NAMES } from '../shell/home.js';
import { Notice } from '../ui/Notice.js';
import { useWrite } from '../ui/useWrite.js';
import { DialogForm } from './DialogForm.js';
import table from './examiner.module.css';
import classes from './people.module.css';

const NOBODY: NewPerson = { name: '', email: '', role: 'student' };

/** Makes an account; its password is made up and shown this once. */
export function AddPersonDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const queryClient = useQueryClient();
  const [person, setPerson] = useState(NOBODY);
  const adding = useWrite({
    mutationFn: addPerson,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['people'] }),
  });
  const close = () => {
    // Its password would never be seen.
    if (adding.isPending) return;
    onClose();
    adding.reset();
    setPerson(NOBODY);
  };
  return (
    <Modal opened={opened} onClose={close} title="Add somebody" size="lg">
      {adding.data === undefined ? (
        <Form
          person={person}
          onChange={setPerson}
          onSubmit={() => adding.mutate(person)}
          pending={adding.isPending}
          error={adding.error}
          onClose={close}
        />
      ) : (
        <Added person={adding.data} onClose={close} />
      )}
    </Modal>
  );
}

interface FormProps {
  person: NewPerson;
  onChange: (person: NewPerson) => void;
  onSubmit: () => void;
  pending: boolean;
  error: Error | null;
  onClose: () => void;
}

function Form({ person, onChange, onSubmit, pending, error, onClose }: FormProps) {
  const number = (written: string) => {
    const { studentNumber: _before, ...rest } = person;
    onChange(written === '' ? rest : { ...rest, studentNumber: written });
  };
  return (
    <DialogForm
      write={{ isPending: pending, error }}
      onSubmit={onSubmit}
      action="Make the account"
      failed="No account was made"
      onLeave={onClose}
    >
      <div className={classes.two}>
        <TextInput
          label="Name"
          required
          maxLength={200}
          data-autofocus
          value={person.name}
          onChange={({ currentTarget }) => onChange({ ...person, name: currentTarget.value })}
        />
        <TextInput
          label="Email"
          type="email"
          required
          maxLength={254}
          value={person.email}
          onChange={({ currentTarget }) => onChange({ ...person, email: currentTarget.value })}
        />
        <NativeSelect
          label="Role"
          value={person.role}
          onChange={({ currentTarget: { value } }) => {
            const role = (['student', 'marker', 'examiner'] as const).find((each) => each === value);
            if (role !== undefined) onChange({ ...person, role });
          }}
          data={Object.entries(ROLE_NAMES).map(([value, label]) => ({ value, label }))}
        />
        <TextInput
          label="Student number"
          description="Printed in grade reports; empty where there is none"
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          maxLength={64}
          value={person.studentNumber ?? ''}
          onChange={({ currentTarget }) => number(currentTarget.value)}
        />
      </div>
    </DialogForm>
  );
}

function Added({ person, onClose }: { person: AddedPerson; onClose: () => void }) {
  return (
    <div className={table.dialog}>
      <Notice tone="final" icon="tick" title={`${person.name} has an account`} live="polite">
        <p>Hand over this password in person or by a safe way. It is not shown again.</p>
        <p className={classes.once}>{person.password}</p>
      </Notice>
      <div className={table.dialogButtons}>
        <Button onClick={onClose} data-autofocus>
          Done
        </Button>
      </div>
    </div>
  );
}
