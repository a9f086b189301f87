import { oneOf } from './database.js';
import type { User as Row } from './generated/prisma/client.js';

export const ROLES = ['student', 'marker', 'examiner'] as const;
export type Role = (typeof ROLES)[number];

export interface User {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly studentNumber: string | null;
  readonly createdAt: Date;
}

export function userOf({ id, name, email, role, studentNumber, createdAt }: Row): User {
  return { id, name, email, role: oneOf(ROLES, role), studentNumber, createdAt };
}
