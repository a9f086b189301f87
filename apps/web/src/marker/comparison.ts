import type { AnswerForMarking } from '../api/types.js';
import { readMarks } from '../text/marks.js';
import type { Given } from './saves.js';

/** What a marker gave without seeing the machine's proposal, beside that proposal. */
export interface Comparison extends Pick<
  Given,
  'answer' | 'exam' | 'part' | 'candidate' | 'marks' | 'available'
> {
  /** What the machine had proposed; null where it had found no answer at all. */
  readonly proposed: string | null;
  readonly agrees: boolean;
}

/** Null where nothing was kept back, or the machine had left it to a person. */
export function comparisonOf(
  given: Given,
  after: Pick<AnswerForMarking, 'hidden' | 'proposal'>,
): Comparison | null {
  const { proposal } = after;
  if (given.hidden !== true || after.hidden || proposal === null) return null;
  if (proposal.outcome !== 'proposed' && proposal.outcome !== 'absent') return null;
  const proposed = proposal.outcome === 'absent' ? null : proposal.marks;
  const { answer, exam, part, candidate, marks, available } = given;
  const agrees = readMarks(marks) === readMarks(proposed ?? '0');
  return { answer, exam, part, candidate, marks, available, proposed, agrees };
}

/** The last one, until the next decision: one reads it while one is at the next answer already. */
let last: Comparison | null = null;
const listeners = new Set<() => void>();

export function compare(with_: Comparison | null): void {
  last = with_;
  for (const listener of listeners) listener();
}

export const comparison = (): Comparison | null => last;

export function onCompared(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
