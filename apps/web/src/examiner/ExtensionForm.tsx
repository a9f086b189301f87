import { TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { extend, people as peopleQuery } from '../api/schedule.js';
import type { Extension } from '../api/types.js';
import { announce } from '../ui/announce.js';
import { Problem } from '../ui/Notice.js';
import { isoTime, localTime, ownZone } from '../ui/time.js';
import { useWrite } from '../ui/useWrite.js';
import { DialogForm } from './DialogForm.js';
import { choiceOf } from './personChoices.js';
import { PersonSelect } from './PersonSelect.js';
import { ReasonField } from './ReasonField.js';

/** Gives one student a deadline of their own, or takes it back. */
export function ExtensionForm({
  exam,
  deadline: everybodys,
  taken,
  onDone,
}: {
  exam: string;
  /** Whose extension is taken back; null to give one. */
  taken: Extension['student'] | null;
  /** The deadline that it is to be later than, if there is one. */
  deadline: string | null;
  onDone: () => void;
}) {
  const queryClient = useQueryClient();
  const people = useQuery(peopleQuery);
  const [student, setStudent] = useState('');
  const [deadline, setDeadline] = useState('');
  const [reason, setReason] = useState('');
  const saving = useWrite({
    mutationFn: () =>
      taken === null
        ? extend(exam, student, { deadline: isoTime(deadline), reason })
        : extend(exam, taken.id, { deadline: null, reason }),
    onSuccess: async () => {
      announce(taken === null ? 'The extension is given' : 'The extension is taken back');
      await queryClient.invalidateQueries({ queryKey: ['exam', exam] });
      onDone();
    },
  });
  const students = (people.data ?? []).filter(({ role }) => role === 'student');
  return (
    <DialogForm
      write={saving}
      onSubmit={() => saving.mutate()}
      action={taken === null ? 'Give the extension' : 'Take the extension back'}
      failed="Nothing was changed"
      onLeave={onDone}
    >
      {taken !== null && (
        <p>
          The deadline of <strong>{taken.name}</strong> is everybody’s again. What was handed in since then
          may be late by it.
        </p>
      )}
      {taken === null && people.error !== null && (
        <Problem error={people.error} what="The students could not be listed" />
      )}
      {taken === null && (
        <>
          <PersonSelect
            label="Student"
            required
            first
            value={student}
            onChange={setStudent}
            choices={students.map(choiceOf)}
          />
          <TextInput
            type="datetime-local"
            label="Their deadline"
            description={`In your zone, ${ownZone()}`}
            required
            min={everybodys === null ? undefined : localTime(everybodys)}
            value={deadline}
            onChange={({ currentTarget }) => setDeadline(currentTarget.value)}
          />
        </>
      )}
      <ReasonField value={reason} onChange={setReason} />
    </DialogForm>
  );
}
