import type { GradeState, MarkingItem, SubmissionState as RecordedState } from '@tensormark/records';
import type { PartCounts, PartState, SubmissionState } from '../exams/exams.contract.js';

/** What is to be said of one part. Absent, pending, failed, excused and a mark of 0 are five different things. */
export function partStateOf(item: MarkingItem): PartState {
  const { mark, changedSinceMarked, proposed, hiddenProposalId, submissionState } = item;
  if (item.excused) return 'excused';
  if (mark !== null && !changedSinceMarked) return 'marked';
  // A part whose network still runs is pending by itself; what failed may yet be tried again.
  const isDone =
    submissionState === 'marking' &&
    (hiddenProposalId !== null || (proposed !== null && proposed.outcome !== 'failed'));
  if (isUnderWay(submissionState) && !isDone) return 'pending';
  if (changedSinceMarked || hiddenProposalId !== null) return 'needs-person';
  // Work has ended without a proposal for this part: our fault, whatever the answer was.
  return proposed?.outcome ?? 'failed';
}

/** Of a part whose submission has not been split. */
export function stateBeforeSplitting(submission: RecordedState): PartState {
  return isUnderWay(submission) ? 'pending' : 'failed';
}

function isUnderWay(state: RecordedState): boolean {
  return state === 'received' || state === 'splitting' || state === 'marking';
}

/** With what is still failed of its parts, where that is known: what a person has marked meanwhile is no fault any more. */
export function submissionStateOf(
  recorded: RecordedState,
  released: boolean,
  parts?: Pick<PartCounts, 'failed'>,
): SubmissionState {
  if (released) return 'released';
  if (recorded === 'failed' && parts?.failed === 0) return 'ready';
  switch (recorded) {
    case 'received':
      return 'received';
    case 'splitting':
    case 'marking':
      return 'working';
    case 'ready':
    case 'needs-person':
      return 'ready';
    case 'failed':
      return 'failed';
  }
}

const COUNTED_AS: Readonly<Record<GradeState | PartState, keyof PartCounts>> = {
  absent: 'absent',
  excused: 'excused',
  pending: 'pending',
  failed: 'failed',
  'needs-person': 'needsPerson',
  proposed: 'proposed',
  marked: 'marked',
  released: 'marked',
};

export function countParts(states: Iterable<GradeState | PartState>): PartCounts {
  const counts: PartCounts = {
    absent: 0,
    pending: 0,
    needsPerson: 0,
    proposed: 0,
    marked: 0,
    failed: 0,
    excused: 0,
  };
  for (const state of states) counts[COUNTED_AS[state]] += 1;
  return counts;
}
