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

/** People are created through better-auth (see `authDatabase`); here they are read and given roles. */
export interface Users {
  find(id: string): Promise<User | null>;
  findByEmail(email: string): Promise<User | null>;
  list(filter?: { readonly role?: Role }): Promise<readonly User[]>;
  /** Audited. Throws NotFoundError. */
  setRole(userId: string, role: Role, by: string | null): Promise<User>;
  /** Throws NotFoundError; InvalidRecordError when another student has that number. */
  setStudentNumber(userId: string, studentNumber: string | null, by: string | null): Promise<User>;
}
