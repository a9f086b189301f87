import { latenessOf } from './lateness.js';
import type { Schedule } from './schedule.js';

/** Whether work is taken at a moment. */
export type Admission =
  | { readonly kind: 'not-open'; readonly opens: Date }
  | { readonly kind: 'on-time' }
  | { readonly kind: 'late'; readonly deadline: Date }
  | { readonly kind: 'closed'; readonly deadline: Date };

/** Whether work that arrives at that moment is taken, by a schedule as it is for its student. */
export function admissionOf(schedule: Schedule, arrives: Date): Admission {
  const { opens, late } = schedule;
  if (opens !== null && arrives < opens) return { kind: 'not-open', opens };
  const lateness = latenessOf(schedule, arrives);
  if (lateness === null) return { kind: 'on-time' };
  return { kind: late.kind === 'refused' ? 'closed' : 'late', deadline: lateness.deadline };
}
