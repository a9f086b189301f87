import type { Adjustment } from '../exam/fields.js';
import { formatMarks, NO_MARKS, type Marks } from '../marks.js';
import type { SchemeItem } from '../kinds/kind.js';

/** One line that a marker can apply, with the marks it may come to. */
export interface SchemeLine {
  readonly id: string;
  readonly says: string;
  /** What it gives, or takes where negative, when it is applied whole. */
  readonly marks: Marks;
  readonly least: Marks;
  readonly most: Marks;
  /** What the student reads where it was applied. */
  readonly feedback: string | null;
  /** What markers alone read: whatever is shown to students leaves it out. */
  readonly note: string | null;
  /** Whether it stands beside what the part's kind asks for: then the machine never proposes it. */
  readonly adjustment: boolean;
}

/** All that a marker needs to come to a mark: the lines, and what the sum is held between. */
export interface PartScheme {
  readonly lines: readonly SchemeLine[];
  readonly floor: Marks;
  readonly cap: Marks;
}

interface PartAwards {
  readonly marks: Marks;
  readonly floor?: Marks | undefined;
  readonly cap?: Marks | undefined;
  readonly adjustments?: readonly Adjustment[] | undefined;
}

/** The scheme of a part: the lines of its kind, then its adjustments. */
export function schemeOf(part: PartAwards, items: readonly SchemeItem[]): PartScheme {
  return {
    lines: [
      ...items.map((item) => lineOf(item, false)),
      ...(part.adjustments ?? []).map((item) => lineOf(item, true)),
    ],
    floor: part.floor ?? NO_MARKS,
    cap: part.cap ?? part.marks,
  };
}

function lineOf({ id, says, marks, least, feedback, note }: SchemeItem, adjustment: boolean): SchemeLine {
  return {
    id,
    says,
    marks,
    least: least ?? (marks < NO_MARKS ? marks : NO_MARKS),
    most: marks > NO_MARKS ? marks : NO_MARKS,
    feedback: feedback ?? null,
    note: note ?? null,
    adjustment,
  };
}

/** What cannot be in the floor, cap and adjustments of a part, each with its place in the part. */
export function awardComplaints({
  marks,
  floor = NO_MARKS,
  cap = marks,
  adjustments = [],
}: PartAwards): { readonly path: readonly (string | number)[]; readonly message: string }[] {
  const complaints: { path: (string | number)[]; message: string }[] = [];
  if (cap > marks)
    complaints.push({
      path: ['cap'],
      message: `the part gives ${formatMarks(marks)} marks: cap at most that`,
    });
  if (floor > cap)
    complaints.push({
      path: ['floor'],
      message: `the floor of ${formatMarks(floor)} lies above ${formatMarks(cap)}, the most this part gives`,
    });
  const ids = new Set<string>();
  adjustments.forEach(({ id, marks: gives }, at) => {
    if (ids.has(id))
      complaints.push({ path: ['adjustments', at, 'id'], message: `there is another adjustment "${id}"` });
    ids.add(id);
    if (gives === NO_MARKS)
      complaints.push({ path: ['adjustments', at, 'marks'], message: 'expected marks other than 0' });
  });
  return complaints;
}
