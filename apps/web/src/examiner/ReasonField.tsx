import { TextInput } from '@mantine/core';

interface ReasonFieldProps {
  /** What becomes of it. */
  kept?: string;
  longest?: number;
  value: string;
  onChange: (reason: string) => void;
}

/** Why an examiner does something, for one student if nothing else is said: asked for, and kept. */
export function ReasonField({
  kept = 'Kept with your name; the student does not see it',
  longest = 1000,
  value,
  onChange,
}: ReasonFieldProps) {
  return (
    <TextInput
      label="Reason"
      description={kept}
      required
      maxLength={longest}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
