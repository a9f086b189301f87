import { Link } from '@tanstack/react-router';
import type { SubmissionSummary } from '../api/types.js';
import { Icon } from '../ui/icons.js';
import { Card } from '../ui/Page.js';
import { SubmissionTag, Tag } from '../ui/StateTag.js';
import { shortTime } from '../ui/time.js';
import classes from './student.module.css';

export function MySubmissions({ submissions }: { submissions: readonly SubmissionSummary[] }) {
  return (
    <Card title="What you handed in">
      <ul className={classes.attempts}>
        {submissions
          .toSorted((a, b) => b.attempt - a.attempt)
          .map((each) => (
            <li key={each.id}>
              <Link
                to="/submissions/$submission"
                params={{ submission: each.id }}
                className={classes.attempt}
              >
                <span>
                  <strong>Attempt {each.attempt}</strong>
                  <span className={classes.when}>{shortTime(each.receivedAt)}</span>
                </span>
                <span className={classes.tags}>
                  {each.late && (
                    <Tag tone="unsure" icon="clock">
                      Late
                    </Tag>
                  )}
                  {each.counts && submissions.length > 1 && (
                    <Tag tone="final" icon="tick">
                      Counts
                    </Tag>
                  )}
                  <SubmissionTag state={each.state} />
                </span>
                <Icon name="right" size={16} />
              </Link>
            </li>
          ))}
      </ul>
    </Card>
  );
}
