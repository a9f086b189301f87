import type { AnswerForMarking, ExamPart } from '../api/types.js';
import { Choices } from '../text/Choices.js';
import { CodeText, RichText } from '../text/RichText.js';
import { Icon } from '../ui/icons.js';
import classes from './scheme.module.css';

type Asked = Pick<AnswerForMarking['part'] | ExamPart, 'questionPrompt' | 'prompt' | 'code' | 'choices'>;

/** What was asked; open where an answer is a letter, which says nothing without it. */
export function Question({ part: { questionPrompt, prompt, code, choices } }: { part: Asked }) {
  return (
    <details className={classes.prompt} open={choices !== null}>
      <summary>
        <Icon name="down" size={15} />
        Question
      </summary>
      <div className={classes.promptText}>
        {questionPrompt !== null && <RichText text={questionPrompt} />}
        <RichText text={prompt} />
        {code !== null && <CodeText text={code} />}
        {choices !== null && <Choices choices={choices} />}
      </div>
    </details>
  );
}
