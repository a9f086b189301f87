import { clampMarks, formatMarks, NO_MARKS, sumMarks, type Marks } from '../marks.js';
import type { PartScheme } from './scheme.js';

/** What a marker gave for one line of the scheme. */
export interface GivenItem {
  readonly item: string;
  readonly marks: Marks;
}

export type Award =
  | {
      readonly kind: 'award';
      /** Of the items together, held between floor and cap. */
      readonly marks: Marks;
      /** Of the items together, as they are. */
      readonly sum: Marks;
    }
  | { readonly kind: 'refused'; readonly says: string };

/**
 * What items come to: their sum, positive and negative together, held between the part's floor and cap. Refused where an
 * item is not of the scheme, is there twice, or gives more or takes more than it may. Exact, in thousandths.
 */
export function awardOf({ lines, floor, cap }: PartScheme, given: readonly GivenItem[]): Award {
  const seen = new Set<string>();
  for (const { item, marks } of given) {
    const line = lines.find(({ id }) => id === item);
    if (line === undefined) return refused(`The scheme of this part has no item "${item}".`);
    if (seen.has(item)) return refused(`The item "${item}" is there twice.`);
    seen.add(item);
    if (marks > line.most)
      return refused(
        line.most === NO_MARKS
          ? `The item "${item}" gives no marks, so not ${formatMarks(marks)}.`
          : `The item "${item}" gives at most ${formatMarks(line.most)} marks, not ${formatMarks(marks)}.`,
      );
    if (marks < line.least)
      return refused(
        line.least === NO_MARKS
          ? `The item "${item}" takes no marks, so not ${formatMarks(marks)}.`
          : `The item "${item}" takes at most ${formatMarks(-line.least)} marks, not ${formatMarks(-marks)}.`,
      );
  }
  const sum = sumMarks(given.map(({ marks }) => marks));
  return { kind: 'award', sum, marks: clampMarks(sum, floor, cap) };
}

function refused(says: string): Award {
  return { kind: 'refused', says };
}
