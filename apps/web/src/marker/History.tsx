import type { Mark } from '../api/types.js';
import { shortTime } from '../ui/time.js';
import marking from './marking.module.css';
import classes from './scheme.module.css';

const ORIGINS: Readonly<Record<Mark['origin'], string>> = {
  confirmed: 'confirmed',
  changed: 'changed to',
  set: 'gave',
};

/** Every mark this answer ever had, newest first; none is ever overwritten, and what was taken back is still here. */
export function History({ history }: { history: readonly Mark[] }) {
  return (
    <section className={classes.history}>
      <h2 className={marking.label}>Marks so far</h2>
      <ol>
        {history.map((mark) => (
          <li key={mark.id} data-taken-back={mark.takenBack !== null || undefined}>
            <p>
              <strong>{mark.by}</strong> {ORIGINS[mark.origin]}{' '}
              <strong className="numbers">{mark.marks}</strong>
              <time dateTime={mark.at}>{shortTime(mark.at)}</time>
            </p>
            {mark.reason !== '' && <p className={classes.historyReason}>{mark.reason}</p>}
            {mark.takenBack !== null && (
              <p className={classes.historyReason}>
                <strong>{mark.takenBack.by}</strong> took it back{' '}
                <time dateTime={mark.takenBack.at}>{shortTime(mark.takenBack.at)}</time>
                {mark.takenBack.reason !== '' && `: ${mark.takenBack.reason}`}
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
