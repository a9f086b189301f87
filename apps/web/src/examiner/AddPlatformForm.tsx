import { Checkbox, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addPlatform } from '../api/learning-platforms.js';
import type { NewLearningPlatform } from '../api/types.js';
import { announce } from '../ui/announce.js';
import { useWrite } from '../ui/useWrite.js';
import { DialogForm } from './DialogForm.js';

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
  return (
    <DialogForm
      write={adding}
      onSubmit={() => adding.mutate(platform)}
      action="Add the platform"
      failed="The platform was not added"
      onLeave={onDone}
    >
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
    </DialogForm>
  );
}
