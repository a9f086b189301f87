import type { DraftPaper } from '../api/types.js';
import { Paper } from '../student/Paper.js';
import { inMarks, readMarks, writeMarks } from '../text/marks.js';
import { Empty } from '../ui/Notice.js';
import { count } from '../ui/time.js';
import classes from './definition.module.css';
import type { ExamDraft } from './useExamDraft.js';

/** The exam as its students will see it, and what each question gives. */
export function DraftPreview({ draft: { paper, outdated, checking, remarks } }: { draft: ExamDraft }) {
  if (paper === null) {
    return (
      <Empty
        icon="sheet"
        title={checking && remarks.length === 0 ? 'The exam is being read' : 'No preview yet'}
      >
        <p>It appears as soon as the exam has no errors.</p>
      </Empty>
    );
  }
  return (
    <div>
      <p className={classes.state}>
        {outdated ? 'As it was before the last change' : 'As students see it'} · {inMarks(paper.totalMarks)}{' '}
        in all
      </p>
      <div className={classes.paper} data-outdated={outdated || undefined}>
        <h2 className={classes.paperTitle}>{paper.title}</h2>
        <ul className={classes.totals} aria-label="Marks by question">
          {questionsOf(paper).map(({ question, parts, marks }) => (
            <li key={question}>
              <b>{question}</b> {inMarks(marks)}
              {parts > 1 && <span> in {count(parts, 'part')}</span>}
            </li>
          ))}
        </ul>
        <Paper exam={paper} />
      </div>
    </div>
  );
}

function questionsOf({ parts }: DraftPaper): { question: string; parts: number; marks: string }[] {
  const totals = new Map<string, { parts: number; marks: number }>();
  for (const { question, marks } of parts) {
    const before = totals.get(question) ?? { parts: 0, marks: 0 };
    totals.set(question, { parts: before.parts + 1, marks: before.marks + (readMarks(marks) ?? 0) });
  }
  return [...totals].map(([question, total]) => ({
    question,
    parts: total.parts,
    marks: writeMarks(total.marks),
  }));
}
