import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { decideOnSample, moderationSamples, takeSample } from '../api/moderation-samples.js';
import type { ModerationSample, SampleDecision } from '../api/types.js';
import { inDecimals, wrongIfGiven } from '../text/marks.js';
import { announce } from '../ui/announce.js';
import { Empty, Problem } from '../ui/Notice.js';
import { Card } from '../ui/Page.js';
import { count, shortTime } from '../ui/time.js';
import { useWrite } from '../ui/useWrite.js';
import { CaseDialog } from './CaseDialog.js';
import { DialogForm } from './DialogForm.js';
import { ReasonField } from './ReasonField.js';
import table from './examiner.module.css';
import classes from './moderation.module.css';
import forms from './people.module.css';

type OfMarker = ModerationSample['markers'][number];
type OfPart = OfMarker['parts'][number];

interface Deciding {
  readonly sample: ModerationSample;
  readonly marker: OfMarker;
  readonly part: OfPart;
}

/** Samples of each marker's marks, how far others agree with them, and what came of it. */
export function SamplesCard({ exam }: { exam: string }) {
  const { data, error } = useQuery(moderationSamples(exam));
  const [open, setOpen] = useState<'taking' | Deciding | null>(null);
  const close = () => setOpen(null);
  return (
    <Card title="Samples of each marker’s marks">
      {error !== null && <Problem error={error} what="The samples could not be loaded" />}
      {data?.length === 0 && (
        <Empty icon="scale" title="No sample has been taken">
          <p>
            Somebody else marks a few answers of each marker without seeing their marks: the highest and the
            lowest, papers near a grade boundary, fails, and some across the range.
          </p>
        </Empty>
      )}
      {data?.map((sample) => (
        <SampleView
          key={sample.id}
          sample={sample}
          onDecide={(marker, part) => setOpen({ sample, marker, part })}
        />
      ))}
      <div className={forms.buttons}>
        <Button size="xs" variant="default" onClick={() => setOpen('taking')}>
          Take a sample …
        </Button>
      </div>
      <CaseDialog
        about={open}
        onClose={close}
        title={(about) => (about === 'taking' ? 'Take a sample' : 'What comes of it')}
      >
        {(about) =>
          about === 'taking' ? (
            <TakeForm exam={exam} onDone={close} />
          ) : (
            <DecideForm exam={exam} {...about} onDone={close} />
          )
        }
      </CaseDialog>
    </Card>
  );
}

interface SampleViewProps {
  sample: ModerationSample;
  onDecide: (marker: OfMarker, part: OfPart) => void;
}

