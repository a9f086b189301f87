import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { tooLong } from '../text/lengths.js';
import { inDecimals, wrongIfGiven } from '../text/marks.js';
import classes from './groups.module.css';

interface GroupMarksFormProps {
  available: string;
  /** What stands in the field at first. */
  marks: string;
  /** How many get them. */
  of: number;
  busy: boolean;
  onGive: (marks: string, reason: string) => void;
  onCancel: () => void;
}

/** Marks for several answers at once, and the reason that their students read. */
export function GroupMarksForm({ available, marks, of, busy, onGive, onCancel }: GroupMarksFormProps) {
  const [written, setWritten] = useState(marks);
  const field = useRef<HTMLInputElement>(null);
  // It takes the place of the button that opened it; what is typed takes that of what was proposed.
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const [reason, setReason] = useState('');
  const given = inDecimals(written);
  const wrong = wrongIfGiven(written, available);
  const long = tooLong(reason, 'reason');
  const sound = of > 0 && given !== '' && wrong === null && reason.trim() !== '' && long === null;
  return (
    <form
      className={classes.change}
      onSubmit={(event) => {
        event.preventDefault();
        if (sound) onGive(given, reason.trim());
      }}
    >
      <TextInput
        label={`Marks, of ${available}`}
        inputMode="decimal"
        ref={field}
        value={written}
        error={wrong}
        onChange={(event) => setWritten(event.currentTarget.value)}
        className={classes.marks}
      />
      <TextInput
        label="Reason"
        placeholder="The students read it"
        value={reason}
        error={long}
        onChange={(event) => setReason(event.currentTarget.value)}
        className={classes.reason}
      />
      <Button type="submit" loading={busy} disabled={!sound}>
        Give to {of}
      </Button>
      <Button variant="subtle" color="gray" onClick={onCancel}>
        Cancel
      </Button>
    </form>
  );
}
