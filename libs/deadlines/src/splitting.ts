import { latenessOf } from './lateness.js';
import type { Schedule } from './schedule.js';

/**
 * Whose word on how a document is cut is heard at that moment: the student's until their deadline, the markers' after it,
 * and where there is no deadline that of either.
 */
export function splitIsWith(schedule: Schedule, now: Date): 'student' | 'markers' | 'either' {
  if (schedule.deadline === null) return 'either';
  return latenessOf(schedule, now) === null ? 'student' : 'markers';
}
