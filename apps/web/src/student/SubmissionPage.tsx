import { Tabs } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Suspense, useEffect, useState } from 'react';
import { exam as examQuery } from '../api/exams.js';
import { report as reportQuery, submission as submissionQuery } from '../api/submissions.js';
import type { Submission } from '../api/types.js';
import { Notice, Problem } from '../ui/Notice.js';
import { Page } from '../ui/Page.js';
import { SubmissionTag } from '../ui/StateTag.js';
import { Waiting } from '../ui/Waiting.js';
import { ReceiptCard } from './ReceiptCard.js';
import { Standing } from './Standing.js';
import { useProgress, type Progress } from './useProgress.js';
import { reportView } from './laterViews.js';
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

  const [ReportView] = useState(reportView);

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
        <Standing submission={submission} progress={progress} />
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
                <Suspense fallback={<Waiting rows={3} height={140} />}>
                  <ReportView report={report.data} submission={submission.id} />
                </Suspense>
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
