import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { definition, exam as examQuery } from '../api/exams.js';
import { me } from '../api/session.js';
import { ButtonLink } from '../ui/links.js';
import { Problem } from '../ui/Notice.js';
import { Page } from '../ui/Page.js';
import { Waiting } from '../ui/Waiting.js';
import { ExamCrumbs } from './ExamCrumbs.js';
import { Definition } from './Definition.js';
import { copyOf } from './examName.js';
import { STARTING_POINT } from './startingPoint.js';

const route = getRouteApi('/shell/examiner/examining/$exam/definition');

const newRoute = getRouteApi('/shell/examiner/examining/~new');

/** What is written is kept; in a tab of its own it stands beside. */
const ChecksLink = () => (
  <ButtonLink variant="default" to="/checks" target="_blank">
    What a code review looks for
  </ButtonLink>
);

/** A new exam, from a small one or as a copy of another. */
export function NewExamPage() {
  const { from } = newRoute.useSearch();
  const person = useQuery(me);
  const original = useQuery({ ...definition(from ?? ''), staleTime: Infinity, enabled: from !== undefined });
  const initial =
    from === undefined ? STARTING_POINT : original.data && copyOf(original.data.yaml, `${from}-copy`);
  return (
    <Page
      title="New exam"
      crumbs={<Link to="/examining">Exams</Link>}
      lead={
        from === undefined
          ? 'The whole exam in one file: questions, marks and the marking scheme.'
          : `Begun as a copy of “${from}”, questions and marking scheme: give it a name and a title of its own.`
      }
      actions={<ChecksLink />}
      width="100rem"
    >
      {original.error !== null && (
        <Problem
          error={original.error}
          what="The exam to copy could not be loaded"
          retry={() => void original.refetch()}
        />
      )}
      {from !== undefined && original.isPending && <Waiting rows={1} height={420} />}
      {initial !== undefined && person.data && (
        <Definition
          key={from ?? ''}
          person={person.data.id}
          exam={null}
          initial={initial}
          version={null}
          {...(from !== undefined && { copied: from })}
        />
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
      actions={<ChecksLink />}
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
