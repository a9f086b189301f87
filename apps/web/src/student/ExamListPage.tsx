import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { exams } from '../api/exams.js';
import type { ExamSummary } from '../api/types.js';
import { inMarks } from '../text/marks.js';
import { Icon } from '../ui/icons.js';
import { Empty, Problem } from '../ui/Notice.js';
import { Page } from '../ui/Page.js';
import { SubmissionTag } from '../ui/StateTag.js';
import { count, shortTime } from '../ui/time.js';
import { Waiting } from '../ui/Waiting.js';
import list from '../ui/list.module.css';

export function ExamListPage() {
  const { data: all, error, refetch, isPending } = useQuery(exams);
  const data = all?.filter(({ role }) => role === 'student');
  return (
    <Page
      title="Your exams"
      lead="Open an exam to read its questions, hand in your answers, and see how they were marked."
    >
      {isPending && <Waiting />}
      {error !== null && (
        <Problem error={error} what="The exams could not be loaded" retry={() => void refetch()} />
      )}
      {data?.length === 0 && (
        <Empty icon="sheet" title="No exam is open to you yet">
          <p>When an examiner opens one, it appears here.</p>
        </Empty>
      )}
      {data !== undefined && data.length > 0 && (
        <ul className={list.list}>
          {data.map((exam) => (
            <li key={exam.id}>
              <ExamRow exam={exam} />
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}

/** When it opens or has to be in, in the reader's own zone. */
function deadlineLine({ now, opens, deadline }: ExamSummary): string | null {
  if (now === 'not-open' && opens !== null) return `Opens ${shortTime(opens)}`;
  if (deadline === null) return null;
  return `${now === 'on-time' ? 'Due' : 'Was due'} ${shortTime(deadline)}`;
}

function ExamRow({ exam }: { exam: ExamSummary }) {
  const latest = exam.mySubmissions?.toSorted((a, b) => b.attempt - a.attempt)[0];
  return (
    <Link to="/exams/$exam" params={{ exam: exam.id }} className={list.row}>
      <div className={list.rowMain}>
        <h2 className={list.rowTitle}>{exam.title}</h2>
        <p className={list.rowNote}>
          {count(exam.questions, 'question')} · {inMarks(exam.totalMarks)}
        </p>
        {deadlineLine(exam) !== null && <p className={list.rowNote}>{deadlineLine(exam)}</p>}
      </div>
      <div className={list.rowSide}>
        {latest === undefined ? (
          <span className={list.rowNote}>Nothing handed in yet</span>
        ) : (
          <>
            <SubmissionTag state={latest.state} />
            <span className={list.rowNote}>{shortTime(latest.receivedAt)}</span>
          </>
        )}
      </div>
      <Icon name="right" className={list.rowArrow} />
    </Link>
  );
}
