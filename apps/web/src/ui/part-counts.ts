import type { GradeState, PartCounts } from '../api/types.js';

export const NO_PARTS: PartCounts = {
  absent: 0,
  pending: 0,
  needsPerson: 0,
  proposed: 0,
  marked: 0,
  failed: 0,
  excused: 0,
};

/** What a part in a state counts as. */
export const COUNTED_AS: Readonly<Record<GradeState, keyof PartCounts>> = {
  absent: 'absent',
  excused: 'excused',
  pending: 'pending',
  failed: 'failed',
  'needs-person': 'needsPerson',
  proposed: 'proposed',
  marked: 'marked',
  released: 'marked',
};
