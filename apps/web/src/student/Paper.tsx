import type { ExamPart } from '../api/types.js';
import { inMarks } from '../text/marks.js';
import { CodeText, RichText } from '../text/RichText.js';
import classes from './student.module.css';

/** The exam as a student reads it. */
export function Paper({ parts }: { parts: readonly ExamPart[] }) {
  return (
    <ol className={classes.paper}>
      {parts.map((part) => (
        <li key={part.key} className={classes.paperPart}>
          <div className={classes.paperHead}>
            <span className={classes.partKey}>{part.key}</span>
            <h3 className={classes.paperTitle}>{part.title ?? `Part ${part.key}`}</h3>
            <span className={classes.partMarks}>{inMarks(part.marks)}</span>
          </div>
          <RichText text={part.prompt} />
          {typeof part.code === 'string' && <CodeText text={part.code} />}
          {part.choices !== undefined && part.choices !== null && part.choices.length > 0 && (
            <ul className={classes.choices}>
              {part.choices.map((choice) => (
                <li key={choice.id}>
                  <b>{choice.id}</b>
                  <RichText text={choice.says} />
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ol>
  );
}
