import { Button, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { exam as examQuery, examSubmissions } from '../api/exams.js';
import { reviews } from '../api/reviews.js';
import type { PartCounts, SubmissionSummary } from '../api/types.js';
import { inMarks } from '../text/marks.js';
import { ButtonLink } from '../ui/links.js';
import { Empty, Problem } from '../ui/Notice.js';
import { Card, Page } from '../ui/Page.js';
import { PartMeter } from '../ui/StateTag.js';
import { count } from '../ui/time.js';
import { NO_PARTS } from '../ui/part-counts.js';
import { Waiting } from '../ui/Waiting.js';
import { AnalysisView } from './AnalysisView.js';
import classes from './examiner.module.css';
import { CoursesCard } from './CoursesCard.js';
import { DeadlinesCard } from './DeadlinesCard.js';
import { ExcusalsCard } from './ExcusalsCard.js';
import { ExportMenu } from './ExportMenu.js';
import { FaultsNotice } from './FaultsNotice.js';
import { GradeTable } from './GradeTable.js';
import { latestOf } from './held.js';
import { ImportDialog } from './ImportDialog.js';
import { ProgressView } from './ProgressView.js';
import { ReleaseCard } from './ReleaseCard.js';
import { ReleaseDialog } from './ReleaseDialog.js';
import { SubmissionTable } from './SubmissionTable.js';
import { TeamCard } from './TeamCard.js';

const route = getRouteApi('/shell/examiner/examining/$exam');

export function ExaminedPage() {
  const { exam: id } = route.useParams();
  const exam = useQuery(examQuery(id));
  const submissions = useQuery(examSubmissions(id));
  const looks = useQuery({ ...reviews(id, 'open'), refetchInterval: 60_000 });
  return (
    <Page
      title={exam.data?.title ?? 'Exam'}
      width="96rem"
      crumbs={<Link to="/examining">Exams</Link>}
      lead={
        exam.data === undefined
          ? undefined
          : `Version ${exam.data.version} · ${count(exam.data.parts.length, 'part')} · ${inMarks(exam.data.totalMarks)}`
      }
      actions={
        <>
          <ButtonLink variant="default" to="/examining/$exam/definition" params={{ exam: id }}>
            Change the exam
          </ButtonLink>
          <ButtonLink variant="default" to="/examining/~new" search={{ from: id }}>
            Copy
          </ButtonLink>
          <ButtonLink variant="default" to="/examining/$exam/scheme" params={{ exam: id }}>
            Scheme changes
          </ButtonLink>
          <ButtonLink variant="default" to="/examining/$exam/moderation" params={{ exam: id }}>
            Moderation
          </ButtonLink>
          <ButtonLink variant="default" to="/examining/$exam/cohort" params={{ exam: id }}>
            Hand in for a cohort
          </ButtonLink>
          <ButtonLink variant="default" to="/marking/$exam" params={{ exam: id }}>
            Mark
          </ButtonLink>
          {looks.data !== undefined && looks.data.length > 0 && (
            <ButtonLink to="/marking/$exam/second-looks" params={{ exam: id }}>
              Second looks ({looks.data.length})
            </ButtonLink>
          )}
        </>
      }
    >
      {exam.error !== null && (
        <Problem error={exam.error} what="This exam could not be loaded" retry={() => void exam.refetch()} />
      )}
      <div className={classes.examColumns}>
        <div className={classes.stack}>
          {submissions.isPending && <Waiting rows={2} height={160} />}
          {submissions.error !== null && (
            <Problem
              error={submissions.error}
              what="The submissions could not be loaded"
              retry={() => void submissions.refetch()}
            />
          )}
          {submissions.data !== undefined && <Standing exam={id} submissions={submissions.data} />}
        </div>
        <aside className={`${classes.stack} no-print`} aria-label="Dates and people">
          {submissions.data !== undefined && submissions.data.length > 0 && (
            <ReleaseCard exam={id} submissions={latestOf(submissions.data)} />
          )}
          <DeadlinesCard exam={id} />
          <ExcusalsCard exam={id} />
          <CoursesCard exam={id} />
          <TeamCard exam={id} />
        </aside>
      </div>
    </Page>
  );
}

function Standing({ exam, submissions }: { exam: string; submissions: readonly SubmissionSummary[] }) {
  const [releasing, release] = useState(false);
  const [importing, setImporting] = useState(false);
  if (submissions.length === 0) {
    return (
      <Card>
        <Empty icon="inbox" title="Nothing has been handed in yet">
          <p>Submissions appear here as they arrive, with how far their marking is.</p>
        </Empty>
      </Card>
    );
  }
  const latest = latestOf(submissions);
  const released = latest.filter(({ state }) => state === 'released').length;
  const all = latest.reduce(
    (sum, { parts }) =>
      Object.fromEntries(
        Object.entries(sum).map(([key, n]) => [key, n + parts[key as keyof PartCounts]]),
      ) as PartCounts,
    NO_PARTS,
  );
  return (
    <>
      <FaultsNotice exam={exam} latest={latest} />
      <Card title={standingOf(latest.length, released)}>
        <div className={classes.overview}>
          <PartMeter parts={all} />
          <div className={classes.exports}>
            <ExportMenu exam={exam} />
            <Button variant="default" onClick={() => setImporting(true)}>
              Import
            </Button>
            <Button onClick={() => release(true)}>Release marks</Button>
          </div>
        </div>
      </Card>
      <Card>
        <Tabs defaultValue="submissions" keepMounted={false}>
          <Tabs.List mb="md">
            <Tabs.Tab value="submissions">Submissions</Tabs.Tab>
            <Tabs.Tab value="progress">Progress</Tabs.Tab>
            <Tabs.Tab value="grades">Grade table</Tabs.Tab>
            <Tabs.Tab value="analysis">Analysis</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="submissions">
            <SubmissionTable exam={exam} submissions={submissions} />
          </Tabs.Panel>
          <Tabs.Panel value="progress">
            <ProgressView exam={exam} />
          </Tabs.Panel>
          <Tabs.Panel value="grades">
            <GradeTable exam={exam} />
          </Tabs.Panel>
          <Tabs.Panel value="analysis">
            <AnalysisView exam={exam} />
          </Tabs.Panel>
        </Tabs>
      </Card>
      <ImportDialog exam={exam} opened={importing} onClose={() => setImporting(false)} />
      <ReleaseDialog
        exam={exam}
        submissions={submissions}
        opened={releasing}
        onClose={() => release(false)}
      />
    </>
  );
}

/** Once some are released: why the others are not stands under “Release”. */
function standingOf(all: number, released: number): string {
  const held = released === 0 ? 0 : all - released;
  return `${count(all, 'candidate')}, ${released} released${held === 0 ? '' : `, ${held} held back`}`;
}
