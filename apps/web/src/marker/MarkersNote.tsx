import { RichText } from '../text/RichText.js';
import classes from './scheme.module.css';

/** What the scheme says of an item to markers alone. */
export function MarkersNote({ note }: { note: string | null }) {
  if (note === null) return null;
  return (
    <div className={classes.note}>
      <span className={classes.noteFor}>For markers</span>
      <RichText text={note} />
    </div>
  );
}
