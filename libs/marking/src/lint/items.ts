import { formatMarks, sumMarks, type Marks } from '../marks.js';
import type { SchemeNote } from './note.js';

/** The lines of a scheme, of whatever kind. */
export interface SchemeItem {
  readonly id: string;
  readonly marks: Marks;
  /** Its place in the list as it is written, where that is another than its own. */
  readonly at?: number;
}

/** What is odd about the lines of a scheme: marks that are given twice, that are worth nothing, names that are not one. */
export function lintItems(available: Marks, items: readonly SchemeItem[], field: string): SchemeNote[] {
  const notes: SchemeNote[] = [];
  const sum = sumMarks(items.flatMap(({ marks }) => (marks > 0n ? [marks] : [])));
  if (sum > available) {
    notes.push({
      check: 'marks-over',
      path: [field],
      says:
        `The items give ${formatMarks(sum)} marks together and the part ${formatMarks(available)}: ` +
        `what an answer earns past that is cut off. Raise the part's marks, or lower those of an item, unless that is meant.`,
    });
  }
  const seen = new Set<string>();
  for (const [index, { id, marks, at = index }] of items.entries()) {
    if (seen.has(id)) {
      notes.push({
        check: 'same-id',
        path: [field, at, 'id'],
        item: id,
        says: `Another item is called "${id}" too, so reports cannot tell the two apart. Give each its own id.`,
      });
    }
    seen.add(id);
    if (marks === 0n) {
      notes.push({
        check: 'no-marks',
        path: [field, at, 'marks'],
        item: id,
        says: 'This item is worth no marks: whether it is met changes nothing.',
      });
    }
  }
  return notes;
}
