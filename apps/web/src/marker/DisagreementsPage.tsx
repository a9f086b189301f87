import { getRouteApi } from '@tanstack/react-router';
import { Page } from '../ui/Page.js';
import { MarkingCrumbs } from './MarkingCrumbs.js';
import { Disagreements } from './Disagreements.js';

const route = getRouteApi('/shell/marker/marking/$exam/disagreements');

/** Where two markers are too far apart: a third decides. */
export function DisagreementsPage() {
  const { exam: id } = route.useParams();
  return (
    <Page
      title="Disagreements"
      crumbs={<MarkingCrumbs exam={id} />}
      lead="Two people marked the same answer, each without the other’s mark, and are too far apart. Somebody who gave neither decides; in a team where all gave one, an examiner of it."
    >
      <Disagreements exam={id} />
    </Page>
  );
}
