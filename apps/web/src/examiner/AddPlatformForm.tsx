import { Button, Checkbox, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { addPlatform } from '../api/learning-platforms.js';
import type { NewLearningPlatform } from '../api/types.js';
import { announce } from '../ui/announce.js';
import { Problem } from '../ui/Notice.js';
import { useWrite } from '../ui/useWrite.js';
import table from './examiner.module.css';
import classes from './people.module.css';

type Line = Exclude<keyof NewLearningPlatform, 'trustsEmail'>;

const LINES: readonly { readonly name: Line; readonly label: string; readonly type: 'text' | 'url' }[] = [
  { name: 'name', label: 'Name, as people call it', type: 'text' },
  { name: 'issuer', label: 'Issuer (platform id)', type: 'text' },
  { name: 'clientId', label: 'Client id', type: 'text' },
  { name: 'authorizationUrl', label: 'Authentication request URL', type: 'url' },
  { name: 'tokenUrl', label: 'Access token URL', type: 'url' },
  { name: 'keysUrl', label: 'Public keyset URL', type: 'url' },
];

const EMPTY: NewLearningPlatform = {
  name: '',
  issuer: '',
  clientId: '',
  authorizationUrl: '',
  tokenUrl: '',
  keysUrl: '',
  trustsEmail: false,
};

/** What the platform's administrator has told of it, under the names that Moodle gives them. */
export function AddPlatformForm({ onDone }: { onDone: () => void }) {
  const queryClient = useQueryClient();
  const [platform, setPlatform] = useState(EMPTY);
  const adding = useWrite({
    mutationFn: addPlatform,
    onSuccess: async ({ name }) => {
      announce(`People can come from ${name} now`);
      await queryClient.invalidateQueries({ queryKey: ['learning-platforms'] });
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    adding.mutate(platform);
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      {LINES.map(({ name, label, type }, at) => (
        <TextInput
          key={name}
          label={label}
          type={type}
          required
          maxLength={2000}
          {...(at === 0 && { 'data-autofocus': true })}
          value={platform[name]}
          onChange={({ currentTarget }) => setPlatform({ ...platform, [name]: currentTarget.value })}
        />
      ))}
      <Checkbox
        label="Find accounts of students by the e-mail address it tells"
        description="Only where students cannot change their address there: it would let them into another's account"
        checked={platform.trustsEmail}
        onChange={({ currentTarget }) => setPlatform({ ...platform, trustsEmail: currentTarget.checked })}
      />
      {adding.error !== null && <Problem error={adding.error} what="The platform was not added" />}
      <div className={table.dialogButtons}>
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
        <Button type="submit" loading={adding.isPending}>
          Add the platform
        </Button>
      </div>
    </form>
  );
}
