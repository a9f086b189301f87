import { ExamRows } from '../ui/ExamRows.js';
import { Empty } from '../ui/Notice.js';
import { Page } from '../ui/Page.js';
import { count } from '../ui/time.js';

export function ExamsToMarkPage() {
  return (
    <Page
      title="Marking"
      lead="The machine proposes, you decide. Each exam shows how much still awaits a person."
    >
      <ExamRows
        which={({ role }) => role !== 'student'}
        to="/marking/$exam"
        empty={
          <Empty icon="inbox" title="There is nothing to mark">
            <p>When students hand in answers to an exam, it appears here.</p>
          </Empty>
        }
        aside={({ submissions }) => count(submissions, 'submission')}
      />
    </Page>
  );
}
