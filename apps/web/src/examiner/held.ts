import type { PartCounts, SubmissionSummary } from '../api/types.js';
import { count } from '../ui/time.js';

/** Why a submission cannot be released yet, or null when it can. The API decides in the end; this is said beforehand. */
export function heldBecause({ state, parts }: SubmissionSummary): string | null {
  if (state === 'received' || state === 'working') return 'still being read';
  if (parts.excused > 0 && parts.marked === 0 && REASONS.every(([key]) => parts[key] === 0))
    return 'excused from all of it';
  const reasons = REASONS.flatMap(([key, says]) => (parts[key] > 0 ? [says(parts[key])] : []));
  return reasons.length === 0 ? null : reasons.join(', ');
}

const REASONS: readonly (readonly [keyof PartCounts, (number: number) => string])[] = [
  ['proposed', (n) => `${count(n, 'part')} with only the machine’s proposal`],
  ['needsPerson', (n) => `${count(n, 'part')} that a person has yet to decide`],
  ['pending', (n) => `${count(n, 'part')} being worked on`],
  ['absent', (n) => `${count(n, 'part')} without an answer, which nobody has confirmed`],
  ['failed', (n) => `${count(n, 'part')} that failed on our side`],
];

/** The latest attempt of each candidate, which is the one that counts. */
export function latestOf(submissions: readonly SubmissionSummary[]): SubmissionSummary[] {
  const latest = new Map<string, SubmissionSummary>();
  for (const each of submissions) {
    const before = latest.get(each.candidate);
    if (before === undefined || before.attempt < each.attempt) latest.set(each.candidate, each);
  }
  return [...latest.values()];
}

/** What an examiner calls a submission by. */
export const nameOf = ({ student, candidate }: SubmissionSummary): string => student?.name ?? candidate;
