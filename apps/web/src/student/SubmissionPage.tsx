import { Tabs } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { exam as examQuery } from '../api/exams.js';
import { schedule } from '../api/schedule.js';
import { report as reportQuery, submission as submissionQuery } from '../api/submissions.js';
import type { Submission } from '../api/types.js';
import { Notice, Problem } from '../ui/Notice.js';
import { Page } from '../ui/Page.js';
import { fullTime } from '../ui/time.js';
import { SubmissionTag } from '../ui/StateTag.js';
import { Waiting } from '../ui/Waiting.js';
import { ReceiptCard } from './ReceiptCard.js';
import { Steps } from './Steps.js';
import { useProgress, type Progress } from './useProgress.js';
import { ReportView } from './ReportView.js';
import { SplitView } from './SplitView.js';
import classes from './student.module.css';

const route = getRouteApi('/shell/student/submissions/$submission');

export function SubmissionPage() {
  const { submission: id } = route.useParams();
  const [told, setTold] = useState(false);
  const { data, error, isPending, refetch } = useQuery(submissionQuery(id, told));
  const working = data?.state === 'received' || data?.state === 'working';
  const progress = useProgress(id, working, () => void refetch(), setTold);
  if (isPending) {
    return (
      <Page title="Your answers" crumbs={<Link to="/exams">Your exams</Link>}>
        <Waiting rows={2} height={180} />
      </Page>
    );
  }
  if (error !== null && data === undefined) {
    return (
      <Page title="Your answers" crumbs={<Link to="/exams">Your exams</Link>}>
        <Problem error={error} what="This could not be loaded" retry={() => void refetch()} />
      </Page>
    );
  }
  return <Received submission={data} progress={progress} />;
}

function Received({ submission, progress }: { submission: Submission; progress: Progress | null }) {
  const queryClient = useQueryClient();
  const exam = useQuery(examQuery(submission.exam));
  const released = submission.state === 'released';
  const report = useQuery({ ...reportQuery(submission.id), enabled: released });

  const { exam: examId, state } = submission;
  useEffect(() => {
    // The exam's pages list this submission with its state.
    if (state === 'received') return;
    void queryClient.invalidateQueries({ queryKey: ['exam', examId, 'submissions'] });
    void queryClient.invalidateQueries({ queryKey: ['exams'] });
  }, [queryClient, examId, state]);

  return (
    <Page
      title="Your answers"
      width="84rem"
      crumbs={
        <>
          <Link to="/exams">Your exams</Link>
          <span aria-hidden="true">/</span>
          <Link to="/exams/$exam" params={{ exam: submission.exam }}>
            {exam.data?.title ?? 'Exam'}
          </Link>
        </>
      }
      lead={
        <span className={classes.leadLine}>
          <span>Attempt {submission.receipt.attempt}</span>
          <SubmissionTag state={submission.state} />
        </span>
      }
    >
      <div className={classes.stack}>
        <div className={classes.standing} data-state={submission.state}>
          <Standing submission={submission} progress={progress} />
        </div>
        <Tabs defaultValue={released ? 'report' : 'read'} key={String(released)} keepMounted={false}>
          <Tabs.List className="no-print">
            {released && <Tabs.Tab value="report">Marks and reasons</Tabs.Tab>}
            <Tabs.Tab value="read">As we read it</Tabs.Tab>
            <Tabs.Tab value="receipt">Receipt</Tabs.Tab>
          </Tabs.List>
          {released && (
            <Tabs.Panel value="report" pt="lg">
              {report.isPending && <Waiting rows={3} height={140} />}
              {report.error !== null && (
                <Problem
                  error={report.error}
                  what="Your marks could not be loaded"
                  retry={() => void report.refetch()}
                />
              )}
              {report.data === null && (
                <Notice tone="plain" icon="clock" title="Not released">
                  Your marks are not open to you at the moment.
                </Notice>
              )}
              {report.data !== undefined && report.data !== null && (
                <ReportView report={report.data} submission={submission.id} />
              )}
            </Tabs.Panel>
          )}
          <Tabs.Panel value="read" pt="lg">
            <SplitView submission={submission} parts={exam.data?.parts ?? []} />
          </Tabs.Panel>
          <Tabs.Panel value="receipt" pt="lg">
            <ReceiptCard receipt={submission.receipt} examTitle={exam.data?.title ?? submission.exam} />
          </Tabs.Panel>
        </Tabs>
      </div>
    </Page>
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

/** Where the submission stands, in a sentence, and what happens next. */
function Standing({ submission, progress }: { submission: Submission; progress: Progress | null }) {
  const { code } = submission.receipt;
  if (submission.erasedAt !== null) {
    return (
      <Notice tone="plain" icon="seal" title="Document and texts have been erased" live="polite">
        The time of keeping them is over, or somebody asked for it. The marks stay. Receipt{' '}
        <strong>{code}</strong>.
      </Notice>
    );
  }
  switch (submission.state) {
    case 'received':
    case 'working':
      return (
        <Notice tone="plain" icon="clock" title="It has arrived, and is being read" live="polite">
          Your work is stored safely under receipt <strong>{code}</strong>. You may close this page; it goes
          on without you.
          <Steps progress={progress} />
        </Notice>
      );
    case 'ready':
      return (
        <Notice tone="plain" icon="tick" title="It has arrived, and is with the markers" live="polite">
          Receipt <strong>{code}</strong>. Not released yet: your marks appear here once a person has decided
          them and the examiner releases them. Check below that each answer was found.
          <MarksDue exam={submission.exam} />
        </Notice>
      );
    case 'failed':
      return (
        <Notice tone="fault" title="Reading it failed on our side" live="polite">
          Your work is stored safely under receipt <strong>{code}</strong>, and this does not count against
          you. The examiner sees that it failed; if nothing changes, write to them and quote the receipt.
          {submission.stateReason !== null && <p>{submission.stateReason}</p>}
        </Notice>
      );
    case 'released':
      return (
        <Notice tone="final" icon="seal" title="Marked and released" live="polite">
          Each mark below was decided by a person. Receipt <strong>{code}</strong>.
        </Notice>
      );
  }
}
