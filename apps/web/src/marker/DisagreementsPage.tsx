import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { exam as examQuery } from '../api/exams.js';
import { Page } from '../ui/Page.js';
import { Disagreements } from './Disagreements.js';

const route = getRouteApi('/shell/marker/marking/$exam/disagreements');

/** Where two markers are too far apart: a third decides. */
export function DisagreementsPage() {
  const { exam: id } = route.useParams();
  const exam = useQuery(examQuery(id));
  return (
    <Page
      title="Disagreements"
      crumbs={
        <>
          <Link to="/marking">Marking</Link>
          <span aria-hidden="true">/</span>
          <Link to="/marking/$exam" params={{ exam: id }}>
            {exam.data?.title ?? 'Queue'}
          </Link>
        </>
      }
      lead="Two people marked the same answer, each without the other’s mark, and are too far apart. Somebody who gave neither decides."
    >
      <Disagreements exam={id} />
    </Page>
  );
}