function SampleView({ sample, onDecide }: SampleViewProps) {
  const { number, size, tolerance, by, at, markers } = sample;
  const title = `Sample ${number}`;
  return (
    <div className={classes.sample}>
      <h3>{title}</h3>
      <p className={classes.lead}>
        {size} of each marker’s answers, within {tolerance} {tolerance === '1' ? 'mark' : 'marks'}. {by},{' '}
        {shortTime(at)}
      </p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it may scroll, and then the keyboard must reach it */}
      <section className={classes.scroll} tabIndex={0} aria-label={`${title}, by marker and part`}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Marker and part</th>
              <th scope="col">Marked again</th>
              <th scope="col">Same marks</th>
              <th scope="col">Within {tolerance}</th>
              <th scope="col">Marker gives more by</th>
              <th scope="col">Weighted kappa</th>
              <th scope="col">Outcome</th>
            </tr>
          </thead>
          {markers.map((marker) => (
            <tbody key={marker.marker.id}>
              <tr>
                <th scope="rowgroup">{marker.marker.name}</th>
                <Figures of={marker} />
                <td colSpan={2}>–</td>
              </tr>
              {marker.parts.map((part) => (
                <tr key={part.part}>
                  <th scope="row">
                    <span className={classes.key}>{part.part}</span>
                    {part.title}
                  </th>
                  <Figures of={part} />
                  <td>{part.kappa === null ? '–' : part.kappa.toFixed(2)}</td>
                  <td>
                    <Outcome marker={marker} part={part} onDecide={() => onDecide(marker, part)} />
                  </td>
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </section>
      {markers.some(({ dropped }) => dropped > 0) && (
        <p className={classes.small}>
          Dropped out: the mark was taken back or changed before somebody else had marked the answer, or the
          answer no longer counts. What stands instead is compared with nothing here.
        </p>
      )}
    </div>
  );
}

function Figures({
  of,
}: {
  of: Pick<OfPart, 'answers' | 'dropped' | 'done' | 'same' | 'withinTolerance' | 'meanDifference'>;
}) {
  const { answers, dropped, done, same, withinTolerance, meanDifference } = of;
  return (
    <>
      <td>
        {done} of {answers - dropped}
        {dropped > 0 && <span className={table.under}>{dropped} dropped out</span>}
      </td>
      <td>{done === 0 ? '–' : same}</td>
      <td>{done === 0 ? '–' : withinTolerance}</td>
      <td>{meanDifference === null ? '–' : signed(meanDifference)}</td>
    </>
  );
}

function signed(difference: number): string {
  const shown = difference.toFixed(2);
  return difference > 0 ? `+${shown}` : shown.replace('-', '−');
}

function Outcome({ marker, part, onDecide }: { marker: OfMarker; part: OfPart; onDecide: () => void }) {
  const { decided } = part;
  if (decided !== null)
    return (
      <span title={`${decided.reason} (${decided.by}, ${shortTime(decided.at)})`}>
        {decided.outcome === 'accepted'
          ? 'Accepted'
          : `${count(decided.answers, 'more answer')} marked again`}
      </span>
    );
  if (part.answers === part.dropped) return <>Nothing to compare</>;
  if (marker.yours) return <>Somebody else decides</>;
  return (
    <Button
      size="xs"
      variant="default"
      disabled={part.done === 0}
      aria-label={`Decide on ${marker.marker.name} in part ${part.part} …`}
      onClick={onDecide}
    >
      Decide …
    </Button>
  );
}

/** As many as marks can be at all. */
const MOST = '999999999';

function TakeForm({ exam, onDone }: { exam: string; onDone: () => void }) {
  const queryClient = useQueryClient();
  const [size, setSize] = useState('10');
  const [tolerance, setTolerance] = useState('0.5');
  const taking = useWrite({
    mutationFn: () => takeSample(exam, { size: size.trim(), tolerance: inDecimals(tolerance) }),
    onSuccess: async ({ markers }) => {
      announce(
        `${count(
          markers.reduce((sum, { answers }) => sum + answers, 0),
          'answer',
        )} wait for somebody else`,
      );
      await queryClient.invalidateQueries();
      onDone();
    },
  });
  const wrong = wrongIfGiven(tolerance, MOST);
  return (
    <DialogForm
      write={taking}
      onSubmit={() => {
        if (wrong === null) taking.mutate();
      }}
      action="Take the sample"
      failed="No sample was taken"
      onLeave={onDone}
    >
      <p>
        These papers wait with their release until somebody else has marked the answers. They find them in
        their queue, without the marks they have.
      </p>
      <div className={forms.two}>
        <TextInput
          label="Of each marker"
          description="A number such as 10, or a share such as 10%"
          required
          pattern="[1-9][0-9]{0,3}|[1-9][0-9]?%|100%"
          data-autofocus
          value={size}
          onChange={({ currentTarget }) => setSize(currentTarget.value)}
        />
        <TextInput
          label="Tolerance in marks"
          description="What differs by more waits for a decision"
          required
          inputMode="decimal"
          value={tolerance}
          error={wrong}
          onChange={({ currentTarget }) => setTolerance(currentTarget.value)}
        />
      </div>
    </DialogForm>
  );
}

const OUTCOMES = [
  { value: 'accepted', label: 'The marks are accepted' },
  { value: 're-marked', label: 'Somebody else marks all of them' },
];

function DecideForm({ exam, sample, marker, part, onDone }: Deciding & { exam: string; onDone: () => void }) {
  const queryClient = useQueryClient();
  const [outcome, setOutcome] = useState<SampleDecision['outcome']>('accepted');
  const [reason, setReason] = useState('');
  const deciding = useWrite({
    mutationFn: () =>
      decideOnSample(exam, sample.id, { marker: marker.marker.id, part: part.part, outcome, reason }),
    onSuccess: async () => {
      announce(outcome === 'accepted' ? 'The marks are accepted' : 'Somebody else marks all of them');
      await queryClient.invalidateQueries();
      onDone();
    },
  });
  return (
    <DialogForm
      write={deciding}
      onSubmit={() => deciding.mutate()}
      action="Decide"
      failed="Nothing was decided"
      onLeave={onDone}
    >
      <p>
        {marker.marker.name}, part {part.part}: {part.same} of {part.done} the same, {part.withinTolerance}{' '}
        within {sample.tolerance}.
      </p>
      <NativeSelect
        label="Outcome"
        data-autofocus
        value={outcome}
        onChange={({ currentTarget }) =>
          setOutcome(currentTarget.value === 're-marked' ? 're-marked' : 'accepted')
        }
        data={OUTCOMES}
      />
      <ReasonField
        kept="Kept with your name in the trail; no student reads it"
        value={reason}
        onChange={setReason}
      />
    </DialogForm>
  );
}
