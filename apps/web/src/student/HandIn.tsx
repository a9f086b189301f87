import { Button, FileButton, Progress } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { submitAddress } from '../api/exams.js';
import type { UploadProgress } from '../api/line.js';
import { IN_PIECES_FROM, uploadInPieces } from '../api/upload-in-pieces.js';
import { ProblemError } from '../api/problem.js';
import { newKey, upload } from '../api/upload.js';
import type { Accepted } from '../api/types.js';
import { DropZone } from '../ui/DropZone.js';
import { Icon } from '../ui/icons.js';
import { Problem } from '../ui/Notice.js';
import { Card } from '../ui/Page.js';
import { fileSize } from '../ui/time.js';
import classes from './student.module.css';

/** Too large, of no kind that is taken, or empty or broken. */
const REFUSED = new Set([413, 415, 422]);

interface Attempt {
  readonly file: File;
  /** The same for each try with this file, so that trying again never hands in twice. */
  readonly key: string;
}

interface HandInProps {
  exam: string;
  again: boolean;
  late: boolean;
  /** Nothing is taken any more; what is on its way when that comes stays in view until it is answered. */
  closed: boolean;
}

export function HandIn({ exam, again, late, closed }: HandInProps) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [attempt, setAttempt] = useState<Attempt | null>(null);
  const [progress, setProgress] = useState<UploadProgress>({ sent: 0, total: 0, waiting: false });
  const abort = useRef(new AbortController());
  /** Before the page shows it: the button that is pressed twice is still there. */
  const underWay = useRef(false);
  const reset = useRef<() => void>(null);

  const sending = useMutation({
    mutationFn: ({ file, key }: Attempt) => {
      abort.current = new AbortController();
      setProgress({ sent: 0, total: file.size, waiting: false });
      const { signal } = abort.current;
      if (file.size >= IN_PIECES_FROM) return uploadInPieces(exam, file, setProgress, signal);
      return upload<Accepted>({ path: submitAddress(exam), file, key, onProgress: setProgress, signal });
    },
    onSuccess: async ({ submission }) => {
      await navigate({ to: '/submissions/$submission', params: { submission } });
      // Only now: the page that is left behind would move.
      void queryClient.invalidateQueries({ queryKey: ['exams'] });
      void queryClient.invalidateQueries({ queryKey: ['exam', exam, 'submissions'] });
    },
    onSettled: () => {
      underWay.current = false;
    },
  });
  function send(file: Attempt) {
    if (underWay.current) return;
    underWay.current = true;
    sending.mutate(file);
  }

  function choose(file: File | null | undefined) {
    reset.current?.();
    if (file === null || file === undefined) return;
    sending.reset();
    setAttempt({ file, key: newKey() });
  }

  if (closed && sending.isIdle) return null;

  /** The same file would be refused again. */
  const refused = sending.error instanceof ProblemError && REFUSED.has(sending.error.status);
  const sent = progress.total === 0 ? 0 : Math.round((100 * progress.sent) / progress.total);
  return (
    <Card title={again ? 'Hand in again' : 'Hand in your answers'}>
      <DropZone
        closed={sending.isPending || closed}
        says={attempt === null ? 'Drop one file here, or' : null}
        onFile={choose}
      >
        {attempt !== null && (
          <p className={classes.file}>
            <Icon name="sheet" />
            <span>
              <strong>{attempt.file.name}</strong>
              <span className={classes.fileSize}>{fileSize(attempt.file.size)}</span>
            </span>
          </p>
        )}
        {!sending.isPending && !closed && (
          <FileButton
            resetRef={reset}
            onChange={choose}
            inputProps={{ 'aria-label': 'Your answers as a file' }}
          >
            {(props) => (
              <Button {...props} variant={attempt === null || refused ? 'filled' : 'subtle'} size="sm">
                {attempt === null ? 'Choose a file' : 'Choose another'}
              </Button>
            )}
          </FileButton>
        )}
        {attempt !== null && attempt.file.size >= IN_PIECES_FROM && (
          <p className={classes.hint}>
            A large file: if the connection breaks, sending goes on where it stopped, also after you come back
            to this page and choose the same file. What counts is when its last byte arrives.
          </p>
        )}
        {!sending.isPending && (
          <p className={classes.hint}>
            PDF, Word, Markdown, LaTeX, plain text, a notebook, Python, a picture, or a ZIP of these, with
            each question’s number above its answer.
          </p>
        )}
      </DropZone>

      {sending.isPending && (
        <output className={classes.sending}>
          <Progress value={sent} aria-label="Sent so far" radius="xl" />
          <div className={classes.sendingNote}>
            <span className="numbers">{sentInWords(progress, sent)}</span>
            {sent < 100 && (
              <Button size="compact-xs" variant="subtle" onClick={() => abort.current.abort()}>
                Cancel
              </Button>
            )}
          </div>
        </output>
      )}
      {sending.error !== null && (
        <div className={classes.below}>
          <Problem error={sending.error} what="Your file was not handed in" />
        </div>
      )}
      {/* There from the start, so that nothing below moves once a file is chosen. */}
      {!sending.isPending && !refused && !closed && (
        <Button
          fullWidth
          mt="md"
          disabled={attempt === null}
          onClick={() => {
            if (attempt !== null) send(attempt);
          }}
        >
          {sending.error === null ? (late ? 'Hand in late' : 'Hand in') : 'Try again'}
        </Button>
      )}
    </Card>
  );
}

function sentInWords({ total, waiting }: UploadProgress, percent: number): string {
  if (waiting) {
    const kept =
      percent === 0
        ? 'The connection is lost, and nothing has arrived yet. It is sent'
        : `The connection is lost at ${percent}%. What has arrived is kept, and the rest is sent`;
    return `${kept} by itself as soon as the connection is back: leave this page open.`;
  }
  return percent < 100 ? `${percent}% of ${fileSize(total)} sent` : 'Being stored. Your receipt is next.';
}
