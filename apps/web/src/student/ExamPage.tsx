import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { exam as examQuery, examSubmissions } from '../api/exams.js';
import { schedule as scheduleQuery } from '../api/schedule.js';
import { inMarks } from '../text/marks.js';
import { Problem } from '../ui/Notice.js';
import { Card, Page } from '../ui/Page.js';
import { Waiting } from '../ui/Waiting.js';
import { DeadlineCard } from './DeadlineCard.js';
import { HandIn } from './HandIn.js';
import { MySubmissions } from './MySubmissions.js';
import { Paper } from './Paper.js';
import classes from './student.module.css';

const route = getRouteApi('/shell/student/exams/$exam');

export function ExamPage() {
  const { exam: id } = route.useParams();
  const exam = useQuery(examQuery(id));
  const mine = useQuery(examSubmissions(id));
  const schedule = useQuery(scheduleQuery(id));
  const now = schedule.data?.now;
  const crumbs = <Link to="/exams">Your exams</Link>;

  if (exam.isPending) {
    return (
      <Page title="Exam" crumbs={crumbs}>
        <Waiting rows={2} height={220} />
      </Page>
    );
  }
  if (now === 'not-open' && schedule.data !== undefined) {
    return (
      <Page title="Exam" crumbs={crumbs}>
        <DeadlineCard schedule={schedule.data} />
      </Page>
    );
  }
  if (exam.error !== null) {
    return (
      <Page title="Exam" crumbs={crumbs}>
        <Problem error={exam.error} what="This exam could not be loaded" retry={() => void exam.refetch()} />
      </Page>
    );
  }
  return (
    <Page
      title={exam.data.title}
      crumbs={crumbs}
      lead={`${inMarks(exam.data.totalMarks)} in all`}
      width="76rem"
    >
      <div className={classes.examColumns}>
        <Card title="Questions">
          <Paper exam={exam.data} />
        </Card>
        <aside className={classes.side} aria-label="Your answers">
          {schedule.error !== null && (
            <Problem
              error={schedule.error}
              what="The deadline could not be loaded"
              retry={() => void schedule.refetch()}
            />
          )}
          {schedule.data !== undefined && <DeadlineCard schedule={schedule.data} />}
          <HandIn
            exam={id}
            again={(mine.data?.length ?? 0) > 0}
            late={now === 'late'}
            closed={now === 'closed'}
          />
          {mine.error !== null && (
            <Problem
              error={mine.error}
              what="What you handed in could not be listed"
              retry={() => void mine.refetch()}
            />
          )}
          {mine.data !== undefined && mine.data.length > 0 && <MySubmissions submissions={mine.data} />}
        </aside>
      </div>
    </Page>
  );
}
