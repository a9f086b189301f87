import { Button, Checkbox, FileInput, Modal, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { importPeople, previewPeople } from '../api/people-import.js';
import { signInWays } from '../api/session.js';
import type { PeopleImport, PeopleImported } from '../api/types.js';
import { Notice, Problem } from '../ui/Notice.js';
import { count, fullTime, ownZone } from '../ui/time.js';
import { useWrite } from '../ui/useWrite.js';
import classes from './examiner.module.css';
import { passwordsAsCsv, saveAs } from './passwordsAsCsv.js';

const MOST_SHOWN = 500;

interface Read {
  readonly file: File;
  readonly found: PeopleImport;
}

/** Takes accounts or extensions from a registrar's file: what it would change is shown first, then done as one change. */
export function PeopleImportDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const queryClient = useQueryClient();
  const reading = useMutation({
    mutationFn: async (file: File): Promise<Read> => ({ file, found: await previewPeople(file) }),
  });
  const doing = useWrite({
    mutationFn: ({ file, found, ...how }: Read & { why: string; passwords: 'made-up' | 'none' }) =>
      importPeople(file, { version: found.version, ...how }),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  const close = () => {
    // Passwords would never be seen.
    if (doing.isPending) return;
    onClose();
    reading.reset();
    doing.reset();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title="Import people"
      size="xl"
      closeOnEscape={doing.data === undefined || doing.data.passwords.length === 0}
      closeOnClickOutside={doing.data === undefined || doing.data.passwords.length === 0}
    >
      {doing.data !== undefined ? (
        <Done done={doing.data} onClose={close} />
      ) : (
        <div className={classes.dialog}>
          <FileInput
            label="File of people or extensions"
            description={`CSV or Excel with headings in row 1. Accounts: name, email, role, student number. Extensions: exam, email, until, reason; times such as 2036-03-20 13:00 are of ${ownZone()}.`}
            placeholder="Choose a file"
            accept=".csv,.xlsx,.txt,.tsv,text/csv"
            data-autofocus
            onChange={(file) => {
              doing.reset();
              if (file === null) reading.reset();
              else reading.mutate(file);
            }}
          />
          {reading.isPending && <p aria-live="polite">Reading the file …</p>}
          {reading.error !== null && <Problem error={reading.error} what="The file could not be taken" />}
          {reading.data !== undefined && (
            <Found
              key={reading.data.found.version}
              found={reading.data.found}
              pending={doing.isPending}
              error={doing.error}
              onDo={(how) => doing.mutate({ ...reading.data, ...how })}
              onClose={close}
            />
          )}
        </div>
      )}
    </Modal>
  );
}

interface FoundProps {
  found: PeopleImport;
  pending: boolean;
  error: Error | null;
  onDo: (how: { why: string; passwords: 'made-up' | 'none' }) => void;
  onClose: () => void;
}

function Found({ found, pending, error, onDo, onClose }: FoundProps) {
  const { data: ways } = useQuery(signInWays);
  const [why, setWhy] = useState('');
  const [chosen, setChosen] = useState<boolean | null>(null);
  const fresh = found.rows.filter(({ kind }) => kind === 'new').length;
  const accounts = found.layout === 'people';
  // Who signs in by the university needs none.
  const passwords = chosen ?? (ways !== undefined && ways.singleSignOn === null);
  const save = (event: FormEvent) => {
    event.preventDefault();
    onDo({ why, passwords: accounts && fresh > 0 && passwords ? 'made-up' : 'none' });
  };
  return (
    <form className={classes.dialog} onSubmit={save}>
      <p aria-live="polite">
        {accounts ? 'Accounts' : 'Extensions'}: <strong>{fresh} new</strong>,{' '}
        <strong>{found.rows.length - fresh} changed</strong>, {found.unchanged} unchanged
        {found.wrong.length > 0 && <>, {count(found.wrong.length, 'row')} wrong and left out</>}.
      </p>
      {found.wrong.length > 0 && <Wrong wrong={found.wrong} />}
      {found.rows.length > 0 && <Rows rows={found.rows} />}
      {accounts && fresh > 0 && (
        <Checkbox
          label={`Make up a password for ${fresh === 1 ? 'the new account' : `each of the ${fresh} new accounts`}`}
          description="Shown and saved once, afterwards. Not needed where people sign in by the university or from a course."
          checked={passwords}
          onChange={({ currentTarget }) => setChosen(currentTarget.checked)}
        />
      )}
      {!accounts && found.rows.length > 0 && (
        <TextInput
          label="Reason"
          description="Of extensions whose row gives none; kept with your name, and students do not see it"
          maxLength={500}
          value={why}
          onChange={({ currentTarget }) => setWhy(currentTarget.value)}
        />
      )}
      {error !== null && <Problem error={error} what="Nothing was imported" />}
      <div className={classes.dialogButtons}>
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
        <Button type="submit" loading={pending} disabled={found.rows.length === 0}>
          Import {count(found.rows.length, 'row')}
        </Button>
      </div>
    </form>
  );
}

/** Those that change something that is there come first: they are what could be meant otherwise. */
function Rows({ rows }: { rows: PeopleImport['rows'] }) {
  const sorted = rows.toSorted((one, other) => one.kind.localeCompare(other.kind) || one.row - other.row);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it may scroll, and then the keyboard must reach it
    <section className={classes.held} tabIndex={0} aria-label="What would change">
      <table className={classes.table} data-narrow>
        <thead>
          <tr>
            <th scope="col">Row</th>
            <th scope="col">Who</th>
            <th scope="col">What would change</th>
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, MOST_SHOWN).map(({ row, kind, name, email, exam, differences }) => (
            <tr key={row}>
              <td className={classes.number}>{row}</td>
              <td className={classes.name}>
                {name}
                <span className={classes.under}>{email}</span>
              </td>
              <td className={classes.name}>
                <strong>{kind === 'new' ? 'New' : 'Changed'}</strong>
                {exam !== null && <> in {exam}</>}
                {differences
                  .filter((each) => kind === 'changed' || each.what !== 'name')
                  .map((each) => (
                    <span key={each.what} className={classes.under}>
                      {each.what}: {each.before !== null && <>{shown(each.what, each.before)} → </>}
                      {shown(each.what, each.after)}
                    </span>
                  ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > MOST_SHOWN && <p>And {rows.length - MOST_SHOWN} more.</p>}
    </section>
  );
}

function shown(what: string, value: string | null): string {
  if (value === null) return 'none';
  return what === 'deadline' ? fullTime(value) : value;
}

function Wrong({ wrong }: { wrong: PeopleImport['wrong'] }) {
  return (
    <section>
      <h3 className={classes.heldTitle}>Wrong, and left out</h3>
      <ul className={classes.held} aria-label="Wrong rows">
        {wrong.slice(0, MOST_SHOWN).map(({ row, column, says }) => (
          <li key={row}>
            <span>
              Row {row}
              {column !== null && <>, column “{column}”</>}
            </span>
            <span>{says}</span>
          </li>
        ))}
      </ul>
      {wrong.length > MOST_SHOWN && (
        <p>And {wrong.length - MOST_SHOWN} more. Mend these first, and choose the file again.</p>
      )}
    </section>
  );
}

function Done({ done, onClose }: { done: PeopleImported; onClose: () => void }) {
  const { added, changed, extended, passwords } = done;
  const said = [
    ...(added > 0 ? [`${count(added, 'account')} made`] : []),
    ...(changed > 0 ? [`${count(changed, 'account')} changed`] : []),
    ...(extended > 0 ? [`${count(extended, 'extension')} given`] : []),
  ].join(', ');
  const [saved, setSaved] = useState(passwords.length === 0);
  return (
    <div className={classes.dialog}>
      <Notice tone="final" icon="tick" title={said} live="polite">
        {passwords.length > 0 && (
          <p>
            {count(passwords.length, 'password')} {passwords.length === 1 ? 'was' : 'were'} made up. Save the
            list now, and hand each over by a safe way: no password is shown again.
          </p>
        )}
      </Notice>
      <div className={classes.dialogButtons}>
        {passwords.length > 0 && (
          <Button
            variant={saved ? 'default' : 'filled'}
            onClick={() => {
              saveAs('passwords.csv', passwordsAsCsv(passwords));
              setSaved(true);
            }}
            data-autofocus
          >
            Save {count(passwords.length, 'password')}
          </Button>
        )}
        <Button onClick={onClose} disabled={!saved} data-autofocus={passwords.length === 0 || undefined}>
          Done
        </Button>
      </div>
    </div>
  );
}
