import type { Role } from '../user.js';

export const TEAM_ROLES = ['examiner', 'marker'] as const;
export type TeamRole = (typeof TEAM_ROLES)[number];

/** Somebody who is named in an exam's team. */
export interface Membership {
  readonly personId: string;
  /** What the team names them. */
  readonly role: TeamRole;
  /** What they are in the service. */
  readonly serviceRole: Role;
}

/**
 * What somebody is in one exam; null where it is not open to them.
 *
 * An exam without a team is open to everybody as what they are in the service. One with a team is open to whom it names, and
 * to students as such. Nobody examines who is no examiner of the service; a student may be named a marker. Where nobody of
 * the team examines any more, examiners of the service do, lest the exam be lost.
 */
export function roleInExam(
  team: readonly Membership[],
  person: { readonly id: string; readonly role: Role },
): Role | null {
  if (team.length === 0) return person.role;
  if (person.role === 'examiner' && !team.some(examines)) return 'examiner';
  const mine = team.find(({ personId }) => personId === person.id);
  if (mine !== undefined) return examines({ ...mine, serviceRole: person.role }) ? 'examiner' : 'marker';
  return person.role === 'student' ? 'student' : null;
}

function examines({ role, serviceRole }: Pick<Membership, 'role' | 'serviceRole'>): boolean {
  return role === 'examiner' && serviceRole === 'examiner';
}
