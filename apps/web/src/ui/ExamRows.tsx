import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { exams } from '../api/exams.js';
import type { ExamSummary } from '../api/types.js';
import { Icon } from './icons.js';
import list from './list.module.css';
import { Problem } from './Notice.js';
import { PartMeter } from './StateTag.js';
import { Waiting } from './Waiting.js';

type Progress = NonNullable<ExamSummary['progress']>;

interface ExamRowsProps {
  /** Which exams are listed. */
  which: (exam: ExamSummary) => boolean;
  /** Where a row leads. */
  to: '/examining/$exam' | '/marking/$exam';
  /** In place of the rows where there is none. */
  empty: ReactNode;
  /** Under the title of an exam. */
  note?: (exam: ExamSummary) => string;
  /** Beside it, of an exam that somebody looks after. */
  aside: (progress: Progress) => string;
  /** Whether the state of its parts is drawn. */
  drawn?: (progress: Progress) => boolean;
}

/** Exams with how far they are, a row each. */
export function ExamRows({ which, to, empty, note, aside, drawn = () => true }: ExamRowsProps) {
  const { data: all, error, refetch, isPending } = useQuery(exams);
  const data = all?.filter(which);
  return (
    <>
      {isPending && <Waiting />}
      {error !== null && (
        <Problem error={error} what="The exams could not be loaded" retry={() => void refetch()} />
      )}
      {data?.length === 0 && empty}
      {data !== undefined && data.length > 0 && (
        <ul className={list.list}>
          {data.map((exam) => (
            <li key={exam.id}>
              <Link to={to} params={{ exam: exam.id }} className={list.row}>
                <div className={list.rowMain}>
                  <h2 className={list.rowTitle}>{exam.title}</h2>
                  {note !== undefined && <p className={list.rowNote}>{note(exam)}</p>}
                </div>
                <div className={list.rowSide}>
                  {exam.progress !== undefined && (
                    <span className={list.rowNote}>{aside(exam.progress)}</span>
                  )}
                </div>
                <Icon name="right" className={list.rowArrow} />
                {exam.progress !== undefined && drawn(exam.progress) && (
                  <div className={list.wide}>
                    <PartMeter parts={exam.progress.parts} />
                  </div>
                )}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
