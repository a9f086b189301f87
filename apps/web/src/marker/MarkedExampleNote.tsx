import { Link } from '@tanstack/react-router';
import type { MarkedExample } from '../api/types.js';
import classes from './scheme.module.css';

/** What a marker accepted for the item in another answer, beside the sentence here that says the same. */
export function MarkedExampleNote({
  example: { span, example, answer, candidate },
  exam,
  text,
}: {
  example: MarkedExample;
  exam: string;
  text: string;
}) {
  return (
    <p className={classes.reason}>
      Here: “{text.slice(span.start, span.end)}” says the same as what was accepted for{' '}
      <Link to="/marking/$exam/$answer" params={{ exam, answer }}>
        {candidate}
      </Link>
      : “{example}”
    </p>
  );
}
