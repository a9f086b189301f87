import { recordAudit } from './audit.js';
import { type Database, isUniqueViolation, isUuid, storable } from './database.js';
import { InvalidRecordError, NotFoundError } from './errors.js';
import { mustLeaveAnExaminer } from './last-examiner.js';
import { leaveAllTeams } from './teams/teams.js';
import { type Role, type User, userOf } from './user.js';

export interface Found {
  readonly count: number;
  readonly users: readonly User[];
}

/** Erasing is all that bans anybody. */
const NOT_ERASED = { OR: [{ banned: false }, { banned: null }] };

/** People are created through better-auth (see `authDatabase`); here they are read and given roles. */
export interface Users {
  find(id: string): Promise<User | null>;
  findByEmail(email: string): Promise<User | null>;
  /** Those who were erased are among them only where they are asked for. */
  list(filter?: { readonly role?: Role; readonly withErased?: boolean }): Promise<readonly User[]>;
  /** Who sits an exam and has all of these words in name, number or address: the first by name, and how many there are. */
  ofExam(
    examId: string,
    asked: { readonly words: readonly string[]; readonly limit: number },
  ): Promise<Found>;
  /**
   * Audited; who becomes a student leaves all teams of exams. Throws NotFoundError; InvalidRecordError where no examiner
   * would be left.
   */
  setRole(userId: string, role: Role, by: string | null): Promise<User>;
  /** Throws NotFoundError; InvalidRecordError when another student has that number. */
  setStudentNumber(userId: string, studentNumber: string | null, by: string | null): Promise<User>;
}

export function users(db: Database): Users {
  const change = async (
    userId: string,
    data: { role: Role } | { studentNumber: string | null },
    by: string | null,
    action: string,
  ): Promise<User> =>
    db.$transaction(async (tx) => {
      const before = await tx.user.findUnique({ where: { id: userId } });
      if (!before) throw new NotFoundError('user', userId);
      if ('role' in data && data.role !== 'examiner') await mustLeaveAnExaminer(tx, userId);
      const after = await tx.user.update({ where: { id: userId }, data });
      if ('role' in data && data.role === 'student') await leaveAllTeams(tx, userId, by);
      await recordAudit(tx, { actorId: by, action, objectType: 'user', objectId: userId, details: data });
      return userOf(after);
    });
  return {
    find: async (id) => {
      const row = await db.user.findUnique({ where: { id } });
      return row && userOf(row);
    },
    findByEmail: async (email) => {
      const row = await db.user.findUnique({ where: { email: email.toLowerCase() } });
      return row && userOf(row);
    },
    list: async ({ role, withErased = false } = {}) => {
      const where = { role, ...(withErased ? {} : NOT_ERASED) };
      const rows = await db.user.findMany({ where, orderBy: [{ name: 'asc' }, { id: 'asc' }] });
      return rows.map(userOf);
    },
    ofExam: async (examId, { words, limit }) => {
      if (!isUuid(examId)) return { count: 0, users: [] };
      const where = {
        enrolments: { some: { examId } },
        AND: [NOT_ERASED, ...words.map((word) => called(word))],
      };
      const [count, rows] = await Promise.all([
        db.user.count({ where }),
        db.user.findMany({ where, orderBy: [{ name: 'asc' }, { id: 'asc' }], take: limit }),
      ]);
      return { count, users: rows.map(userOf) };
    },
    setRole: (userId, role, by) => change(userId, { role }, by, 'role-set'),
    setStudentNumber: async (userId, studentNumber, by) => {
      try {
        return await change(userId, { studentNumber }, by, 'student-number-set');
      } catch (error) {
        if (!isUniqueViolation(error)) throw error;
        throw new InvalidRecordError(
          `Another person has the student number ${JSON.stringify(studentNumber)}.`,
        );
      }
    },
  };
}

function called(word: string) {
  // What means "anything" to the database is a sign like any other here.
  const contains = { contains: storable(word).replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' as const };
  return { OR: [{ name: contains }, { email: contains }, { studentNumber: contains }] };
}
