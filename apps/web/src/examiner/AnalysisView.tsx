import { useQuery } from '@tanstack/react-query';
import { itemAnalysis } from '../api/exams.js';
import type { ItemAnalysis } from '../api/types.js';
import { Empty, Problem } from '../ui/Notice.js';
import { count } from '../ui/time.js';
import { Waiting } from '../ui/Waiting.js';
import { AcceptanceView } from './AcceptanceView.js';
import classes from './analysis.module.css';
import { figure, hard, poor, spread } from './figures.js';

type Part = ItemAnalysis['parts'][number];

/** How the parts did as questions: what was easy, what tells strong papers from weak ones, which errors are frequent. */
export function AnalysisView({ exam }: { exam: string }) {
  const { data, error, isPending, refetch } = useQuery(itemAnalysis(exam));
  if (isPending) return <Waiting rows={2} height={160} />;
  if (error !== null)
    return <Problem error={error} what="The analysis could not be loaded" retry={() => void refetch()} />;
  if (data.parts.every(({ marked }) => marked === 0)) {
    return (
      <Empty icon="person" title="Nothing is marked yet">
        <p>The analysis is of marks that people have given.</p>
      </Empty>
    );
  }
  return (
    <div className={classes.analysis}>
      <Whole analysis={data} />
      <AcceptanceView exam={exam} />
      <ul className={classes.parts}>
        {data.parts.map((part) => (
          <li key={part.part}>
            <PartView part={part} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Whole({ analysis }: { analysis: ItemAnalysis }) {
  const { papers, mean, standardDeviation, range, available, reliability, standardError } = analysis;
  return (
    <section className={classes.whole} aria-label="The whole paper">
      <Bars counts={analysis.distribution} says="Totals" available={available} />
      <dl className={classes.figures}>
        <Figure term="Wholly marked" value={count(papers, 'paper')} />
        <Figure term="Mean" value={figure(mean, 1, ` of ${available}`)} />
        <Figure term="Lowest, median, highest" value={spread(range)} />
        <Figure term="Standard deviation" value={figure(standardDeviation, 1)} />
        <Figure
          term="Reliability (Cronbach's alpha)"
          value={reliability === null ? 'from ten papers on' : figure(reliability, 2)}
        />
        <Figure
          term="A total may be off by chance by"
          value={standardError === null ? '–' : `${figure(standardError, 1)} marks`}
        />
      </dl>
    </section>
  );
}

function PartView({ part }: { part: Part }) {
  const { facility, discrimination, machine, markers, frequent } = part;
  return (
    <>
      <div className={classes.head}>
        <h3>
          <span className={classes.key}>{part.part}</span>{' '}
          {part.title === '' ? `Part ${part.part}` : part.title}
        </h3>
        <Bars counts={part.distribution} says={`Marks of part ${part.part}`} available={part.available} />
      </div>
      <dl className={classes.figures}>
        <Figure term="Marked" value={String(part.marked)} />
        <Figure term="Mean" value={figure(part.mean, 1, ` of ${part.available}`)} />
        <Figure term="Lowest, median, highest" value={spread(part.range)} />
        <Figure
          term="Facility"
          value={facility === null ? '–' : `${Math.round(facility * 100)}%${hard(facility, part.marked)}`}
        />
        <Figure
          term="Discrimination"
          value={discrimination === null ? '–' : `${figure(discrimination, 2)}${poor(discrimination)}`}
        />
        {machine !== null && (
          <Figure
            term="Proposals confirmed"
            value={`${machine.confirmed} of ${machine.decided}, off by ${figure(machine.meanDifference, 2)} on average`}
          />
        )}
        {markers !== null && (
          <Figure
            term="First and second markers"
            value={
              markers.exact === null
                ? `${count(markers.pairs, 'answer')}, too few for figures`
                : `the same for ${Math.round(markers.exact * 100)}% of ${markers.pairs}, kappa ${figure(markers.kappa, 2)}`
            }
          />
        )}
      </dl>
      {frequent.length > 0 && (
        <div>
          <h4 className={classes.label}>Found most often</h4>
          <ol className={classes.frequent}>
            {frequent.map(({ says, answers }) => (
              <li key={says}>
                <span>{says}</span>
                <span className="numbers">{count(answers, 'answer')}</span>
                <span
                  className={classes.share}
                  aria-hidden="true"
                  style={{
                    width: `${(answers / Math.max(1, ...frequent.map((each) => each.answers))) * 100}%`,
                  }}
                />
              </li>
            ))}
          </ol>
        </div>
      )}
    </>
  );
}

function Figure({ term, value }: { term: string; value: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** Papers by tenths of what is available, as bars, with the numbers for those who cannot see them. */
function Bars({ counts, says, available }: { counts: readonly number[]; says: string; available: number }) {
  const most = Math.max(1, ...counts);
  const told = counts
    .map((papers, at) => (papers === 0 ? '' : `${at * 10} to ${at * 10 + 10}%: ${papers}`))
    .filter((each) => each !== '')
    .join('; ');
  return (
    <div>
      <figure className={classes.bars} aria-label={`${says}, by tenths. ${told}`}>
        {counts.map((papers, at) => (
          <span
            // oxlint-disable-next-line react/no-array-index-key -- the tenths are these and no others
            key={at}
            title={`${at * 10} to ${at * 10 + 10}%: ${count(papers, 'paper')}`}
            style={{ height: `${Math.max(papers === 0 ? 0 : 6, (papers / most) * 100)}%` }}
          />
        ))}
      </figure>
      <p className={classes.scale} aria-hidden="true">
        <span>0</span>
        <span>{available}</span>
      </p>
    </div>
  );
}
