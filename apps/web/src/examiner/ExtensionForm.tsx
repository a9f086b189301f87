import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { extend, people as peopleQuery } from '../api/schedule.js';
import { Problem } from '../ui/Notice.js';
import { isoTime, localTime, ownZone } from '../ui/time.js';
import { ReasonField } from './ReasonField.js';
import classes from './deadlines.module.css';

/** Gives one student a deadline of their own, or takes it back with an empty one. */
export function ExtensionForm({
  exam,
  deadline: everybodys,
  onDone,
}: {
  exam: string;
  /** The deadline that it is to be later than, if there is one. */
  deadline: string | null;
  onDone: () => void;
}) {
  const queryClient = useQueryClient();
  const people = useQuery(peopleQuery);
  const [student, setStudent] = useState('');
  const [deadline, setDeadline] = useState('');
  const [reason, setReason] = useState('');
  const saving = useMutation({
    mutationFn: () => extend(exam, student, { deadline: isoTime(deadline), reason }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['exam', exam] });
      onDone();
    },
  });
  const save = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  const students = (people.data ?? []).filter(({ role }) => role === 'student');
  return (
    <form className={classes.form} onSubmit={save}>
      {people.error !== null && <Problem error={people.error} what="The students could not be listed" />}
      <NativeSelect
        label="Student"
        required
        data-autofocus
        value={student}
        onChange={({ currentTarget }) => setStudent(currentTarget.value)}
        data={[
          { value: '', label: 'Choose …' },
          ...students.map(({ id, name, studentNumber, email }) => ({
            value: id,
            label: `${name} (${studentNumber ?? email})`,
          })),
        ]}
      />
      <TextInput
        type="datetime-local"
        label="Their deadline"
        description={`In your zone, ${ownZone()}. Empty takes an extension back.`}
        min={everybodys === null ? undefined : localTime(everybodys)}
        value={deadline}
        onChange={({ currentTarget }) => setDeadline(currentTarget.value)}
      />
      <ReasonField value={reason} onChange={setReason} />
      {saving.error !== null && <Problem error={saving.error} what="Nothing was changed" />}
      <div className={classes.formButtons}>
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
        <Button type="submit" loading={saving.isPending}>
          {deadline === '' ? 'Take the extension back' : 'Give the extension'}
        </Button>
      </div>
    </form>
  );
}
