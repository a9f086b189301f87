import { useQuery } from '@tanstack/react-query';
import { suggestionAcceptance } from '../api/exams.js';
import type { ItemAcceptance } from '../api/types.js';
import classes from './analysis.module.css';

/** What markers made of the machine's suggestions for essays, by rubric item; nothing where there were none. */
export function AcceptanceView({ exam }: { exam: string }) {
  const { data } = useQuery(suggestionAcceptance(exam));
  if (data === undefined || data.length === 0) return null;
  return (
    <section aria-label="Suggestions for essays">
      <h3 className={classes.label}>Suggestions that markers accepted</h3>
      <ol className={classes.frequent}>
        {data.map((each) => (
          <li key={`${each.part} ${each.item} ${each.scorer}`}>
            <span>
              {each.part} · {each.says}
            </span>
            <span className="numbers">{told(each)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function told({ accepted, decided, silent }: ItemAcceptance): string {
  return `${accepted} of ${decided}${silent ? ', silent now' : ''}`;
}
