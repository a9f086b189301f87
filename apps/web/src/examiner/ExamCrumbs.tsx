import { Link } from '@tanstack/react-router';

/** The way to a page of one exam, whose title may not be known yet. */
export function ExamCrumbs({ exam, title }: { exam: string; title: string | undefined }) {
  return (
    <>
      <Link to="/examining">Exams</Link>
      <span aria-hidden="true">/</span>
      <Link to="/examining/$exam" params={{ exam }}>
        {title ?? exam}
      </Link>
    </>
  );
}
