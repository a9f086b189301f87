import { formatMarks, parseMarks } from '@tensormark/marking';
import type { GradeReport } from '../reports.contract.js';
import type { GradeRow } from './columns.js';

/** A student as a gradebook may take them over. */
export type GradebookRow =
  | {
      readonly kind: 'graded';
      readonly student: GradeRow['student'];
      readonly total: string;
      readonly says: string;
    }
  | { readonly kind: 'excused'; readonly student: GradeRow['student'] };

/**
 * What a gradebook may take over: papers whose marks have all been released, and who is excused. The others are left out
 * altogether: absent, pending and failed papers must not arrive there as 0, nor as empty cells that wipe a grade out, nor marks
 * that students have not been shown.
 */
export function gradebookRows({ rows }: GradeReport): GradebookRow[] {
  return rows.flatMap((row): GradebookRow[] => {
    if (row.state === 'excused') return [{ kind: 'excused', student: row.student }];
    const total = row.state === 'released' ? gradebookTotal(row) : null;
    if (total === null) return [];
    const parts = row.parts.filter(({ state }) => state === 'excused').map(({ key }) => key);
    const says = parts.length === 0 ? '' : `Excused from ${parts.join(', ')}: the same share of all marks.`;
    return [{ kind: 'graded', student: row.student, total, says }];
  });
}

/**
 * What a paper gives in a column that is out of all parts. A gradebook has one maximum for everybody, so of a student who is
 * excused from parts it is the same share of it as the total is of the parts that count, to the nearest thousandth.
 */
export function gradebookTotal(row: GradeRow): string | null {
  if (row.total === null || !row.parts.some(({ state }) => state === 'excused')) return row.total;
  const [total, of, all] = [row.total, row.available, ofAllParts(row)].map(
    (marks) => parseMarks(marks) ?? 0n,
  );
  if (total === undefined || of === undefined || all === undefined || of === 0n) return null;
  return formatMarks((2n * total * all + of) / (2n * of));
}

/** What all parts give at most, those that the student is excused from too. */
export function ofAllParts({ parts }: GradeRow): string {
  return formatMarks(parts.reduce((sum, { available }) => sum + (parseMarks(available) ?? 0n), 0n));
}

/** What everybody's paper gives at most; undefined where versions of the exam differ, or there is nobody. */
export function pointsPossible({ rows }: GradeReport): string | undefined {
  const [first, ...others] = new Set(rows.map(ofAllParts));
  return others.length === 0 ? first : undefined;
}

/** Whether somebody is excused from something, so that a file has a column to say so in. */
export function anybodyExcused(rows: readonly GradebookRow[]): boolean {
  return rows.some((row) => row.kind === 'excused' || row.says !== '');
}

/** What a file says of a row in words. */
export function saysOf(row: GradebookRow): string {
  return row.kind === 'excused' ? 'Excused' : row.says;
}

/** A full name as gradebooks sort it: everything before the last blank is the given name. */
export function splitName(name: string): { readonly given: string; readonly family: string } {
  const words = name.trim().split(/\s+/u);
  return { given: words.slice(0, -1).join(' '), family: words.at(-1) ?? '' };
}
