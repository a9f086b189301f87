import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { withhold } from '../api/release.js';
import type { ReleasePlan, SubmissionSummary } from '../api/types.js';
import { announce } from '../ui/announce.js';
import { useWrite } from '../ui/useWrite.js';
import { DialogForm } from './DialogForm.js';
import { choiceOf } from './personChoices.js';
import { PersonSelect } from './PersonSelect.js';
import { ReasonField } from './ReasonField.js';

interface WithholdFormProps {
  exam: string;
  submissions: readonly SubmissionSummary[];
  withheld: ReleasePlan['withheld'];
  /** Whose result is let go; null to choose one to withhold. */
  student: ReleasePlan['withheld'][number]['student'] | null;
  onDone: () => void;
}

/** Keeps one student's result back, or lets it go, with the reason. */
export function WithholdForm({ exam, submissions, withheld, student, onDone }: WithholdFormProps) {
  const queryClient = useQueryClient();
  const [chosen, setChosen] = useState('');
  const [reason, setReason] = useState('');
  const letsGo = student !== null;
  const saving = useWrite({
    mutationFn: () => withhold(exam, student?.id ?? chosen, { withheld: !letsGo, reason }),
    onSuccess: async () => {
      announce(letsGo ? 'The result is let go' : 'The result is withheld');
      await queryClient.invalidateQueries({ queryKey: ['exam', exam] });
      onDone();
    },
  });
  const back = new Set(withheld.map((each) => each.student.id));
  const students = new Map(
    submissions.flatMap(({ student: each }) =>
      each === undefined || back.has(each.id) ? [] : [[each.id, each]],
    ),
  );
  return (
    <DialogForm
      write={saving}
      onSubmit={() => saving.mutate()}
      action={letsGo ? 'Let the result go' : 'Withhold the result'}
      failed="Nothing was changed"
      leave="Close"
      onLeave={onDone}
    >
      {student !== null ? (
        <p>
          The result of <strong>{student.name}</strong> goes out with the next release, by hand or as planned.
        </p>
      ) : (
        <PersonSelect
          label="Student"
          description="No release shows them their marks until you let the result go. Marks they see already are hidden again."
          required
          first
          value={chosen}
          onChange={setChosen}
          choices={[...students.values()].map(choiceOf)}
        />
      )}
      <ReasonField value={reason} onChange={setReason} />
    </DialogForm>
  );
}
