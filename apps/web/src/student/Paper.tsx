import type { Exam, ExamPart } from '../api/types.js';
import { inMarks } from '../text/marks.js';
import { Choices } from '../text/Choices.js';
import { CodeText, RichText } from '../text/RichText.js';
import classes from './student.module.css';

/** The exam as a student reads it. */
export function Paper({ exam: { instructions, parts } }: { exam: Pick<Exam, 'instructions' | 'parts'> }) {
  return (
    <>
      {instructions !== null && (
        <div className={classes.instructions}>
          <RichText text={instructions} />
        </div>
      )}
      <ol className={classes.paper}>
        {parts.map((part, at) => (
          <li key={part.key} className={classes.paperPart}>
            {part.questionPrompt !== null && parts[at - 1]?.question !== part.question && (
              <RichText text={part.questionPrompt} />
            )}
            <Part part={part} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Part({ part }: { part: ExamPart }) {
  return (
    <>
      <div className={classes.paperHead}>
        <span className={classes.partKey}>{part.key}</span>
        <h3 className={classes.paperTitle}>{part.title ?? `Part ${part.key}`}</h3>
        <span className={classes.partMarks}>{inMarks(part.marks)}</span>
      </div>
      <RichText text={part.prompt} />
      {part.code !== null && <CodeText text={part.code} />}
      {part.choices !== null && <Choices choices={part.choices} />}
    </>
  );
}
