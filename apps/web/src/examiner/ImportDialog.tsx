import { Button, Checkbox, FileInput, Modal, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { importGrades, previewGrades } from '../api/grade-import.js';
import type { GradeImport } from '../api/types.js';
import { Notice, Problem } from '../ui/Notice.js';
import { count } from '../ui/time.js';
import { useWrite } from '../ui/useWrite.js';
import classes from './examiner.module.css';

const MOST_SHOWN = 500;

interface Read {
  readonly file: File;
  readonly found: GradeImport;
}

/** Takes an exported grade report back: what it would change is shown first, and then set as one change. */
export function ImportDialog({
  exam,
  opened,
  onClose,
}: {
  exam: string;
  opened: boolean;
  onClose: () => void;
}) {
  const queryClient = useQueryClient();
  const reading = useMutation({
    mutationFn: async (file: File): Promise<Read> => ({ file, found: await previewGrades(exam, file) }),
  });
  const setting = useWrite({
    mutationFn: ({ file, found, why, overwrite }: Read & { why: string; overwrite: boolean }) =>
      importGrades(exam, file, {
        version: found.version,
        why,
        conflicts: overwrite ? 'overwrite' : 'keep',
      }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['exam', exam] }),
  });
  const close = () => {
    // What became of it would not be seen.
    if (setting.isPending) return;
    onClose();
    reading.reset();
    setting.reset();
  };
  return (
    <Modal opened={opened} onClose={close} title="Import grades" size="xl">
      {setting.data !== undefined ? (
        <div className={classes.dialog}>
          <Notice tone="final" icon="tick" title={`${count(setting.data.set, 'mark')} set`} live="polite">
            Students see them with the next release.
          </Notice>
          <div className={classes.dialogButtons}>
            <Button onClick={close} data-autofocus>
              Done
            </Button>
          </div>
        </div>
      ) : (
        <div className={classes.dialog}>
          <FileInput
            label="File of grades"
            description="The grade report in CSV or Excel with the column “marks” edited, or the gradebook of Canvas, Moodle or Blackboard. The other columns only say whose row it is."
            placeholder="Choose a file"
            accept=".csv,.xlsx,.txt,.tsv,text/csv"
            onChange={(file) => {
              setting.reset();
              if (file === null) reading.reset();
              else reading.mutate(file);
            }}
          />
          {reading.error !== null && <Problem error={reading.error} what="The file could not be taken" />}
          {reading.data !== undefined && (
            <Found
              key={reading.data.found.version}
              read={reading.data}
              pending={setting.isPending}
              error={setting.error}
              onSet={(why, overwrite) => setting.mutate({ ...reading.data, why, overwrite })}
              onClose={close}
            />
          )}
        </div>
      )}
    </Modal>
  );
}

interface FoundProps {
  read: Read;
  pending: boolean;
  error: Error | null;
  onSet: (why: string, overwrite: boolean) => void;
  onClose: () => void;
}

function Found({ read: { found }, pending, error, onSet, onClose }: FoundProps) {
  const [why, setWhy] = useState('');
  const [overwrite, setOverwrite] = useState(false);
  const conflicts = found.changes.filter(({ conflict }) => conflict).length;
  const wanted = found.changes.length - (overwrite ? 0 : conflicts);
  const save = (event: FormEvent) => {
    event.preventDefault();
    onSet(why, overwrite);
  };
  return (
    <form className={classes.dialog} onSubmit={save}>
      <p aria-live="polite">
        {found.layout}: <strong>{count(found.changes.length, 'mark')}</strong> would change;{' '}
        {count(found.unchanged, 'row')} {found.unchanged === 1 ? 'says' : 'say'} what is so already
        {found.passedOver.length > 0 && <>; {count(found.passedOver.length, 'row')} cannot be taken</>}.
      </p>
      {found.changes.length > 0 && <Changes changes={found.changes} />}
      {found.totals.length > 0 && <Totals totals={found.totals} />}
      {found.passedOver.length > 0 && (
        <section>
          <h3 className={classes.heldTitle}>Passed over</h3>
          <ul className={classes.held}>
            {found.passedOver.slice(0, MOST_SHOWN).map(({ row, says }) => (
              <li key={`${row} ${says}`}>
                <span>Row {row}</span>
                <span>{says}</span>
              </li>
            ))}
          </ul>
          {found.passedOver.length > MOST_SHOWN && (
            <p>
              And {found.passedOver.length - MOST_SHOWN} more. Mend these first, and choose the file again.
            </p>
          )}
        </section>
      )}
      {conflicts > 0 && (
        <Checkbox
          label={`Also set the ${count(conflicts, 'mark')} that changed since the file was exported`}
          checked={overwrite}
          onChange={({ currentTarget }) => setOverwrite(currentTarget.checked)}
        />
      )}
      {found.changes.length > 0 && (
        <TextInput
          label="Reason"
          description="Kept with each mark and your name; students read it as the reason of the mark"
          required
          maxLength={500}
          value={why}
          onChange={({ currentTarget }) => setWhy(currentTarget.value)}
        />
      )}
      {error !== null && <Problem error={error} what="No mark was set" />}
      <div className={classes.dialogButtons}>
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
        <Button type="submit" loading={pending} disabled={wanted === 0}>
          Set {count(wanted, 'mark')}
        </Button>
      </div>
    </form>
  );
}

function Totals({ totals }: { totals: GradeImport['totals'] }) {
  return (
    <section>
      <h3 className={classes.heldTitle}>Totals that differ</h3>
      <p>No total says what its parts are, so these are not set. Mark the papers to change them.</p>
      <ul className={classes.held}>
        {totals.slice(0, MOST_SHOWN).map(({ row, student, before, after }) => (
          <li key={row}>
            <span>{student}</span>
            <span>
              {before ?? 'no total'} here, {after} in row {row}
            </span>
          </li>
        ))}
      </ul>
      {totals.length > MOST_SHOWN && <p>And {totals.length - MOST_SHOWN} more.</p>}
    </section>
  );
}

function Changes({ changes }: { changes: GradeImport['changes'] }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it may scroll, and then the keyboard must reach it
    <section className={classes.scroll} tabIndex={0} aria-label="Marks that would change">
      <table className={classes.table} data-narrow>
        <thead>
          <tr>
            <th scope="col">Student</th>
            <th scope="col">Part</th>
            <th scope="col" className={classes.number}>
              Now
            </th>
            <th scope="col" className={classes.number}>
              Then
            </th>
            <th scope="col">Row</th>
          </tr>
        </thead>
        <tbody>
          {changes.slice(0, MOST_SHOWN).map(({ row, student, part, before, after, conflict }) => (
            <tr key={row}>
              <td>
                {student}
                {conflict && <span className={classes.under}>Changed since the export</span>}
              </td>
              <td>{part}</td>
              <td className={classes.number}>{before ?? 'no mark'}</td>
              <td className={classes.number}>
                <strong>{after}</strong>
              </td>
              <td>{row}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {changes.length > MOST_SHOWN && <p>And {changes.length - MOST_SHOWN} more.</p>}
    </section>
  );
}
