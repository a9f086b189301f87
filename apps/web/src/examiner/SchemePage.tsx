import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { exam as examQuery } from '../api/exams.js';
import { schemeChanges, schemePreview, type Confirmed } from '../api/scheme-changes.js';
import { ButtonLink } from '../ui/links.js';
import { Empty, Problem } from '../ui/Notice.js';
import { Card, Page } from '../ui/Page.js';
import { Waiting } from '../ui/Waiting.js';
import { ExamCrumbs } from './ExamCrumbs.js';
import { SchemeHistory } from './SchemeHistory.js';
import { SchemePreviewView } from './SchemePreviewView.js';
import classes from './scheme.module.css';

const route = getRouteApi('/shell/examiner/examining/$exam/scheme');

/** Changing the scheme of an exam that was handed in: who would change, then one change, which can be undone. */
export function SchemePage() {
  const { exam: id } = route.useParams();
  const [confirmed, setConfirmed] = useState<Confirmed>('keep');
  const exam = useQuery(examQuery(id));
  const preview = useQuery({ ...schemePreview(id, confirmed), placeholderData: (before) => before });
  const changes = useQuery(schemeChanges(id));
  return (
    <Page
      title="Change the scheme"
      width="80rem"
      crumbs={<ExamCrumbs exam={id} title={exam.data?.title} />}
      lead="Everything handed in is marked by the changed scheme first, so that you see who would change. Nothing changes before you apply it."
      actions={
        <ButtonLink variant="default" to="/examining/$exam/definition" params={{ exam: id }}>
          Edit the exam
        </ButtonLink>
      }
    >
      <div className={classes.stack}>
        {preview.isPending && <Waiting rows={2} height={200} />}
        {preview.error !== null && (
          <Problem
            error={preview.error}
            what="The preview could not be loaded"
            retry={() => void preview.refetch()}
          />
        )}
        {preview.data === null && (
          <Card>
            <Empty icon="scale" title="No changed scheme is waiting">
              <p>
                Edit the exam and choose “See who would change” to mark everything handed in by the changed
                scheme.
              </p>
            </Empty>
          </Card>
        )}
        {preview.data !== undefined && preview.data !== null && (
          <SchemePreviewView
            exam={id}
            preview={preview.data}
            confirmed={confirmed}
            onConfirmed={setConfirmed}
          />
        )}
        {changes.data !== undefined && changes.data.length > 0 && (
          <SchemeHistory exam={id} changes={changes.data} />
        )}
      </div>
    </Page>
  );
}
