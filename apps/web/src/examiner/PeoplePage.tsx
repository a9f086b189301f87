import { Button, NativeSelect, VisuallyHidden } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { people as peopleQuery, setRole } from '../api/people.js';
import { me as meQuery } from '../api/session.js';
import type { Person, Role } from '../api/types.js';
import { ROLE_NAMES } from '../shell/home.js';
import { announce } from '../ui/announce.js';
import { FindField } from '../ui/FindField.js';
import { ButtonLink } from '../ui/links.js';
import { Empty, Problem } from '../ui/Notice.js';
import { Card, Page } from '../ui/Page.js';
import { count } from '../ui/time.js';
import { Waiting } from '../ui/Waiting.js';
import { useWrite } from '../ui/useWrite.js';
import { AddPersonDialog } from './AddPersonDialog.js';
import { ConflictsCard } from './ConflictsCard.js';
import { ErasePersonDialog } from './ErasePersonDialog.js';
import { PeopleImportDialog } from './PeopleImportDialog.js';
import table from './examiner.module.css';
import classes from './people.module.css';

/** Of a whole university, a list with a choice of roles in each row would make the page slow. */
const MOST_SHOWN = 300;

const ROLES: readonly Role[] = ['student', 'marker', 'examiner'];

/** Everybody with an account: who they are, what they may do, and the end of it. */
export function PeoplePage() {
  const { data, error, isPending, refetch } = useQuery(peopleQuery);
  const [words, setWords] = useState('');
  const [adding, setAdding] = useState(false);
  const [importing, setImporting] = useState(false);
  const [erasing, setErasing] = useState<Person | null>(null);
  const sought = useDeferredValue(words.trim().toLowerCase());
  const found = (data ?? []).filter(({ name, email, studentNumber }) =>
    [name, email, studentNumber ?? ''].some((each) => each.toLowerCase().includes(sought)),
  );
  return (
    <Page
      title="People"
      lead="Accounts, and what they may do here. Where an exam has a team, its team’s roles hold in that exam."
      actions={
        <>
          <ButtonLink variant="default" to="/learning-platforms">
            Learning platforms
          </ButtonLink>
          <Button variant="default" onClick={() => setImporting(true)}>
            Import
          </Button>
          <Button onClick={() => setAdding(true)}>Add somebody</Button>
        </>
      }
    >
      {isPending && <Waiting />}
      {error !== null && (
        <Problem error={error} what="The people could not be listed" retry={() => void refetch()} />
      )}
      {data !== undefined && (
        <>
          <FindField
            label="Find by name, address or number"
            words={words}
            onChange={setWords}
            found={count(found.length, 'account')}
          />
          {found.length === 0 ? (
            <Empty icon="sheet" title="Nobody is called that here" />
          ) : (
            <Card>
              <PeopleTable people={found.slice(0, MOST_SHOWN)} onErase={setErasing} />
              {found.length > MOST_SHOWN && (
                <p className={classes.before}>
                  And {found.length - MOST_SHOWN} more: find them by name, address or number.
                </p>
              )}
            </Card>
          )}
          <ConflictsCard people={data} />
        </>
      )}
      <AddPersonDialog opened={adding} onClose={() => setAdding(false)} />
      <PeopleImportDialog opened={importing} onClose={() => setImporting(false)} />
      <ErasePersonDialog person={erasing} onClose={() => setErasing(null)} />
    </Page>
  );
}

function PeopleTable({ people, onErase }: { people: readonly Person[]; onErase: (person: Person) => void }) {
  const { data: me } = useQuery(meQuery);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it may scroll, and then the keyboard must reach it
    <section className={table.scroll} tabIndex={0} aria-label="Accounts">
      <table className={table.table} data-stacks>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Student number</th>
            <th scope="col">Role</th>
            <th scope="col">
              <VisuallyHidden>Erase</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id}>
              <td>
                <strong>{person.name}</strong>
                <span className={table.under}>{person.email}</span>
              </td>
              <td data-label="Number">{person.studentNumber ?? '–'}</td>
              <td>
                {person.id === me?.id ? `${ROLE_NAMES[person.role]} (you)` : <RoleSelect person={person} />}
              </td>
              <td>
                {person.id !== me?.id && (
                  <Button
                    size="xs"
                    variant="default"
                    onClick={() => onErase(person)}
                    aria-label={`Erase ${person.name} …`}
                  >
                    Erase …
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function RoleSelect({ person }: { person: Person }) {
  const queryClient = useQueryClient();
  const changing = useWrite({
    mutationFn: (role: Role) => setRole(person.id, role),
    onSuccess: async ({ role }) => {
      announce(`${person.name} has the role of ${ROLE_NAMES[role].toLowerCase()} now`);
      await queryClient.invalidateQueries({ queryKey: ['people'] });
    },
  });
  return (
    <>
      <NativeSelect
        aria-label={`Role of ${person.name}`}
        // What was chosen, until it is so; what stands, where it was refused.
        value={changing.isPending ? changing.variables : person.role}
        disabled={changing.isPending}
        onChange={({ currentTarget }) => {
          const role = ROLES.find((each) => each === currentTarget.value);
          if (role !== undefined) changing.mutate(role);
        }}
        data={ROLES.map((role) => ({ value: role, label: ROLE_NAMES[role] }))}
      />
      {changing.error !== null && <Problem error={changing.error} what="The role was not changed" />}
    </>
  );
}
