import type { GradeReport } from '../reports.contract.js';
import type { GradeRow } from './columns.js';

/**
 * What a gradebook may take over: papers whose marks have all been released. The others are left out altogether: absent,
 * pending and failed papers must not arrive there as 0, nor as empty cells that wipe a grade out, nor marks that
 * students have not been shown.
 */
export function releasedPapers({ rows }: GradeReport): { student: GradeRow['student']; total: string }[] {
  return rows.flatMap(({ state, student, total }) =>
    state === 'released' && total !== null ? [{ student, total }] : [],
  );
}

/** What everybody's paper gives at most; undefined where versions of the exam differ, or there is nobody. */
export function pointsPossible({ rows }: GradeReport): string | undefined {
  const [first, ...others] = new Set(rows.map(({ available }) => available));
  return others.length === 0 ? first : undefined;
}

/** A full name as gradebooks sort it: everything before the last blank is the given name. */
export function splitName(name: string): { readonly given: string; readonly family: string } {
  const words = name.trim().split(/\s+/u);
  return { given: words.slice(0, -1).join(' '), family: words.at(-1) ?? '' };
}
