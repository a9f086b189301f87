import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { schedule } from '../api/schedule.js';
import type { Submission } from '../api/types.js';
import { Notice } from '../ui/Notice.js';
import { fullTime } from '../ui/time.js';
import { Steps } from './Steps.js';
import type { Progress } from './useProgress.js';
import classes from './student.module.css';

interface StandingProps {
  submission: Submission;
  progress: Progress | null;
}

/** Where the submission stands, in a sentence, and what happens next. */
export function Standing({ submission, progress }: StandingProps) {
  const working = submission.state === 'received' || submission.state === 'working';
  const [watched, setWatched] = useState(working);
  if (working && !watched) setWatched(true);
  const { code } = submission.receipt;
  return (
    <div className={classes.standing}>
      <div aria-live="polite">
        <Said submission={submission} progress={progress} />
      </div>
      {/* Whoever watches it becoming ready keeps what stands below where it is: the other is as high, and not shown. */}
      {watched && submission.state === 'ready' && (
        <div aria-hidden="true" inert>
          <BeingRead code={code} progress={null} />
        </div>
      )}
      {working && (
        <div aria-hidden="true" inert>
          <WithMarkers code={code} exam={submission.exam} />
        </div>
      )}
    </div>
  );
}

function Said({ submission, progress }: StandingProps) {
  const { code } = submission.receipt;
  if (submission.erasedAt !== null) {
    return (
      <Notice tone="plain" icon="seal" title="Document and texts have been erased">
        The time of keeping them is over, or somebody asked for it. The marks stay. Receipt{' '}
        <strong>{code}</strong>.
      </Notice>
    );
  }
  switch (submission.state) {
    case 'received':
    case 'working':
      return <BeingRead code={code} progress={progress} />;
    case 'ready':
      return <WithMarkers code={code} exam={submission.exam} />;
    case 'failed':
      return (
        <Notice tone="fault" title="Reading it failed on our side">
          Your work is stored safely under receipt <strong>{code}</strong>, and this does not count against
          you. The examiner sees that it failed; if nothing changes, write to them and quote the receipt.
          {submission.stateReason !== null && <p>{submission.stateReason}</p>}
        </Notice>
      );
    case 'released':
      return (
        <Notice tone="final" icon="seal" title="Marked and released">
          Each mark below was decided by a person. Receipt <strong>{code}</strong>.
        </Notice>
      );
  }
}

function BeingRead({ code, progress }: { code: string; progress: Progress | null }) {
  return (
    <Notice tone="plain" icon="clock" title="It has arrived, and is being read">
      Your work is stored safely under receipt <strong>{code}</strong>. You may close this page; it goes on
      without you.
      <Steps progress={progress} />
    </Notice>
  );
}

function WithMarkers({ code, exam }: { code: string; exam: string }) {
  return (
    <Notice tone="plain" icon="tick" title="It has arrived, and is with the markers">
      Receipt <strong>{code}</strong>. Not released yet: your marks appear here once a person has decided them
      and the examiner releases them. Check below that each answer was found.
      <MarksDue exam={exam} />
    </Notice>
  );
}

/** When marks are to be released, where that is planned; in the reader's own zone. */
function MarksDue({ exam }: { exam: string }) {
  const { data, dataUpdatedAt } = useQuery(schedule(exam));
  const marks = data?.marks ?? null;
  if (marks === null) return null;
  const time = <time dateTime={marks.at}>{fullTime(marks.at)}</time>;
  return (
    <p>
      {new Date(marks.at).getTime() > dataUpdatedAt ? (
        <>
          Marks are to be released on <strong>{time}</strong>.
        </>
      ) : (
        <>Marks were to be released on {time}, and are not out yet. They appear here when they are.</>
      )}
    </p>
  );
}
