import { TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { planRelease } from '../api/release.js';
import { announce } from '../ui/announce.js';
import { isoTime, localTime, ownZone } from '../ui/time.js';
import { useWrite } from '../ui/useWrite.js';
import { DialogForm } from './DialogForm.js';

/** Sets the time at which everybody's marks go out. */
export function PlanForm({ exam, at, onDone }: { exam: string; at: string | null; onDone: () => void }) {
  const queryClient = useQueryClient();
  const [time, setTime] = useState(localTime(at));
  const saving = useWrite({
    mutationFn: () => planRelease(exam, { at: isoTime(time) ?? '', zone: ownZone() }),
    onSuccess: async () => {
      announce('The release is planned');
      await queryClient.invalidateQueries({ queryKey: ['exam', exam] });
      onDone();
    },
  });
  return (
    <DialogForm
      write={saving}
      onSubmit={() => saving.mutate()}
      action="Plan the release"
      failed="Nothing was planned"
      leave="Close"
      onLeave={onDone}
    >
      <TextInput
        type="datetime-local"
        label="Release all marks at"
        description={`In your zone, ${ownZone()}. Students are told this time, and nothing of what may be in the way.`}
        required
        data-autofocus
        value={time}
        onChange={({ currentTarget }) => setTime(currentTarget.value)}
      />
      <p>If a paper is not ready then, nobody’s marks go out until it is: mark it, or withhold its result.</p>
    </DialogForm>
  );
}
