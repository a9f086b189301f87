import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { exam as examQuery } from '../api/exams.js';

/** The way back from a page about an exam that is being marked. */
export function MarkingCrumbs({ exam }: { exam: string }) {
  const { data } = useQuery(examQuery(exam));
  return (
    <>
      <Link to="/marking">Marking</Link>
      <span aria-hidden="true">/</span>
      <Link to="/marking/$exam" params={{ exam }}>
        {data?.title ?? exam}
      </Link>
    </>
  );
}
