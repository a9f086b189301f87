import { useQuery } from '@tanstack/react-query';
import { agreement } from '../api/moderation.js';
import type { AgreementFigures, MarkingAgreement } from '../api/types.js';
import { Empty, Problem } from '../ui/Notice.js';
import { Card } from '../ui/Page.js';
import { count } from '../ui/time.js';
import { Waiting } from '../ui/Waiting.js';
import classes from './moderation.module.css';

/** First markers against second ones, and the machine against people who marked without seeing what it proposed. */
export function AgreementCard({ exam }: { exam: string }) {
  const { data, error, isPending, refetch } = useQuery(agreement(exam));
  if (isPending) return <Waiting rows={1} height={160} />;
  if (error !== null)
    return <Problem error={error} what="The figures could not be loaded" retry={() => void refetch()} />;
  return (
    <>
      <Card title="First and second markers">
        <Markers of={data} />
      </Card>
      <Card title="Machine and people">
        <Machine of={data} />
      </Card>
    </>
  );
}

function Markers({ of: { markers, enough, step } }: { of: MarkingAgreement }) {
  if (markers.overall.pairs === 0)
    return (
      <Empty icon="scale" title="No answer has been marked by two">
        <p>
          With <code>marking: {'{ secondMarking: { of: 20%, tolerance: 0.5 } }'}</code> in the exam, a second
          marker marks a fifth of the answers without seeing the first mark.
        </p>
      </Empty>
    );
  return (
    <>
      <p className={classes.lead}>
        {count(markers.overall.pairs, 'answer')} marked by two, each without the other’s mark.
      </p>
      <FigureTable {...markers} enough={enough} step={step} first="first" label="First and second markers" />
    </>
  );
}

function Machine({ of: { machine, enough, step } }: { of: MarkingAgreement }) {
  const { share, waiting, unknown, overall, parts } = machine;
  if (share === 0 && overall.pairs === 0)
    return (
      <Empty icon="machine" title="No proposal is kept back">
        <p>
          With <code>marking: {'{ hiddenProposals: 10% }'}</code> in the exam, markers decide on a tenth of
          the answers without seeing the machine’s proposal. Here stands then how far the two agree.
        </p>
      </Empty>
    );
  return (
    <>
      <p className={classes.lead}>
        The proposals for {inPercent(share)} of the answers are kept back until a person has decided.{' '}
        {count(overall.pairs, 'answer')} can be compared, {waiting} {waiting === 1 ? 'waits' : 'wait'} for a
        person
        {unknown === 0 ? '.' : `, and for ${unknown} the machine did not know.`}
      </p>
      <FigureTable
        overall={overall}
        parts={parts}
        enough={enough}
        step={step}
        first="machine"
        label="Machine and people"
      />
    </>
  );
}

interface FigureTableProps {
  overall: AgreementFigures;
  parts: readonly (AgreementFigures & { part: string; title: string })[];
  enough: number;
  step: string;
  /** Who gives more where a difference is above zero. */
  first: string;
  label: string;
}

export function FigureTable({ overall, parts, enough, step, first, label }: FigureTableProps) {
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it may scroll, and then the keyboard must reach it */}
      <section className={classes.scroll} tabIndex={0} aria-label={`${label}, by part`}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Part</th>
              <th scope="col">Answers</th>
              <th scope="col">Same marks</th>
              <th scope="col">Within {step}</th>
              <th scope="col">{capital(first)} gives more by</th>
              <th scope="col">Weighted kappa</th>
            </tr>
          </thead>
          <tbody>
            {parts.map((each) => (
              <tr key={each.part}>
                <th scope="row">
                  <span className={classes.key}>{each.part}</span> {each.title}
                </th>
                <Figures of={each} enough={enough} withKappa />
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">All parts</th>
              <Figures of={overall} enough={enough} withKappa={false} />
            </tr>
          </tfoot>
        </table>
      </section>
      <p className={classes.small}>
        Figures from {enough} answers on: fewer would say more of chance than of anybody. Kappa weighs a
        difference by its square; 1 is full agreement, 0 what chance gives.
      </p>
    </>
  );
}

function Figures({
  of: { pairs, exact, withinOneStep, meanDifference, kappa },
  enough,
  withKappa,
}: {
  of: AgreementFigures;
  enough: number;
  withKappa: boolean;
}) {
  if (pairs < enough)
    return (
      <>
        <td>{pairs}</td>
        <td colSpan={4} className={classes.few}>
          {enough - pairs} more needed
        </td>
      </>
    );
  return (
    <>
      <td>{pairs}</td>
      <td>{inPercent(exact)}</td>
      <td>{inPercent(withinOneStep)}</td>
      <td>{signed(meanDifference)}</td>
      <td>{!withKappa ? '' : kappa === null ? '–' : kappa.toFixed(2)}</td>
    </>
  );
}

function inPercent(share: number | null): string {
  return share === null ? '–' : `${Math.round(share * 1000) / 10}%`;
}

function signed(marks: number | null): string {
  if (marks === null) return '–';
  const text = Math.abs(marks).toFixed(2);
  return Number(text) === 0 ? '0' : `${marks < 0 ? '−' : '+'}${text}`;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
