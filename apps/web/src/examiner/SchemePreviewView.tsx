import { Button, Modal, Progress, SegmentedControl, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { applyScheme, type Confirmed } from '../api/scheme-changes.js';
import type { SchemePreview } from '../api/types.js';
import { announce } from '../ui/announce.js';
import { Notice } from '../ui/Notice.js';
import { Card, focusHeading } from '../ui/Page.js';
import { count, shortTime } from '../ui/time.js';
import { useWrite } from '../ui/useWrite.js';
import { DialogForm } from './DialogForm.js';
import examinerClasses from './examiner.module.css';
import classes from './scheme.module.css';
import { whoWouldChange } from './schemeInWords.js';

type Paper = SchemePreview['papers'][number];

interface SchemePreviewViewProps {
  exam: string;
  preview: SchemePreview;
  confirmed: Confirmed;
  onConfirmed: (confirmed: Confirmed) => void;
}

export function SchemePreviewView({ exam, preview, confirmed, onConfirmed }: SchemePreviewViewProps) {
  const [applying, apply] = useState(false);
  const { summary, done, wanted } = preview;
  const whole = done >= wanted;
  return (
    <>
      <Card title={`${preview.title}, changed`}>
        <p className={classes.about}>
          Put up by {preview.stagedBy}, {shortTime(preview.stagedAt)}.{' '}
          {preview.parts.length === 0
            ? 'No part is marked otherwise.'
            : `Marked otherwise: ${preview.parts.join(', ')}.`}
        </p>
        {!whole && <Working done={done} wanted={wanted} />}
        <dl className={classes.figures}>
          <Figure of={summary.papers} says={summary.papers === 1 ? 'paper' : 'papers'} />
          <Figure
            of={summary.changed}
            says={`would change: ${summary.up} up, ${summary.down} down`}
            strong={summary.changed > 0}
          />
          <Figure of={summary.crossing} says="would come to another grade" strong={summary.crossing > 0} />
          <Figure of={summary.kept} says="answers keep a person’s mark though the proposal changes" />
          <Figure of={summary.opening} says="answers would need a person" />
        </dl>
        <fieldset className={classes.choice}>
          <legend>Marks that people confirmed as proposed</legend>
          <SegmentedControl
            value={confirmed}
            onChange={(chosen) => onConfirmed(chosen)}
            data={[
              { value: 'keep', label: 'Stay' },
              { value: 'follow', label: 'Follow the new proposal' },
            ]}
          />
          <p>Marks that a person set otherwise than proposed always stay.</p>
        </fieldset>
        <div className={classes.apply}>
          <Button onClick={() => apply(true)} disabled={!whole}>
            Apply the change
          </Button>
          {!whole && <span>as soon as every answer has been marked by it</span>}
        </div>
      </Card>
      <Card title={whoWouldChange(preview.papers)}>
        {preview.papers.length === 0 ? (
          <p className={classes.about}>
            {whole ? 'Nobody: every proposal stays as it is.' : 'Nobody yet, as far as it has been marked.'}
          </p>
        ) : (
          <Papers papers={preview.papers} />
        )}
      </Card>
      <ApplyDialog
        exam={exam}
        preview={preview}
        confirmed={confirmed}
        opened={applying}
        onClose={() => apply(false)}
      />
    </>
  );
}

function Working({ done, wanted }: { done: number; wanted: number }) {
  const share = wanted === 0 ? 100 : (100 * done) / wanted;
  return (
    <div className={classes.working} aria-live="polite">
      <Progress value={share} aria-label="Answers marked by the changed scheme" />
      <p>
        {done} of {count(wanted, 'answer')} marked by the changed scheme. You may leave this page; it goes on.
      </p>
    </div>
  );
}

function Figure({ of, says, strong = false }: { of: number; says: string; strong?: boolean }) {
  return (
    <div data-strong={strong || undefined}>
      <dt>{says}</dt>
      <dd className="numbers">{of}</dd>
    </div>
  );
}

const FATES = {
  changes: 'changes',
  kept: 'stays, as a person decided',
  opens: 'needs a person',
  settles: 'is settled',
} as const;

function Papers({ papers }: { papers: readonly Paper[] }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it may scroll, and then the keyboard must reach it
    <section className={examinerClasses.scroll} tabIndex={0} aria-label="Who would change">
      <table className={examinerClasses.table}>
        <thead>
          <tr>
            <th scope="col">Student</th>
            <th scope="col" className={examinerClasses.number}>
              Total now
            </th>
            <th scope="col" className={examinerClasses.number}>
              Then
            </th>
            <th scope="col" className={examinerClasses.number}>
              Difference
            </th>
            <th scope="col">Grade</th>
            <th scope="col">Parts</th>
          </tr>
        </thead>
        <tbody>
          {papers.map((paper) => (
            <tr key={paper.submission}>
              <td className={examinerClasses.name}>
                <strong>{paper.student.name}</strong>
                <span className={examinerClasses.under}>
                  {paper.student.studentNumber ?? paper.student.email}
                </span>
              </td>
              <td className={examinerClasses.number}>{paper.before}</td>
              <td className={examinerClasses.number}>{paper.after}</td>
              <td className={examinerClasses.number} data-direction={directionOf(paper.difference)}>
                {signed(paper.difference)}
              </td>
              <td>{gradeOf(paper)}</td>
              <td>
                {paper.parts.map(({ part, fate, before, after }) => (
                  <span key={part} className={classes.part}>
                    <strong>{part}</strong> {FATES[fate]}
                    {fate === 'changes' || fate === 'settles' ? `: ${before ?? '–'} → ${after ?? '–'}` : ''}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function directionOf(difference: string): 'up' | 'down' | 'same' {
  if (difference === '0') return 'same';
  return difference.startsWith('-') ? 'down' : 'up';
}

function signed(difference: string): string {
  if (difference === '0') return '0';
  return difference.startsWith('-') ? difference.replace('-', '\u2212') : `+${difference}`;
}

function gradeOf({ complete, gradeBefore, gradeAfter }: Paper) {
  if (!complete) return <span className={examinerClasses.under}>not complete</span>;
  if (gradeBefore === gradeAfter) return gradeBefore ?? '–';
  return (
    <strong className={classes.crossing}>
      {gradeBefore ?? 'none'} → {gradeAfter ?? 'none'}
    </strong>
  );
}

interface ApplyDialogProps extends Omit<SchemePreviewViewProps, 'onConfirmed'> {
  opened: boolean;
  onClose: () => void;
}

function ApplyDialog({ exam, preview, confirmed, opened, onClose }: ApplyDialogProps) {
  const queryClient = useQueryClient();
  const [why, setWhy] = useState('');
  const applying = useWrite({
    mutationFn: () => applyScheme(exam, { draft: preview.draft, confirmed, why: why.trim() }),
    onSuccess: async () => {
      announce('The scheme is changed');
      onClose();
      await queryClient.invalidateQueries({ queryKey: ['exam', exam] });
      await queryClient.invalidateQueries({ queryKey: ['queue', exam] });
      focusHeading();
    },
  });
  const { summary } = preview;
  return (
    <Modal opened={opened} onClose={onClose} title="Apply the changed scheme" size="lg">
      <DialogForm
        write={applying}
        onSubmit={() => applying.mutate()}
        action={`Apply to ${count(summary.papers, 'paper')}`}
        ready={why.trim() !== ''}
        failed="Nothing was changed"
        onLeave={onClose}
      >
        <p>
          <strong>{count(summary.changed, 'total')}</strong> of {summary.papers} would change,{' '}
          {summary.crossing === 0 ? 'nobody comes' : <strong>{summary.crossing} come</strong>} to another
          grade. It is one change, which you can undo as one. Released marks stay as students saw them until
          you release again.
        </p>
        {summary.opening > 0 && (
          <Notice tone="unsure" title={`${count(summary.opening, 'answer')} will need a person`}>
            The changed scheme leaves open what was proposed before.
          </Notice>
        )}
        <Textarea
          label="Why"
          description="Recorded with the change"
          required
          data-autofocus
          autosize
          minRows={2}
          value={why}
          onChange={(event) => setWhy(event.currentTarget.value)}
        />
      </DialogForm>
    </Modal>
  );
}
