import type { SubmissionSummary } from '../api/types.js';
import { PartCountTags, SubmissionTag, WhollyMarkedTag } from '../ui/StateTag.js';
import { shortTime } from '../ui/time.js';
import classes from './examiner.module.css';
import { heldBecause } from './held.js';

export function SubmissionTable({ submissions }: { submissions: readonly SubmissionSummary[] }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it may scroll, and then the keyboard must reach it
    <section className={classes.scroll} tabIndex={0} aria-label="Submissions">
      <table className={classes.table}>
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
          {submissions.map((each) => (
            <tr key={each.id}>
              <td className={classes.nowrap}>
                <Who submission={each} />
              </td>
              <td className="numbers">{each.attempt}</td>
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
  );
}

function Who({ submission: { student, candidate } }: { submission: SubmissionSummary }) {
  if (student === undefined) return candidate;
  return (
    <>
      <strong>{student.name}</strong>
      <span className={classes.under}>{student.studentNumber ?? student.email}</span>
    </>
  );
}
