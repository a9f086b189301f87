import type { Role } from '@tensormark/records';

export interface DemonstrationAccount {
  readonly role: Role;
  readonly email: string;
  readonly password: string;
}

interface Figure {
  readonly role: Role;
  readonly name: string;
  readonly email: string;
  readonly studentNumber?: string;
  /** Known to everybody, so used on a loopback address only. */
  readonly openPassword: string;
}

export const FIGURES: readonly Figure[] = [
  {
    role: 'student',
    name: 'Robin Student',
    email: 'student@demonstration.example',
    studentNumber: '20990017',
    openPassword: 'student-demonstration',
  },
  {
    role: 'marker',
    name: 'Kim Marker',
    email: 'marker@demonstration.example',
    openPassword: 'marker-demonstration',
  },
  {
    role: 'examiner',
    name: 'Sasha Examiner',
    email: 'examiner@demonstration.example',
    openPassword: 'examiner-demonstration',
  },
];

/** Whether only this machine can reach the address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}
