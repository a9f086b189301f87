import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { exams } from '../api/exams.js';
import { Icon } from '../ui/icons.js';
import list from '../ui/list.module.css';
import { Empty, Problem } from '../ui/Notice.js';
import { Page } from '../ui/Page.js';
import { PartMeter } from '../ui/StateTag.js';
import { count } from '../ui/time.js';
import { Waiting } from '../ui/Waiting.js';

export function ExamsToMarkPage() {
  const { data: all, error, refetch, isPending } = useQuery(exams);
  const data = all?.filter(({ role }) => role !== 'student');
  return (
    <Page
      title="Marking"
      lead="The machine proposes, you decide. Each exam shows how much still awaits a person."
    >
      {isPending && <Waiting />}
      {error !== null && (
        <Problem error={error} what="The exams could not be loaded" retry={() => void refetch()} />
      )}
      {data?.length === 0 && (
        <Empty icon="inbox" title="There is nothing to mark">
          <p>When students hand in answers to an exam, it appears here.</p>
        </Empty>
      )}
      {data !== undefined && data.length > 0 && (
        <ul className={list.list}>
          {data.map((exam) => (
            <li key={exam.id}>
              <Link to="/marking/$exam" params={{ exam: exam.id }} className={list.row}>
                <div className={list.rowMain}>
                  <h2 className={list.rowTitle}>{exam.title}</h2>
                </div>
                <div className={list.rowSide}>
                  <span className={list.rowNote}>
                    {exam.progress === undefined ? '' : count(exam.progress.submissions, 'submission')}
                  </span>
                </div>
                <Icon name="right" className={list.rowArrow} />
                {exam.progress !== undefined && (
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
