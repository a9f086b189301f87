import { TextInput } from '@mantine/core';
import classes from './findField.module.css';

interface FindFieldProps {
  label: string;
  words: string;
  onChange: (words: string) => void;
  /** How many were found, in words: said as it changes. */
  found: string;
}

/** Narrows the list below it while one types. */
export function FindField({ label, words, onChange, found }: FindFieldProps) {
  return (
    <div className={classes.tools}>
      <TextInput
        className={classes.search ?? ''}
        type="search"
        label={label}
        value={words}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
      <p aria-live="polite">{found}</p>
    </div>
  );
}
