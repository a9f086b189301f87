import {
  comparePaper,
  formatMarks,
  parseMarks,
  type ComparedPart,
  type ExamDefinition,
  type Marks,
  type PaperChange,
} from '@tensormark/marking';
import type { ConfirmedMarks, SchemeComparison } from '@tensormark/records';
import type { SchemePreview } from './scheme-changes.contract.js';

type Paper = SchemePreview['papers'][number];

interface ComparedSubmission {
  readonly submissionId: string;
  readonly studentId: string;
  readonly change: PaperChange;
}

/** What a changed scheme comes to, paper by paper. */
export function comparePapers(
  rows: readonly SchemeComparison[],
  confirmed: ConfirmedMarks,
  before: ExamDefinition,
  after: ExamDefinition,
): readonly ComparedSubmission[] {
  const papers = new Map<string, SchemeComparison[]>();
  for (const row of rows) papers.set(row.submissionId, [...(papers.get(row.submissionId) ?? []), row]);
  const grades = { before: before.grades ?? [], after: after.grades ?? [] };
  return [...papers.values()].flatMap((parts) => {
    const [first] = parts;
    if (first === undefined) return [];
    const { submissionId, studentId } = first;
    return [{ submissionId, studentId, change: comparePaper(parts.map(comparedPart), confirmed, grades) }];
  });
}

function comparedPart({ part, before, after, mark }: SchemeComparison): ComparedPart {
  return {
    part,
    before: marksOf(before?.marks),
    after: marksOf(after?.marks),
    mark: mark && { marks: marksOf(mark.marks) ?? 0n, confirmed: mark.origin === 'confirmed' },
  };
}

function marksOf(text: string | null | undefined): Marks | null {
  return text === null || text === undefined ? null : (parseMarks(text) ?? null);
}

export function summaryOf(papers: readonly ComparedSubmission[]): SchemePreview['summary'] {
  const changes = papers.map(({ change }) => change);
  const count = (counts: (change: PaperChange) => boolean) => changes.filter(counts).length;
  const answers = (fate: string) =>
    changes.reduce((sum, { parts }) => sum + parts.filter((part) => part.fate === fate).length, 0);
  return {
    papers: changes.length,
    changed: count(({ before, after }) => before !== after),
    up: count(({ before, after }) => after > before),
    down: count(({ before, after }) => after < before),
    crossing: count(crosses),
    kept: answers('kept'),
    opening: answers('opens'),
  };
}

/** Only papers without an open part have a grade to leave. */
function crosses({ openBefore, openAfter, gradeBefore, gradeAfter }: PaperChange): boolean {
  return openBefore === 0 && openAfter === 0 && gradeBefore !== gradeAfter;
}

/** A paper as it is shown; undefined where nothing of it changes. */
export function paperOf(change: PaperChange): Omit<Paper, 'submission' | 'student'> | undefined {
  const { before, after, openBefore, openAfter, gradeBefore, gradeAfter } = change;
  const parts = change.parts.flatMap(({ fate, ...part }) =>
    fate === 'same' ? [] : [{ ...part, fate, before: written(part.before), after: written(part.after) }],
  );
  if (parts.length === 0 && !crosses(change)) return undefined;
  return {
    before: formatMarks(before),
    after: formatMarks(after),
    difference: formatMarks(after - before),
    complete: openBefore === 0 && openAfter === 0,
    gradeBefore,
    gradeAfter,
    parts,
  };
}

function written(marks: Marks | null): string | null {
  return marks === null ? null : formatMarks(marks);
}

/** The largest difference first. */
export function byDifference(one: PaperChange, other: PaperChange): number {
  const size = ({ before, after }: PaperChange): Marks => (after > before ? after - before : before - after);
  const [a, b] = [size(one), size(other)];
  return a === b ? 0 : a < b ? 1 : -1;
}
