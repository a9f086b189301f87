import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { exams } from '../api/exams.js';
import { inMarks } from '../text/marks.js';
import { Icon } from '../ui/icons.js';
import { ButtonLink } from '../ui/links.js';
import list from '../ui/list.module.css';
import { Empty, Problem } from '../ui/Notice.js';
import { Page } from '../ui/Page.js';
import { PartMeter } from '../ui/StateTag.js';
import { count } from '../ui/time.js';
import { Waiting } from '../ui/Waiting.js';

export function ExamsPage() {
  const { data: all, error, refetch, isPending } = useQuery(exams);
  const data = all?.filter(({ role }) => role === 'examiner');
  return (
    <Page
      title="Exams"
      lead="Write an exam, follow its marking, release the marks and take the grade report."
      actions={<ButtonLink to="/examining/~new">New exam</ButtonLink>}
    >
      {isPending && <Waiting />}
      {error !== null && (
        <Problem error={error} what="The exams could not be loaded" retry={() => void refetch()} />
      )}
      {data?.length === 0 && (
        <Empty icon="sheet" title="There is no exam yet">
          <p>An exam is one YAML file with its questions and marking scheme.</p>
          <ButtonLink to="/examining/~new" mt="sm">
            Write the first
          </ButtonLink>
        </Empty>
      )}
      {data !== undefined && data.length > 0 && (
        <ul className={list.list}>
          {data.map((exam) => (
            <li key={exam.id}>
              <Link to="/examining/$exam" params={{ exam: exam.id }} className={list.row}>
                <div className={list.rowMain}>
                  <h2 className={list.rowTitle}>{exam.title}</h2>
                  <p className={list.rowNote}>
                    Version {exam.version} · {count(exam.questions, 'question')} · {inMarks(exam.totalMarks)}
                  </p>
                </div>
                <div className={list.rowSide}>
                  {exam.progress !== undefined && (
                    <span className={list.rowNote}>
                      {count(exam.progress.submissions, 'submission')}, {exam.progress.released} released
                    </span>
                  )}
                </div>
                <Icon name="right" className={list.rowArrow} />
                {exam.progress !== undefined && exam.progress.submissions > 0 && (
                  <div className={list.wide}>
                    <PartMeter parts={exam.progress.parts} />
                  </div>
                )}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
