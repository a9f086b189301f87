import { Button, Modal } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { releaseExam } from '../api/exams.js';
import { releasePlan } from '../api/release.js';
import type { ReleaseResult, SubmissionSummary } from '../api/types.js';
import { Notice, Problem } from '../ui/Notice.js';
import { count } from '../ui/time.js';
import { useWrite } from '../ui/useWrite.js';
import classes from './examiner.module.css';
import { heldBecause, latestOf, nameOf } from './held.js';

interface ReleaseDialogProps {
  exam: string;
  submissions: readonly SubmissionSummary[];
  opened: boolean;
  onClose: () => void;
}

/** Says what will be released and what is held back, and why, before anything happens; then what did happen. */
export function ReleaseDialog({ exam, submissions, opened, onClose }: ReleaseDialogProps) {
  const queryClient = useQueryClient();
  const releasing = useWrite({
    mutationFn: () => releaseExam(exam),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['exam', exam] });
      await queryClient.invalidateQueries({ queryKey: ['exams'] });
    },
  });
  const close = () => {
    // What was released and what was held back would not be seen.
    if (releasing.isPending) return;
    onClose();
    releasing.reset();
  };
  return (
    <Modal opened={opened} onClose={close} title="Release marks" size="lg">
      {releasing.data === undefined ? (
        <Before
          exam={exam}
          submissions={submissions}
          pending={releasing.isPending}
          error={releasing.error}
          onRelease={() => releasing.mutate()}
          onClose={close}
        />
      ) : (
        <After result={releasing.data} submissions={submissions} onClose={close} />
      )}
    </Modal>
  );
}

interface BeforeProps {
  exam: string;
  submissions: readonly SubmissionSummary[];
  pending: boolean;
  error: Error | null;
  onRelease: () => void;
  onClose: () => void;
}

function Before({ exam, submissions, pending, error, onRelease, onClose }: BeforeProps) {
  const { data } = useQuery(releasePlan(exam));
  const withheld = new Set(data?.withheld.map(({ student }) => student.id));
  const waiting = latestOf(submissions).filter(({ state }) => state !== 'released');
  const held = waiting.flatMap((each) => {
    const back = withheld.has(each.student?.id ?? '');
    const why = back ? 'withheld' : heldBecause(each);
    return why === null ? [] : [{ submission: each.id, name: nameOf(each), why }];
  });
  const ready = waiting.length - held.length;
  return (
    <div className={classes.dialog}>
      <p>
        {waiting.length === 0 ? (
          'Everything that was handed in is released already.'
        ) : ready === 0 ? (
          'Nothing is ready, so nothing would be released.'
        ) : (
          <>
            <strong>{count(ready, 'submission')}</strong> {ready === 1 ? 'is' : 'are'} wholly marked by a
            person and will be released. Their students see marks, reasons and evidence at once.
          </>
        )}
      </p>
      {held.length > 0 && <Held title={`${count(held.length, 'submission')} held back`} held={held} />}
      {error !== null && <Problem error={error} what="Nothing was released" />}
      <div className={classes.dialogButtons}>
        <Button variant="default" onClick={onClose} data-autofocus={ready === 0 || undefined}>
          Cancel
        </Button>
        <Button
          onClick={onRelease}
          loading={pending}
          disabled={ready === 0}
          data-autofocus={ready > 0 || undefined}
        >
          Release {count(ready, 'submission')}
        </Button>
      </div>
    </div>
  );
}

function After({
  result,
  submissions,
  onClose,
}: {
  result: ReleaseResult;
  submissions: readonly SubmissionSummary[];
  onClose: () => void;
}) {
  const held = result.held
    .filter(({ reason }) => reason !== 'already-released' && reason !== 'not-latest-attempt')
    .map(({ submission, why }) => {
      const known = submissions.find(({ id }) => id === submission);
      return { submission, name: known === undefined ? submission : nameOf(known), why };
    });
  return (
    <div className={classes.dialog}>
      <Notice
        tone="final"
        icon="seal"
        title={`${count(result.released.length, 'submission')} released`}
        live="polite"
      />
      {held.length > 0 && <Held title={`${count(held.length, 'submission')} held back`} held={held} />}
      <div className={classes.dialogButtons}>
        <Button onClick={onClose} data-autofocus>
          Done
        </Button>
      </div>
    </div>
  );
}

function Held({
  title,
  held,
}: {
  title: string;
  held: readonly { submission: string; name: string; why: string }[];
}) {
  return (
    <section>
      <h3 className={classes.heldTitle}>{title}</h3>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it may scroll, and then the keyboard must reach it */}
      <section className={classes.held} aria-label={title} tabIndex={0}>
        <ul>
          {held.map(({ submission, name, why }) => (
            <li key={submission}>
              <span>{name}</span>
              <span>{why}</span>
            </li>
          ))}
        </ul>
      </section>
    </section>
  );
}
