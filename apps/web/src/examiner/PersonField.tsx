import { Select, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { foundInWords, NOBODY, withMore, type Choice, type Found } from './personChoices.js';
import classes from './people.module.css';

export interface PersonFieldProps {
  /** Unless `called`, which is read out and not shown. */
  label?: string;
  called?: string;
  description?: string;
  size?: 'xs' | 'sm';
  /** Empty while nobody is chosen. */
  value: string;
  onChange: (value: string) => void;
  required?: boolean;
  error?: string | undefined;
  /** Whether it has the focus when its dialog opens. */
  first?: boolean;
}

interface FindingProps extends PersonFieldProps {
  found: Found;
  /** Whether what is found is of what is typed, and no longer looked for. */
  settled?: boolean;
  /** Who is chosen, if they are known. */
  chosen?: Choice | undefined;
  onType: (typed: string) => void;
  onUse?: () => void;
}

const READ_OUT_AFTER_MS = 400;

/** A field in which one person is found by typing a part of name, number or address; how many are, and the first, is read out. */
export function PersonField({
  label,
  called,
  description,
  size = 'sm',
  value,
  onChange,
  required = false,
  error,
  first = false,
  found,
  settled = true,
  chosen,
  onType,
  onUse,
}: FindingProps) {
  const [used, setUsed] = useState(false);
  const [typed, setTyped] = useState('');
  const says = settled && typed.trim() !== '' ? foundInWords(found) : '';
  const [said] = useDebouncedValue(says, READ_OUT_AFTER_MS);
  const isFound = found.choices.some((choice) => choice.value === value);
  const data = chosen === undefined || isFound ? found.choices : [chosen, ...found.choices];
  return (
    <>
      <Select
        label={label}
        aria-label={called}
        description={description}
        size={size}
        placeholder="Type a part of the name"
        classNames={{ option: classes.found ?? '' }}
        searchable
        allowDeselect={false}
        openOnFocus={false}
        // Turned on anew when what was looked for is there: Enter takes the first.
        selectFirstOptionOnChange={settled}
        nothingFoundMessage={settled ? NOBODY : 'Looking …'}
        required={required}
        error={error}
        data-autofocus={first || undefined}
        value={value === '' && !data.some((choice) => choice.value === '') ? null : value}
        onChange={(taken) => onChange(taken ?? '')}
        onSearchChange={(text) => {
          // The name that was taken is no search for it.
          const search = text === chosen?.label ? '' : text;
          setTyped(search);
          onType(search);
        }}
        onFocus={({ currentTarget }) => {
          setUsed(true);
          onUse?.();
          // What is typed next takes its place.
          currentTarget.select();
        }}
        data={data}
        filter={() => withMore(found)}
      />
      {used && <VisuallyHidden component="output">{said}</VisuallyHidden>}
    </>
  );
}
