import { useQuery } from '@tanstack/react-query';
import { gradeReport, itemAnalysis } from '../api/exams.js';
import type { GradeReport, PartCounts } from '../api/types.js';
import { Empty, Problem } from '../ui/Notice.js';
import { COUNTED_AS, NO_PARTS } from '../ui/part-counts.js';
import { PartMeter } from '../ui/StateTag.js';
import { count, shortTime } from '../ui/time.js';
import { Waiting } from '../ui/Waiting.js';
import classes from './analysis.module.css';
import table from './examiner.module.css';

/** How far the marking of each part is, and who has marked how much. */
export function ProgressView({ exam }: { exam: string }) {
  const grades = useQuery(gradeReport(exam));
  const analysis = useQuery(itemAnalysis(exam));
  const error = grades.error ?? analysis.error;
  if (error !== null)
    return (
      <Problem
        error={error}
        what="The progress could not be loaded"
        retry={() => void Promise.all([grades.refetch(), analysis.refetch()])}
      />
    );
  if (grades.data === undefined || analysis.data === undefined) return <Waiting rows={2} height={160} />;
  const { markers } = analysis.data;
  const all = markers.reduce((sum, { answers }) => sum + answers, 0);
  return (
    <div className={classes.analysis}>
      <ul className={classes.parts}>
        {partsOf(grades.data).map(({ key, title, counts }) => (
          <li key={key}>
            <h3>
              <span className={classes.key}>{key}</span> {title === '' ? `Part ${key}` : title}
            </h3>
            <PartMeter parts={counts} />
          </li>
        ))}
      </ul>
      <section aria-label="Who has marked">
        <h3 className={classes.label}>Who has marked</h3>
        {markers.length === 0 ? (
          <Empty icon="person" title="Nobody has marked yet" />
        ) : (
          <table className={table.table} data-stacks>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Answers</th>
                <th scope="col">Last</th>
              </tr>
            </thead>
            <tbody>
              {markers.map(({ name, answers, lastAt }) => (
                <tr key={`${name} ${lastAt}`}>
                  <td className={table.name}>{name}</td>
                  <td>
                    {count(answers, 'answer')}, {Math.round((answers / all) * 100)}% of what is marked
                  </td>
                  <td className={table.nowrap}>{shortTime(lastAt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
    </div>
  );
}

/** The papers that were handed in, part by part. */
function partsOf({ rows }: GradeReport) {
  const parts = new Map<string, { key: string; title: string; counts: PartCounts }>();
  for (const { submission, parts: cells } of rows) {
    if (submission === null) continue;
    for (const { key, title, state } of cells) {
      const part = parts.get(key) ?? { key, title, counts: { ...NO_PARTS } };
      part.counts[COUNTED_AS[state]] += 1;
      parts.set(key, part);
    }
  }
  return [...parts.values()];
}
