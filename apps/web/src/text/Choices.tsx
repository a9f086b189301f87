import { Icon } from '../ui/icons.js';
import classes from './choices.module.css';
import { RichText } from './RichText.js';

interface ChoicesProps {
  /** `right` where the reader may know which of them are. */
  choices: readonly { readonly id: string; readonly says: string; readonly right?: boolean }[];
}

/** The options of a choice, each with the letter that students write for it. */
export function Choices({ choices }: ChoicesProps) {
  return (
    <ul className={classes.choices}>
      {choices.map(({ id, says, right }) => (
        <li key={id}>
          <b>{id}</b>
          <RichText text={says} />
          {right === true && (
            <span className={classes.right}>
              <Icon name="tick" size={14} strokeWidth={2.6} />
              Right
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
