import { randomBytes } from 'node:crypto';
import { type NewAuditEntry, recordAudits } from './audit.js';
import {
  type Database,
  isForeignKeyViolation,
  isUniqueViolation,
  type Session,
  storable,
} from './database.js';
import { PeopleConflictError } from './errors.js';
import { mustLeaveAnExaminer } from './last-examiner.js';
import { currentExtensions } from './schedules.js';
import { leaveAllTeams } from './teams/teams.js';
import type { Role } from './user.js';

/** What an account says of somebody, beside the address by which it is known. */
export interface AccountOfPerson {
  readonly name: string;
  readonly role: Role;
  readonly studentNumber: string | null;
}

export interface PersonToAdd extends AccountOfPerson {
  /** In lower case. */
  readonly email: string;
  /** As sign-in keeps it; null for an account without one. */
  readonly passwordHash: string | null;
}

export interface PersonToChange {
  readonly id: string;
  /** What stood when it was looked; where anything else stands, nothing is written. */
  readonly before: AccountOfPerson;
  readonly after: AccountOfPerson;
}

export interface ExtensionToGive {
  readonly examId: string;
  readonly studentId: string;
  /** What held when it was looked; null for none. */
  readonly before: Date | null;
  readonly deadline: Date;
  readonly why: string;
}

export interface PeopleImports {
  /**
   * Makes and changes all of these, or none, each audited. Throws PeopleConflictError where something else stands than was
   * looked at; InvalidRecordError where no examiner would be left.
   */
  apply(request: {
    readonly add: readonly PersonToAdd[];
    readonly change: readonly PersonToChange[];
    readonly extend: readonly ExtensionToGive[];
    readonly by: string;
  }): Promise<void>;
}

const LONGEST_MS = 120_000;
/** Rows of one statement: Postgres takes 65,535 values. */
const AT_ONCE = 2000;
/** As sign-in calls accounts that have a password. */
const BY_PASSWORD = 'credential';

export function peopleImports(db: Database): PeopleImports {
  return {
    apply: async ({ add, change, extend, by }) => {
      try {
        await db.$transaction(
          async (tx) => {
            const audited = [
              ...(await changePeople(tx, change, by)),
              ...(await addPeople(tx, add, by)),
              ...(await giveExtensions(tx, extend, by)),
            ];
            for (const some of inParts(audited)) await recordAudits(tx, some);
          },
          { timeout: LONGEST_MS },
        );
      } catch (error) {
        if (isUniqueViolation(error) || isForeignKeyViolation(error)) throw new PeopleConflictError();
        throw error;
      }
    },
  };
}

async function addPeople(
  tx: Session,
  people: readonly PersonToAdd[],
  by: string,
): Promise<readonly NewAuditEntry[]> {
  const rows = people.map((person) => ({ ...person, id: newId() }));
  for (const some of inParts(rows)) {
    await tx.user.createMany({
      data: some.map(({ id, name, email, role, studentNumber }) => ({
        id,
        name,
        email,
        role,
        studentNumber,
      })),
    });
    await tx.account.createMany({
      data: some.flatMap(({ id, passwordHash: password }) =>
        password === null
          ? []
          : [{ id: newId(), userId: id, accountId: id, providerId: BY_PASSWORD, password }],
      ),
    });
  }
  return rows.map(({ id, role }) => entry(by, 'person-added', id, { role }));
}

async function changePeople(
  tx: Session,
  people: readonly PersonToChange[],
  by: string,
): Promise<readonly NewAuditEntry[]> {
  if (people.length === 0) return [];
  const otherRole = people.filter(({ before, after }) => before.role !== after.role);
  const noExaminers = otherRole.filter(({ after }) => after.role !== 'examiner').map(({ id }) => id);
  if (noExaminers.length > 0) await mustLeaveAnExaminer(tx, noExaminers);
  const each = (value: (person: PersonToChange) => string) => people.map(value);
  // No number is kept as '', so that it stands for none.
  const changed = await tx.$executeRaw`
    UPDATE users u SET name = n.name, role = n.role, student_number = nullif(n.number, ''), updated_at = now()
    FROM unnest(
      ${each(({ id }) => id)}::text[], ${each(({ after }) => after.name)}::text[],
      ${each(({ after }) => after.role)}::text[], ${each(({ after }) => after.studentNumber ?? '')}::text[],
      ${each(({ before }) => before.name)}::text[], ${each(({ before }) => before.role)}::text[],
      ${each(({ before }) => before.studentNumber ?? '')}::text[]
    ) AS n(id, name, role, number, was_name, was_role, was_number)
    WHERE u.id = n.id AND u.banned IS NOT TRUE AND u.name = n.was_name AND u.role = n.was_role
      AND coalesce(u.student_number, '') = n.was_number`;
  if (changed !== people.length) throw new PeopleConflictError();
  for (const { id, after } of otherRole) if (after.role === 'student') await leaveAllTeams(tx, id, by);
  return people.flatMap(({ id, before, after }) => [
    ...(before.name === after.name ? [] : [entry(by, 'name-set', id, { name: after.name })]),
    ...(before.role === after.role ? [] : [entry(by, 'role-set', id, { role: after.role })]),
    ...(before.studentNumber === after.studentNumber
      ? []
      : [entry(by, 'student-number-set', id, { studentNumber: after.studentNumber })]),
  ]);
}

async function giveExtensions(
  tx: Session,
  extensions: readonly ExtensionToGive[],
  by: string,
): Promise<readonly NewAuditEntry[]> {
  for (const examId of new Set(extensions.map((each) => each.examId))) {
    const theirs = extensions.filter((each) => each.examId === examId);
    const latest = new Map((await currentExtensions(tx, examId)).map((each) => [each.studentId, each]));
    for (const { studentId, before } of theirs)
      if ((latest.get(studentId)?.deadline?.getTime() ?? null) !== (before?.getTime() ?? null))
        throw new PeopleConflictError();
    for (const some of inParts(theirs)) {
      await tx.extension.createMany({
        data: some.map(({ studentId, deadline, why }) => ({
          examId,
          studentId,
          number: (latest.get(studentId)?.number ?? 0) + 1,
          deadline,
          why: storable(why),
          grantedById: by,
        })),
      });
      await tx.enrolment.createMany({
        data: some.map(({ studentId }) => ({ examId, studentId })),
        skipDuplicates: true,
      });
    }
  }
  return extensions.map(({ examId, studentId, deadline, why }) => ({
    actorId: by,
    action: 'extension-granted',
    objectType: 'exam',
    objectId: examId,
    details: { studentId, deadline: deadline.toISOString(), why },
  }));
}

function entry(by: string, action: string, id: string, details: NewAuditEntry['details']): NewAuditEntry {
  return {
    actorId: by,
    action,
    objectType: 'user',
    objectId: id,
    ...(details === undefined ? {} : { details }),
  };
}

function inParts<Each>(all: readonly Each[]): readonly (readonly Each[])[] {
  return Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, at) =>
    all.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
  );
}

/** As long as those that sign-in makes. */
function newId(): string {
  return randomBytes(24).toString('base64url');
}
