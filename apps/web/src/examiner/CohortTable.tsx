import { useMemo } from 'react';
import type { CohortRow, CohortTaken, Person, TakeCohort } from '../api/types.js';
import { count, fileSize, shortTime } from '../ui/time.js';
import { canBeTaken, chosenFor, KNOWN_BY, LEFT_OUT, WHY_ASKED, type Choices } from './cohort.js';
import classes from './cohort.module.css';
import table from './examiner.module.css';
import { choiceOf, type Choice } from './personChoices.js';
import { PersonSelect } from './PersonSelect.js';

interface CohortTableProps {
  rows: readonly CohortRow[];
  students: readonly Person[];
  choices: Choices;
  time: TakeCohort['time'];
  doubled: ReadonlySet<string>;
  outcomes: CohortTaken['rows'];
  onChoose: (key: string, student: string) => void;
}

export function CohortTable({
  rows,
  students,
  choices,
  time,
  doubled,
  outcomes,
  onChoose,
}: CohortTableProps) {
  const everybody = useMemo(() => students.map(choiceOf), [students]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it may scroll, and then the keyboard must reach it
    <section className={table.scroll} tabIndex={0} aria-label="Rows of the archive">
      <table className={table.table} data-stacks>
        <thead>
          <tr>
            <th scope="col">In the archive</th>
            <th scope="col">Files</th>
            <th scope="col">For whom</th>
            <th scope="col">What happens</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const chosen = chosenFor(row, choices);
            const name = row.says.name ?? row.says.email ?? row.key;
            return (
              <tr key={row.key}>
                <td>
                  <strong>{name}</strong>
                  <span className={table.under}>
                    {[row.says.email, row.says.number].filter((each) => each !== null).join(' · ')}
                  </span>
                </td>
                <td data-label="Files">
                  <span className={classes.files}>{row.files.slice(0, 3).join(', ')}</span>
                  <span className={table.under}>
                    {row.files.length > 3 ? `and ${count(row.files.length - 3, 'more', 'more')} · ` : ''}
                    {row.file.kind === 'ready' ? fileSize(row.file.size) : ''}
                  </span>
                </td>
                <td data-label="For whom">
                  {canBeTaken(row) ? (
                    <PersonSelect
                      size="xs"
                      called={`Whose is ${name}`}
                      value={chosen}
                      error={doubled.has(chosen) ? 'Chosen twice' : undefined}
                      onChange={(student) => onChoose(row.key, student)}
                      choices={choicesFor(row, everybody)}
                    />
                  ) : null}
                  <span className={table.under}>{whoInWords(row)}</span>
                </td>
                <td
                  data-label="What happens"
                  className={classes.what}
                  data-tone={canBeTaken(row) ? undefined : 'refused'}
                >
                  {outcomeInWords(outcomes.find(({ key }) => key === row.key)) ??
                    planInWords(row, chosen, time)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function choicesFor({ whose }: CohortRow, everybody: readonly Choice[]): Choice[] {
  const near = whose.kind === 'known' ? [whose.student] : whose.candidates;
  const ids = new Set(near.map(({ id }) => id));
  return [
    { value: LEFT_OUT, label: 'Nobody: leave it out' },
    ...near.map(choiceOf),
    ...everybody.filter(({ value }) => !ids.has(value)),
  ];
}

function whoInWords({ whose }: CohortRow): string {
  return whose.kind === 'known' ? `Known ${KNOWN_BY[whose.by]}` : WHY_ASKED[whose.why];
}

function planInWords(row: CohortRow, chosen: string, time: TakeCohort['time']): string {
  if (row.file.kind === 'refused') return row.file.message;
  const known = row.whose.kind === 'known' ? row.whose.student.id : null;
  if (row.already !== null && (chosen === LEFT_OUT || chosen === known)) {
    return `Here already, as attempt ${row.already}`;
  }
  if (chosen === LEFT_OUT) return 'Left out';
  if (chosen !== known) return 'Handed in';
  const when = time === 'recorded' && row.submittedAt !== null ? `, of ${shortTime(row.submittedAt)}` : '';
  const late = row.late?.[time] === true ? ', late' : '';
  const called = row.calledLate ? ' (the platform calls it late)' : '';
  return `Handed in as attempt ${row.attempts + 1}${when}${late}${called}`;
}

function outcomeInWords(row: CohortTaken['rows'][number] | undefined): string | undefined {
  if (row === undefined) return undefined;
  const { outcome } = row;
  if (outcome.kind === 'received') return `Handed in as attempt ${outcome.attempt}, receipt ${outcome.code}`;
  if (outcome.kind === 'already') return `Here already, as attempt ${outcome.attempt}`;
  return outcome.message;
}
