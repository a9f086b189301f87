import { useState } from 'react';
import { foundAmong, type Choice } from './personChoices.js';
import { PersonField, type PersonFieldProps } from './PersonField.js';

const NOBODY = { count: 0, choices: [] };

/** One of however many people, all of whom are there already. */
export function PersonSelect({ choices, ...rest }: PersonFieldProps & { choices: readonly Choice[] }) {
  // A table may have thousands of these: none looks through everybody before it is used.
  const [used, setUsed] = useState(false);
  const [typed, setTyped] = useState('');
  return (
    <PersonField
      {...rest}
      found={used ? foundAmong(choices, typed) : NOBODY}
      chosen={choices.find(({ value }) => value === rest.value)}
      onType={setTyped}
      onUse={() => setUsed(true)}
    />
  );
}
