import type { Role } from '../api/types.js';

/** Where each role begins. */
export const HOME = {
  student: '/exams',
  marker: '/marking',
  examiner: '/examining',
} as const satisfies Record<Role, string>;

export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  student: 'Student',
  marker: 'Marker',
  examiner: 'Examiner',
};

/** Only a path of this site is gone back to after signing in; anything else would let a link lead people elsewhere. */
export function safeReturn(to: string | undefined): string | null {
  if (to === undefined || !to.startsWith('/') || to.startsWith('//') || to.includes('\\')) return null;
  return to.startsWith('/sign-in') ? null : to;
}
