import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { definition, exam as examQuery } from '../api/exams.js';
import { me } from '../api/session.js';
import { Problem } from '../ui/Notice.js';
import { Page } from '../ui/Page.js';
import { Waiting } from '../ui/Waiting.js';
import { ExamCrumbs } from './ExamCrumbs.js';
import { Definition } from './Definition.js';
import { STARTING_POINT } from './startingPoint.js';

const route = getRouteApi('/shell/examiner/examining/$exam/definition');

export function NewExamPage() {
  const person = useQuery(me);
  return (
    <Page
      title="New exam"
      crumbs={<Link to="/examining">Exams</Link>}
      lead="The whole exam in one file: questions, marks and the marking scheme."
      width="100rem"
    >
      {person.data && (
        <Definition person={person.data.id} exam={null} initial={STARTING_POINT} version={null} />
      )}
    </Page>
  );
}

export function EditExamPage() {
  const { exam: id } = route.useParams();
  const person = useQuery(me);
  const exam = useQuery(examQuery(id));
  const yaml = useQuery({ ...definition(id), staleTime: Infinity });
  return (
    <Page
      title="Change the exam"
      crumbs={<ExamCrumbs exam={id} title={exam.data?.title} />}
      lead="Saving puts a new version for what is handed in from now on. To mark what was handed in by it as well, see first who would change."
      width="100rem"
    >
      {yaml.isPending && <Waiting rows={1} height={420} />}
      {yaml.error !== null && (
        <Problem error={yaml.error} what="The exam could not be loaded" retry={() => void yaml.refetch()} />
      )}
      {yaml.data !== undefined && person.data && (
        <Definition
          key={yaml.data.version}
          person={person.data.id}
          exam={id}
          initial={yaml.data.yaml}
          version={yaml.data.version}
        />
      )}
    </Page>
  );
}
