import { Icon, type IconName } from './icons.js';
import classes from './ui.module.css';

export type MarkedBy = 'machine' | 'marker' | 'final';

const ICONS: Readonly<Record<MarkedBy, IconName>> = { machine: 'machine', marker: 'person', final: 'seal' };

interface MarkFigureProps {
  by: MarkedBy;
  /** Who or what it comes from, such as "Proposed by machine". */
  says: string;
  marks: string | null;
  available: string;
}

/** A mark as a figure. Dashed is the machine's, outlined a marker's, filled is released: never the same look. */
export function MarkFigure({ by, says, marks, available }: MarkFigureProps) {
  return (
    <div className={classes.figure} data-by={by}>
      <span className={classes.figureBy}>
        <Icon name={ICONS[by]} size={15} strokeWidth={2} />
        {says}
      </span>
      <span className={classes.figureMarks}>
        {marks ?? '–'} <small>of {available}</small>
      </span>
    </div>
  );
}
