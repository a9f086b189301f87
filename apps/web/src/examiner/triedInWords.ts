import type { TriedAnswer } from '../api/types.js';
import { inMarks, readMarks, writeMarks } from '../text/marks.js';
import { count } from '../ui/time.js';

type Tried = { readonly proposal: Pick<TriedAnswer['parts'][number]['proposal'], 'outcome' | 'marks'> };

/** Of a whole document: what is proposed together, and how much is left to people. */
export function triedInWords(parts: readonly Tried[]): string {
  const proposed = parts.filter(({ proposal }) => proposal.outcome === 'proposed');
  const absent = parts.filter(({ proposal }) => proposal.outcome === 'absent').length;
  const person = parts.length - proposed.length - absent;
  const marks = proposed.reduce((sum, { proposal }) => sum + (readMarks(proposal.marks ?? '') ?? 0), 0);
  return [
    `${inMarks(writeMarks(marks))} proposed for ${count(proposed.length, 'part')}`,
    ...(person > 0 ? [`${count(person, 'part')} for a person`] : []),
    ...(absent > 0 ? [`${count(absent, 'part')} without an answer`] : []),
  ].join(' · ');
}
