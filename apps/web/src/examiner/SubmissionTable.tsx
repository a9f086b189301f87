import { Button, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { SubmissionSummary } from '../api/types.js';
import { Empty } from '../ui/Notice.js';
import { PartCountTags, SubmissionTag, WhollyMarkedTag } from '../ui/StateTag.js';
import { count, shortTime } from '../ui/time.js';
import classes from './examiner.module.css';
import { heldBecause } from './held.js';

/** So many rows are shown before all are asked for. */
const SHOWN_FIRST = 100;
/** Fewer are found by eye. */
const WORTH_A_SEARCH = 8;

interface SubmissionTableProps {
  exam: string;
  submissions: readonly SubmissionSummary[];
}

/** What was handed in, by whom and how far it is; each leads to its answers. */
export function SubmissionTable({ exam, submissions }: SubmissionTableProps) {
  const [wanted, setWanted] = useState('');
  const [all, showAll] = useState(false);
  const found = submissions.filter((each) => isCalled(each, wanted.trim().toLowerCase()));
  const shown = all ? found : found.slice(0, SHOWN_FIRST);
  return (
    <>
      {submissions.length >= WORTH_A_SEARCH && (
        <div className={classes.find}>
          <TextInput
            type="search"
            label="Find by name, number, address or candidate"
            value={wanted}
            onChange={({ currentTarget }) => setWanted(currentTarget.value)}
          />
          <span aria-live="polite">{count(found.length, 'submission')}</span>
        </div>
      )}
      {found.length === 0 ? (
        <Empty icon="inbox" title="Nobody of that name has handed in" />
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it may scroll, and then the keyboard must reach it
        <section className={classes.scroll} tabIndex={0} aria-label="Submissions">
          <table className={classes.table} data-stacks>
            <thead>
              <tr>
                <th scope="col">Student</th>
                <th scope="col">Attempt</th>
                <th scope="col">Received</th>
                <th scope="col">State</th>
                <th scope="col">Parts</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((each) => (
                <tr key={each.id}>
                  <td className={classes.name}>
                    <Who exam={exam} submission={each} />
                  </td>
                  <td className="numbers" data-label="Attempt">
                    {each.attempt}
                  </td>
                  <td className={classes.nowrap}>
                    <time dateTime={each.receivedAt}>{shortTime(each.receivedAt)}</time>
                    {each.late && <span className={classes.under}>late</span>}
                  </td>
                  <td>
                    {each.state === 'ready' && heldBecause(each) === null ? (
                      <WhollyMarkedTag />
                    ) : (
                      <SubmissionTag state={each.state} />
                    )}
                  </td>
                  <td>
                    <PartCountTags parts={each.parts} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {shown.length < found.length && (
        <Button variant="default" size="xs" mt="md" onClick={() => showAll(true)}>
          Show all {found.length}
        </Button>
      )}
    </>
  );
}

function isCalled({ student, candidate }: SubmissionSummary, wanted: string): boolean {
  const names = [student?.name, student?.studentNumber, student?.email, candidate];
  return wanted === '' || names.some((name) => name?.toLowerCase().includes(wanted) === true);
}

function Who({ exam, submission: { student, candidate } }: { exam: string; submission: SubmissionSummary }) {
  return (
    <>
      <Link
        to="/marking/$exam"
        params={{ exam }}
        search={{ state: 'all', candidate }}
        className={classes.who}
      >
        {student?.name ?? candidate}
      </Link>
      {student !== undefined && (
        <span className={classes.under}>{student.studentNumber ?? student.email}</span>
      )}
    </>
  );
}
