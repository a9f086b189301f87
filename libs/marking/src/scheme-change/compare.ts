import { NO_MARKS, type Marks } from '../marks.js';

/** A grade and the total it begins at. */
export interface GradeBoundary {
  readonly grade: string;
  readonly from: Marks;
}

/** One part of a paper, as it stands and as a changed scheme would have it. */
export interface ComparedPart {
  readonly part: string;
  /** Proposed now and then; null where the machine proposes no marks. */
  readonly before: Marks | null;
  readonly after: Marks | null;
  /** A person's mark; `confirmed` when it was taken over from the proposal. */
  readonly mark: { readonly marks: Marks; readonly confirmed: boolean } | null;
}

/**
 * What becomes of a part. `same`; `changes`: a proposal, or a confirmed mark that follows it; `kept`: the proposal changes and
 * the person's mark stays; `opens`: what was proposed needs a person; `settles`: what needed one is proposed.
 */
export type PartFate = 'same' | 'changes' | 'kept' | 'opens' | 'settles';

export interface PartChange {
  readonly part: string;
  readonly fate: PartFate;
  /** What stands: a person's mark, or else what is proposed; null where neither is there. */
  readonly before: Marks | null;
  readonly after: Marks | null;
  readonly by: 'machine' | 'confirmed' | 'person';
}

export interface PaperChange {
  /** What stands of all parts together. */
  readonly before: Marks;
  readonly after: Marks;
  /** Parts that neither a person nor the machine has a mark for. */
  readonly openBefore: number;
  readonly openAfter: number;
  /** Null while parts are open, and where the exam has no grades. */
  readonly gradeBefore: string | null;
  readonly gradeAfter: string | null;
  readonly parts: readonly PartChange[];
}

/** What a changed scheme comes to for one paper. What a person set otherwise than proposed always stays. */
export function comparePaper(
  parts: readonly ComparedPart[],
  confirmed: 'keep' | 'follow',
  grades: { readonly before: readonly GradeBoundary[]; readonly after: readonly GradeBoundary[] },
): PaperChange {
  const changes = parts.map((part) => changeOf(part, confirmed));
  const before = standing(changes.map((change) => change.before));
  const after = standing(changes.map((change) => change.after));
  return {
    before: before.sum,
    after: after.sum,
    openBefore: before.open,
    openAfter: after.open,
    gradeBefore: before.open > 0 ? null : gradeOf(before.sum, grades.before),
    gradeAfter: after.open > 0 ? null : gradeOf(after.sum, grades.after),
    parts: changes,
  };
}

function changeOf({ part, before, after, mark }: ComparedPart, confirmed: 'keep' | 'follow'): PartChange {
  if (mark === null) {
    const fate =
      before === after ? 'same' : after === null ? 'opens' : before === null ? 'settles' : 'changes';
    return { part, fate, before, after, by: 'machine' };
  }
  const { marks } = mark;
  const by = mark.confirmed ? 'confirmed' : 'person';
  if (mark.confirmed && confirmed === 'follow' && after !== null) {
    return { part, fate: after === marks ? 'same' : 'changes', before: marks, after, by };
  }
  return { part, fate: before === after ? 'same' : 'kept', before: marks, after: marks, by };
}

function standing(marks: readonly (Marks | null)[]): { readonly sum: Marks; readonly open: number } {
  let sum = NO_MARKS;
  let open = 0;
  for (const each of marks) {
    if (each === null) open += 1;
    else sum += each;
  }
  return { sum, open };
}

/** The grade of the highest boundary that a total reaches; null below all of them. */
export function gradeOf(total: Marks, boundaries: readonly GradeBoundary[]): string | null {
  let reached: GradeBoundary | undefined;
  for (const boundary of boundaries) {
    if (boundary.from <= total && (reached === undefined || boundary.from > reached.from)) reached = boundary;
  }
  return reached?.grade ?? null;
}
