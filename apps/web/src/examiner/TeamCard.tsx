import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { people as peopleQuery } from '../api/people.js';
import { dissolveTeam, nameMember, removeMember, team as teamQuery } from '../api/teams.js';
import type { NewTeamMember, Team } from '../api/types.js';
import { ROLE_NAMES } from '../shell/home.js';
import { announce } from '../ui/announce.js';
import { Problem } from '../ui/Notice.js';
import { Card } from '../ui/Page.js';
import { shortTime } from '../ui/time.js';
import { useWrite } from '../ui/useWrite.js';
import { CaseDialog } from './CaseDialog.js';
import { DialogForm } from './DialogForm.js';
import table from './examiner.module.css';
import classes from './people.module.css';

type Member = Team['members'][number];
type TeamRole = Member['role'];

const ROLES = (['marker', 'examiner'] as const).map((value) => ({ value, label: ROLE_NAMES[value] }));
const roleIn = (value: string): TeamRole => (value === 'examiner' ? 'examiner' : 'marker');

/** Who examines and marks the exam; and the ways to name somebody, give another role, and take somebody out. */
export function TeamCard({ exam }: { exam: string }) {
  const { data, error } = useQuery(teamQuery(exam));
  const [open, setOpen] = useState<'naming' | 'opening' | null>(null);
  const close = () => setOpen(null);
  const isOpen = data?.members.length === 0;
  return (
    <Card title="Team">
      {error !== null && <Problem error={error} what="The team could not be listed" />}
      {data !== undefined && (
        <p>
          {isOpen
            ? 'Open to all markers and examiners here. Name somebody, and it is kept to its team, with you as examiner.'
            : 'Nobody else sees this exam, but the students who take it.'}
        </p>
      )}
      {data !== undefined && !isOpen && (
        <ul className={classes.conflicts} aria-label="Team">
          {data.members.map((member) => (
            <MemberRow key={member.id} exam={exam} member={member} />
          ))}
        </ul>
      )}
      <div className={classes.buttons}>
        <Button size="xs" variant="default" onClick={() => setOpen('naming')}>
          Name somebody …
        </Button>
        {data !== undefined && !isOpen && (
          <Button size="xs" variant="default" onClick={() => setOpen('opening')}>
            Open to everybody …
          </Button>
        )}
      </div>
      <CaseDialog
        about={open}
        onClose={close}
        title={(about) => (about === 'opening' ? 'Open the exam to everybody' : 'Name somebody to the team')}
      >
        {(about) =>
          about === 'naming' ? (
            <NameForm exam={exam} onDone={close} />
          ) : (
            <OpenForm exam={exam} onDone={close} />
          )
        }
      </CaseDialog>
    </Card>
  );
}

/** What has changed of the team may change all that is seen of the exam. */
function useTeamChange<Asked>(
  exam: string,
  change: (asked: Asked) => Promise<Team>,
  says: (asked: Asked) => string,
) {
  const queryClient = useQueryClient();
  return useWrite({
    mutationFn: change,
    onSuccess: async (now, asked) => {
      announce(says(asked));
      queryClient.setQueryData(teamQuery(exam).queryKey, now);
      await queryClient.invalidateQueries({ queryKey: ['exams'] });
    },
  });
}

function MemberRow({
  exam,
  member: { id, name, email, role, by, at, yours },
}: {
  exam: string;
  member: Member;
}) {
  const changing = useTeamChange(
    exam,
    (next: TeamRole) => nameMember(exam, { email, role: next }),
    (next) => `${name} is ${next} of this exam now`,
  );
  const removing = useTeamChange(
    exam,
    () => removeMember(exam, id),
    () => `${name} is no longer of the team`,
  );
  const error = changing.error ?? removing.error;
  return (
    <li>
      <span>
        <strong>{name}</strong>
        {yours && ' (you)'}
        <span className={table.under}>
          {email}
          {by === null ? '' : `, named by ${by}`}, {shortTime(at)}
        </span>
        {error !== null && <Problem error={error} what="The team was not changed" />}
      </span>
      <span className={classes.buttons}>
        <NativeSelect
          size="xs"
          aria-label={`Role of ${name} in this exam`}
          value={role}
          disabled={changing.isPending}
          onChange={({ currentTarget }) => {
            removing.reset();
            changing.mutate(roleIn(currentTarget.value));
          }}
          data={ROLES}
        />
        <Button
          size="xs"
          variant="default"
          aria-label={`Remove ${name} from the team`}
          loading={removing.isPending}
          onClick={() => {
            changing.reset();
            removing.mutate(undefined);
          }}
        >
          Remove
        </Button>
      </span>
    </li>
  );
}

function NameForm({ exam, onDone }: { exam: string; onDone: () => void }) {
  const { data: everybody = [] } = useQuery(peopleQuery);
  const [member, setMember] = useState<NewTeamMember>({ email: '', role: 'marker' });
  const naming = useTeamChange(
    exam,
    () => nameMember(exam, { ...member, email: member.email.trim() }),
    () => `${member.email} is ${member.role} of this exam now`,
  );
  return (
    <DialogForm
      write={naming}
      onSubmit={() => naming.mutate(undefined, { onSuccess: onDone })}
      action="Name to the team"
      failed="Nobody was named"
      onLeave={onDone}
    >
      <div className={classes.two}>
        <TextInput
          label="Name or email"
          description="Of somebody with an account; students may mark exams that they do not take"
          type="email"
          required
          maxLength={254}
          autoComplete="off"
          list="people-who-mark"
          data-autofocus
          value={member.email}
          onChange={({ currentTarget }) => setMember({ ...member, email: currentTarget.value })}
        />
        <NativeSelect
          label="Role"
          description="Examiners also release, export and name the team"
          value={member.role}
          onChange={({ currentTarget }) => setMember({ ...member, role: roleIn(currentTarget.value) })}
          data={ROLES}
        />
      </div>
      {/* Typing a name finds the address. */}
      <datalist id="people-who-mark">
        {everybody
          .filter(({ role }) => role !== 'student')
          .map(({ id, name, email }) => (
            <option key={id} value={email}>
              {name}
            </option>
          ))}
      </datalist>
    </DialogForm>
  );
}

function OpenForm({ exam, onDone }: { exam: string; onDone: () => void }) {
  const opening = useTeamChange(
    exam,
    () => dissolveTeam(exam),
    () => 'Everybody who marks here may mark this exam now',
  );
  return (
    <div className={table.dialog}>
      <p>
        All markers and examiners of this server see the exam and mark it then. The team is gone; who was of
        it stays in the trail.
      </p>
      {opening.error !== null && <Problem error={opening.error} what="The exam is still kept to its team" />}
      <div className={table.dialogButtons}>
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
        <Button loading={opening.isPending} onClick={() => opening.mutate(undefined, { onSuccess: onDone })}>
          Open to everybody
        </Button>
      </div>
    </div>
  );
}
