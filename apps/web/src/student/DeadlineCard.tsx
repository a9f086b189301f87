import type { Schedule } from '../api/types.js';
import { Notice } from '../ui/Notice.js';
import { Card } from '../ui/Page.js';
import { fullTime, ownZone } from '../ui/time.js';
import classes from './student.module.css';

/** When the exam is open, in the reader's own zone, and the rules in words. */
export function DeadlineCard({ schedule }: { schedule: Schedule }) {
  const { opens, deadline, yours, says, now, marks, excused } = schedule;
  const mine = yours ?? deadline;
  return (
    <Card title="When">
      <dl className={classes.deadline}>
        {opens !== null && (
          <>
            <dt>{now === 'not-open' ? 'Opens' : 'Opened'}</dt>
            <dd>
              <time dateTime={opens}>{fullTime(opens)}</time>
            </dd>
          </>
        )}
        {mine !== null && (
          <>
            <dt>{yours === null ? 'Deadline' : 'Your own deadline'}</dt>
            <dd>
              <time dateTime={mine}>{fullTime(mine)}</time>
              {yours !== null && deadline !== null && <small>Everybody else’s: {fullTime(deadline)}</small>}
              <small>Times are yours, in {ownZone()}.</small>
            </dd>
          </>
        )}
        {marks !== null && (
          <>
            <dt>Marks are to be released</dt>
            <dd>
              <time dateTime={marks.at}>{fullTime(marks.at)}</time>
            </dd>
          </>
        )}
      </dl>
      {excused !== null && (
        <Notice
          tone="plain"
          icon="tick"
          title={
            excused.everything
              ? 'You are excused from this exam'
              : `You are excused from ${excused.parts.join(', ')}`
          }
        >
          {excused.everything
            ? 'You get no mark for it, and that is no 0.'
            : 'What you are excused from counts neither to your total nor to what that is out of.'}
        </Notice>
      )}
      <Now schedule={schedule} />
      <ul className={classes.rules}>
        {says.map((rule) => (
          <li key={rule}>{rule}</li>
        ))}
      </ul>
    </Card>
  );
}

function Now({ schedule: { now } }: { schedule: Schedule }) {
  switch (now) {
    case 'on-time':
      return null;
    case 'not-open':
      return (
        <Notice tone="plain" icon="clock" title="Not open yet">
          The questions appear here when it opens.
        </Notice>
      );
    case 'late':
      return (
        <Notice tone="unsure" icon="clock" title="The deadline has passed: what you hand in now is late" />
      );
    case 'closed':
      return (
        <Notice tone="unsure" icon="clock" title="The deadline has passed">
          Nothing is taken any more. If you have a reason, write to the examiner: an extension opens it again
          for you.
        </Notice>
      );
  }
}
