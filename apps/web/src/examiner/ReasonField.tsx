import { TextInput } from '@mantine/core';

/** Why an examiner does something for one student: asked for, and kept. */
export function ReasonField({ value, onChange }: { value: string; onChange: (reason: string) => void }) {
  return (
    <TextInput
      label="Reason"
      description="Kept with your name; the student does not see it"
      required
      maxLength={1000}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
