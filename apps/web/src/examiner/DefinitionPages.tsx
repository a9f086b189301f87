import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { definition, exam as examQuery } from '../api/exams.js';
import { Problem } from '../ui/Notice.js';
import { Page } from '../ui/Page.js';
import { Waiting } from '../ui/Waiting.js';
import { ExamCrumbs } from './ExamCrumbs.js';
import { Definition } from './Definition.js';
import { STARTING_POINT } from './startingPoint.js';

const route = getRouteApi('/shell/examiner/examining/$exam/definition');

export function NewExamPage() {
  return (
    <Page
      title="New exam"
      crumbs={<Link to="/examining">Exams</Link>}
      lead="The whole exam in one file: questions, marks and the marking scheme."
      width="76rem"
    >
      <Definition initial={STARTING_POINT} version={null} />
    </Page>
  );
}

export function EditExamPage() {
  const { exam: id } = route.useParams();
  const exam = useQuery(examQuery(id));
  const yaml = useQuery({ ...definition(id), staleTime: Infinity });
  return (
    <Page
      title="Change the exam"
      crumbs={<ExamCrumbs exam={id} title={exam.data?.title} />}
      lead="Saving puts a new version for what is handed in from now on. To mark what was handed in by it as well, see first who would change."
      width="76rem"
    >
      {yaml.isPending && <Waiting rows={1} height={420} />}
      {yaml.error !== null && (
        <Problem error={yaml.error} what="The exam could not be loaded" retry={() => void yaml.refetch()} />
      )}
      {yaml.data !== undefined && (
        <Definition key={yaml.dataUpdatedAt} initial={yaml.data} version={exam.data?.version ?? null} />
      )}
    </Page>
  );
}
