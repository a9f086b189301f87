import { formatMarks, parseMarks } from '@tensormark/marking';
import type { GradePart, GradeRow } from '../reports/grade-formats/columns.js';
import { EXCUSED_HERE, marksIn, noMark, NOT_EXCUSED_HERE, saysExcused } from './cells.js';
import { passedOver, UNCHANGED, type RowOutcome } from './plan.js';

/** A mark as a file gives it to one part of one paper. */
export interface GivenMark {
  readonly row: number;
  readonly cell: string;
  readonly decimalComma: boolean;
  /** The number of the mark that stood when the file was exported, '' for none; null where the file does not say. */
  readonly markNumber: string | null;
}

/** What becomes of a mark that a file gives. */
export function outcomeOfMark(
  { row, cell, decimalComma, markNumber }: GivenMark,
  paper: GradeRow,
  part: GradePart,
): RowOutcome {
  if (paper.submission === null) return UNCHANGED;
  if (part.state === 'excused')
    return cell === '' || saysExcused(cell) ? UNCHANGED : passedOver(EXCUSED_HERE);
  if (saysExcused(cell)) return passedOver(NOT_EXCUSED_HERE);
  if (cell === '') return part.marks === null ? UNCHANGED : passedOver('An empty cell takes no mark back.');
  const marks = marksIn(cell, decimalComma);
  if (marks === undefined) return passedOver(noMark(cell));
  const most = parseMarks(part.available);
  if (most !== undefined && marks > most)
    return passedOver(`${cell} is more than the ${part.available} marks there are.`);
  if (part.marks !== null && parseMarks(part.marks) === marks) return UNCHANGED;
  const number = part.markNumber ?? 0;
  if (part.marks === null && number > 0)
    return passedOver(
      'The answer changed since it was marked, or another person is still to mark it or to decide: look at it in the pages.',
    );
  return {
    kind: 'change',
    change: {
      row,
      submission: paper.submission.id,
      student: paper.student.name,
      part: part.key,
      before: part.marks,
      after: formatMarks(marks),
      expectedNumber: number,
      conflict: markNumber !== null && markNumber !== (number === 0 ? '' : String(number)),
    },
  };
}
