import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { exam as examQuery } from '../api/exams.js';
import { Disagreements } from '../marker/Disagreements.js';
import { Page } from '../ui/Page.js';
import { AgreementCard } from './AgreementCard.js';
import { ExamCrumbs } from './ExamCrumbs.js';
import classes from './examiner.module.css';
import { SamplesCard } from './SamplesCard.js';

const route = getRouteApi('/shell/examiner/examining/$exam/moderation');

/** How far those who mark agree, and where somebody has to decide between them. */
export function ModerationPage() {
  const { exam: id } = route.useParams();
  const exam = useQuery(examQuery(id));
  return (
    <Page
      title="Moderation"
      width="80rem"
      crumbs={<ExamCrumbs exam={id} title={exam.data?.title} />}
      lead="Where two markers are too far apart, and how far those who mark agree."
    >
      <div className={classes.stack}>
        <section aria-label="Disagreements">
          <Disagreements exam={id} />
        </section>
        <SamplesCard exam={id} />
        <AgreementCard exam={id} />
      </div>
    </Page>
  );
}
