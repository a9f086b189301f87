import { inMarks } from '../text/marks.js';
import { ExamRows } from '../ui/ExamRows.js';
import { ButtonLink } from '../ui/links.js';
import { Empty } from '../ui/Notice.js';
import { Page } from '../ui/Page.js';
import { count } from '../ui/time.js';

export function ExamsPage() {
  return (
    <Page
      title="Exams"
      lead="Write an exam, follow its marking, release the marks and take the grade report."
      actions={<ButtonLink to="/examining/~new">New exam</ButtonLink>}
    >
      <ExamRows
        which={({ role }) => role === 'examiner'}
        to="/examining/$exam"
        empty={
          <Empty icon="sheet" title="There is no exam yet">
            <p>An exam is one YAML file with its questions and marking scheme.</p>
            <ButtonLink to="/examining/~new" mt="sm">
              Write the first
            </ButtonLink>
          </Empty>
        }
        note={({ version, questions, totalMarks }) =>
          `Version ${version} · ${count(questions, 'question')} · ${inMarks(totalMarks)}`
        }
        aside={({ submissions, released }) => `${count(submissions, 'submission')}, ${released} released`}
        drawn={({ submissions }) => submissions > 0}
      />
    </Page>
  );
}
