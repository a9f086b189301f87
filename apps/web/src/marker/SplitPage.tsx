import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { exam as examQuery } from '../api/exams.js';
import { document as documentQuery, submission as submissionQuery } from '../api/submissions.js';
import { SplitEditor } from '../splitting/SplitEditor.js';
import { Notice, Problem } from '../ui/Notice.js';
import { Page } from '../ui/Page.js';
import { Waiting } from '../ui/Waiting.js';

const route = getRouteApi('/shell/marker/marking/$exam/cut/$submission');

/** Where a marker says how a document is cut, once the student's time for that is over. */
export function SplitPage() {
  const { exam, submission: id } = route.useParams();
  const router = useRouter();
  const paper = useQuery(examQuery(exam));
  const submission = useQuery(submissionQuery(id));
  const text = useQuery(documentQuery(id));
  const error = paper.error ?? submission.error ?? text.error;
  const split = submission.data?.split;
  return (
    <Page
      title="How the document is cut"
      width="84rem"
      lead={submission.data?.candidate}
      crumbs={
        <Link to="/marking/$exam" params={{ exam }}>
          {paper.data?.title ?? 'Exam'}
        </Link>
      }
    >
      {error !== null && <Problem error={error} what="The document could not be loaded" />}
      {(submission.isPending || text.isPending) && <Waiting rows={3} height={140} />}
      {split?.yours === false && (
        <Notice tone="plain" icon="clock" title="The student can still change this">
          Until their deadline, the student says which answer is where. After it, a marker can.
        </Notice>
      )}
      {split?.yours === true && text.data !== undefined && (
        <SplitEditor
          submission={id}
          mediaType={submission.data?.mediaType ?? ''}
          split={split}
          text={text.data}
          parts={paper.data?.parts ?? []}
          onDone={() => router.history.back()}
        />
      )}
    </Page>
  );
}
