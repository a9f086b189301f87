import { Button, FileButton, Progress } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { uploadCohort } from '../api/cohorts.js';
import { exam as examQuery } from '../api/exams.js';
import type { UploadProgress } from '../api/line.js';
import { announce } from '../ui/announce.js';
import { DropZone } from '../ui/DropZone.js';
import { Problem } from '../ui/Notice.js';
import { Card, Page } from '../ui/Page.js';
import { count, fileSize } from '../ui/time.js';
import classes from './cohort.module.css';
import { CohortPreview } from './CohortPreview.js';
import { ExamCrumbs } from './ExamCrumbs.js';

const route = getRouteApi('/shell/examiner/examining/$exam/cohort');

/** Hands in what a whole cohort handed in on another platform. */
export function CohortPage() {
  const { exam: id } = route.useParams();
  const exam = useQuery(examQuery(id));
  const [progress, setProgress] = useState<UploadProgress>({ sent: 0, total: 0, waiting: false });
  const abort = useRef(new AbortController());
  const reset = useRef<() => void>(null);
  const sending = useMutation({
    mutationFn: (archive: File) => {
      abort.current = new AbortController();
      setProgress({ sent: 0, total: archive.size, waiting: false });
      return uploadCohort(id, archive, setProgress, abort.current.signal);
    },
    onSuccess: ({ rows }) => announce(`${count(rows.length, 'row')} found in the archive`),
  });
  const choose = (archive: File | null) => {
    reset.current?.();
    if (archive !== null) sending.mutate(archive);
  };
  const sent = progress.total === 0 ? 0 : Math.round((100 * progress.sent) / progress.total);
  return (
    <Page
      title="Hand in for a cohort"
      width="80rem"
      crumbs={<ExamCrumbs exam={id} title={exam.data?.title} />}
      lead="Upload what Moodle, Gradescope or Canvas lets you download of all submissions, as it is. You see first what goes to whom; nothing is handed in before you say so."
    >
      <div className={classes.stack}>
        <Card title="The archive">
          <DropZone
            closed={sending.isPending}
            says={sending.variables === undefined ? 'Drop the ZIP here, or' : null}
            onFile={choose}
          >
            <FileButton
              resetRef={reset}
              accept=".zip,application/zip"
              onChange={choose}
              inputProps={{ 'aria-label': 'The archive of a cohort' }}
            >
              {(props) => (
                <Button
                  {...props}
                  variant={sending.data === undefined ? 'filled' : 'default'}
                  disabled={sending.isPending}
                >
                  {sending.data === undefined ? 'Choose an archive' : 'Choose another'}
                </Button>
              )}
            </FileButton>
            {sending.variables !== undefined && (
              <span className={classes.archive}>
                <strong>{sending.variables.name}</strong> {fileSize(sending.variables.size)}
              </span>
            )}
          </DropZone>
          {sending.isPending && (
            <output className={classes.sending}>
              <Progress value={sent} aria-label="Sent so far" radius="xl" />
              <span className="numbers">
                {progress.waiting
                  ? `The server cannot be reached; ${sent}% is there. It goes on by itself once the connection is back.`
                  : sent < 100
                    ? `${sent}% sent`
                    : 'Sent. It is being read, each file by itself.'}
              </span>
              <Button size="compact-xs" variant="subtle" onClick={() => abort.current.abort()}>
                Cancel
              </Button>
            </output>
          )}
          {sending.error !== null && (
            <div className={classes.below}>
              <Problem error={sending.error} what="The archive was not taken" />
            </div>
          )}
        </Card>
        {sending.data !== undefined && (
          <CohortPreview key={sending.data.id} exam={id} cohort={sending.data} />
        )}
      </div>
    </Page>
  );
}
