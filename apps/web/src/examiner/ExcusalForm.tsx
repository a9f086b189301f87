import { NativeSelect } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { excuse } from '../api/excusals.js';
import { exam as examQuery } from '../api/exams.js';
import type { Excusal } from '../api/types.js';
import { announce } from '../ui/announce.js';
import { useWrite } from '../ui/useWrite.js';
import { DialogForm } from './DialogForm.js';
import { ExamStudentSelect } from './ExamStudentSelect.js';
import { ReasonField } from './ReasonField.js';

interface ExcusalFormProps {
  exam: string;
  /** The one that is taken back; null to excuse somebody. */
  excusal: Excusal | null;
  onDone: () => void;
}

/** Excuses a student from the exam or from one part, or takes that back, with the reason. */
export function ExcusalForm({ exam, excusal, onDone }: ExcusalFormProps) {
  const queryClient = useQueryClient();
  const paper = useQuery(examQuery(exam));
  const [chosen, setChosen] = useState('');
  const [part, setPart] = useState('');
  const [reason, setReason] = useState('');
  const saving = useWrite({
    mutationFn: () =>
      excusal === null
        ? excuse(exam, chosen, { part: part === '' ? null : part, excused: true, reason })
        : excuse(exam, excusal.student.id, { part: excusal.part, excused: false, reason }),
    onSuccess: async () => {
      announce(excusal === null ? 'The student is excused' : 'The excusal is taken back');
      await queryClient.invalidateQueries({ queryKey: ['exam', exam] });
      onDone();
    },
  });
  const parts = paper.data?.parts ?? [];
  return (
    <DialogForm
      write={saving}
      onSubmit={() => saving.mutate()}
      action={excusal === null ? 'Excuse' : 'Take back'}
      failed="Nothing was changed"
      leave="Close"
      onLeave={onDone}
    >
      {excusal === null ? (
        <>
          <ExamStudentSelect exam={exam} label="Student" required first value={chosen} onChange={setChosen} />
          <NativeSelect
            label="From"
            description="What is excused counts neither to the total nor to what that is out of. Marks it has are kept, and count again if you take this back."
            value={part}
            onChange={({ currentTarget }) => setPart(currentTarget.value)}
            data={[
              { value: '', label: 'The whole exam' },
              ...parts.map(({ key, title }) => ({
                value: key,
                label: title === '' ? key : `${key}: ${title}`,
              })),
            ]}
          />
        </>
      ) : (
        <p>
          What <strong>{excusal.student.name}</strong> was excused from counts again, with the marks it has.
        </p>
      )}
      <ReasonField value={reason} onChange={setReason} />
    </DialogForm>
  );
}
