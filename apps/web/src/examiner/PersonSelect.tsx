import { Select } from '@mantine/core';
import { useState } from 'react';
import classes from './people.module.css';
import { foundAmong, type Choice } from './personChoices.js';

interface PersonSelectProps {
  /** Unless `called`, which is read out and not shown. */
  label?: string;
  called?: string;
  description?: string;
  size?: 'xs' | 'sm';
  /** Empty while nobody is chosen. */
  value: string;
  choices: readonly Choice[];
  onChange: (value: string) => void;
  required?: boolean;
  error?: string | undefined;
  /** Whether it has the focus when its dialog opens. */
  first?: boolean;
}

/** One of however many people, found by typing a part of name, number or address. */
export function PersonSelect({
  label,
  called,
  description,
  size = 'sm',
  value,
  choices,
  onChange,
  required = false,
  error,
  first = false,
}: PersonSelectProps) {
  // A table may have thousands of these: none looks through everybody before it is used.
  const [used, setUsed] = useState(false);
  const given = used ? choices : choices.filter((choice) => choice.value === value);
  return (
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
      selectFirstOptionOnChange
      nothingFoundMessage="Nobody is called that here"
      required={required}
      error={error}
      data-autofocus={first || undefined}
      value={value === '' && !given.some((choice) => choice.value === '') ? null : value}
      onChange={(chosen) => onChange(chosen ?? '')}
      onFocus={({ currentTarget }) => {
        setUsed(true);
        // What is typed next takes its place.
        currentTarget.select();
      }}
      data={given}
      filter={({ search }) => foundAmong(given, search)}
    />
  );
}
