import { useQuery } from '@tanstack/react-query';
import { gradeReport } from '../api/exams.js';
import type { GradeReport, GradeState } from '../api/types.js';
import { Icon, type IconName } from '../ui/icons.js';
import { Empty, Problem } from '../ui/Notice.js';
import { Waiting } from '../ui/Waiting.js';
import classes from './examiner.module.css';

type Row = GradeReport['rows'][number];
type Cell = Row['parts'][number];

const STATES: Readonly<Record<GradeState, readonly [IconName, string]>> = {
  marked: ['person', 'Marked'],
  released: ['seal', 'Released'],
  proposed: ['machine', 'Proposed by machine'],
  'needs-person': ['question', 'Needs a person'],
  pending: ['clock', 'Being worked on'],
  failed: ['fault', 'Failed on our side'],
  absent: ['dash', 'No answer given'],
  excused: ['tick', 'Excused: does not count'],
};

/** Every student and part. A mark of 0 is a number; absent, excused, pending and failed never are. */
export function GradeTable({ exam }: { exam: string }) {
  const { data, error, isPending, refetch } = useQuery(gradeReport(exam));
  if (isPending) return <Waiting rows={1} height={240} />;
  if (error !== null) {
    return <Problem error={error} what="The grade table could not be loaded" retry={() => void refetch()} />;
  }
  const [first] = data.rows;
  if (first === undefined) return <Empty icon="inbox" title="Nobody is on the list of this exam yet" />;
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it may scroll, and then the keyboard must reach it */}
      <section className={classes.scroll} tabIndex={0} aria-label="Grade table">
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Student</th>
              {first.parts.map((part) => (
                <th key={part.key} scope="col" title={part.title} className={classes.centred}>
                  {part.key}
                </th>
              ))}
              <th scope="col" className={classes.number}>
                Total
              </th>
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row) => (
              <Line key={row.student.id} row={row} />
            ))}
          </tbody>
        </table>
      </section>
      <Legend rows={data.rows} />
    </>
  );
}

function Line({ row }: { row: Row }) {
  return (
    <tr>
      <td className={classes.name}>
        <strong>{row.student.name}</strong>
        <span className={classes.under}>{row.student.studentNumber ?? row.student.email}</span>
      </td>
      {row.parts.map((cell) => (
        <td key={cell.key} className={classes.centred}>
          <CellView cell={cell} />
        </td>
      ))}
      <td className={classes.number}>
        {row.state === 'excused' ? (
          'excused'
        ) : (
          <>
            {row.total === null ? '–' : <strong>{row.total}</strong>} of {row.available}
          </>
        )}
        {row.late !== null && (
          <span className={classes.under} title={row.late.says}>
            {row.late.deduction === null || row.late.deduction === '0'
              ? 'late'
              : `${row.work} − ${row.late.deduction} for lateness`}
          </span>
        )}
      </td>
    </tr>
  );
}

function CellView({ cell }: { cell: Cell }) {
  const [icon, says] = STATES[cell.state];
  const figure = cell.marks ?? (cell.state === 'proposed' ? cell.proposed : null);
  return (
    <span className={classes.cell} data-state={cell.state} title={says}>
      {cell.marks === null && <Icon name={icon} size={14} strokeWidth={2.2} />}
      {figure ?? <span className={classes.unseen}>{says}</span>}
    </span>
  );
}

/** Which states there are in the table, in words. */
function Legend({ rows }: { rows: readonly Row[] }) {
  const present = new Set(rows.flatMap(({ parts }) => parts.map(({ state }) => state)));
  return (
    <p className={classes.key}>
      {Object.entries(STATES)
        .filter(([state]) => present.has(state as GradeState))
        .map(([state, [icon, says]]) => (
          <span key={state}>
            <span className={classes.cell} data-state={state} aria-hidden="true">
              {state === 'marked' || state === 'released' ? (
                '0'
              ) : (
                <Icon name={icon} size={14} strokeWidth={2.2} />
              )}
            </span>
            {says}
          </span>
        ))}
    </p>
  );
}
