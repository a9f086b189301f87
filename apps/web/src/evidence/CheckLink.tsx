import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { me } from '../api/session.js';
import classes from './evidence.module.css';

/** Leads markers and examiners to what a check looks for; students read what was found, and no more. */
export function CheckLink({ check, reachable }: { check: string; reachable: boolean }) {
  const { data } = useQuery(me);
  if (!data || data.role === 'student') return null;
  return (
    <p className={`${classes.why} no-print`}>
      <Link to="/checks/$check" params={{ check }} tabIndex={reachable ? undefined : -1}>
        More of this check
      </Link>
    </p>
  );
}
