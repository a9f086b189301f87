import { recordAudit } from './audit.js';
import {
  type Database,
  isForeignKeyViolation,
  isUniqueViolation,
  isUuid,
  type Session,
  storable,
} from './database.js';
import { examsNaming } from './teams/members.js';
import { ConflictOfInterestError, InvalidRecordError, NotFoundError } from './errors.js';

/** That a marker must not mark a student, in any exam. */
export interface Conflict {
  readonly id: string;
  readonly markerId: string;
  readonly markerName: string;
  readonly studentId: string;
  readonly studentName: string;
  readonly why: string;
  readonly byId: string;
  readonly byName: string;
  readonly at: Date;
}

export interface Conflicts {
  /**
   * Holds from now on; takes what lies of the student on the marker's desk from it. Throws NotFoundError;
   * InvalidRecordError when it stands already, has no reason, or they are no marker (or examiner) and student.
   */
  declare(conflict: {
    readonly markerId: string;
    readonly studentId: string;
    readonly why: string;
    readonly by: string;
  }): Promise<Conflict>;
  /** Throws NotFoundError; InvalidRecordError when it is withdrawn already, without a reason, or about oneself. */
  withdraw(request: { readonly id: string; readonly why: string; readonly by: string }): Promise<void>;
  /** Those that hold now, newest first. */
  list(): Promise<readonly Conflict[]>;
  /** Whom this person must not mark: ids of students, their own among them. */
  studentsOf(markerId: string): Promise<ReadonlySet<string>>;
  /** Throws ConflictOfInterestError when this person must not mark the student. */
  check(markerId: string, studentId: string): Promise<void>;
}

const NAMES = {
  marker: { select: { name: true } },
  student: { select: { name: true } },
  by: { select: { name: true } },
} as const;

export function conflicts(db: Database): Conflicts {
  return {
    declare: async (given) => {
      try {
        return await db.$transaction((tx) => declare(tx, given));
      } catch (error) {
        if (isForeignKeyViolation(error)) throw new NotFoundError('user', given.by);
        if (isUniqueViolation(error)) throw standsAlready();
        throw error;
      }
    },
    withdraw: async (given) => {
      try {
        await db.$transaction((tx) => withdraw(tx, given));
      } catch (error) {
        if (isForeignKeyViolation(error)) throw new NotFoundError('user', given.by);
        if (isUniqueViolation(error)) throw withdrawnAlready();
        throw error;
      }
    },
    list: async () => {
      const latest = await db.conflictOfInterest.findMany({
        orderBy: { number: 'desc' },
        distinct: ['markerId', 'studentId'],
        include: NAMES,
      });
      return latest
        .filter(({ withdrawn }) => !withdrawn)
        .map(conflictOf)
        .toSorted((one, other) => other.at.getTime() - one.at.getTime() || one.id.localeCompare(other.id));
    },
    studentsOf: async (markerId) => new Set(await conflictedStudents(db, markerId)),
    check: (markerId, studentId) => mustBeFree(db, markerId, studentId),
  };
}

/** Ids of the students whom this person must not mark: nobody marks themselves. */
export async function conflictedStudents(session: Session, markerId: string): Promise<string[]> {
  const latest = await session.conflictOfInterest.findMany({
    where: { markerId },
    orderBy: { number: 'desc' },
    distinct: ['studentId'],
    select: { studentId: true, withdrawn: true },
  });
  return [markerId, ...latest.filter(({ withdrawn }) => !withdrawn).map(({ studentId }) => studentId)];
}

/** Throws ConflictOfInterestError. */
export async function mustBeFree(session: Session, markerId: string, studentId: string): Promise<void> {
  const latest = markerId === studentId ? null : await latestOf(session, markerId, studentId);
  if (markerId === studentId || latest?.withdrawn === false) throw new ConflictOfInterestError();
}

/** The same by an answer of the student; an answer that is not there is nobody's. */
export async function mustBeFreeFor(session: Session, markerId: string, answerId: string): Promise<void> {
  if (!isUuid(answerId)) return;
  const found = await session.answer.findUnique({
    where: { id: answerId },
    select: { submission: { select: { studentId: true } } },
  });
  if (found) await mustBeFree(session, markerId, found.submission.studentId);
}

function latestOf(session: Session, markerId: string, studentId: string) {
  return session.conflictOfInterest.findFirst({
    where: { markerId, studentId },
    orderBy: { number: 'desc' },
  });
}

async function declare(
  tx: Session,
  { markerId, studentId, why, by }: Parameters<Conflicts['declare']>[0],
): Promise<Conflict> {
  const reason = reasonIn(why);
  const marker = await tx.user.findUnique({ where: { id: markerId } });
  if (!marker) throw new NotFoundError('user', markerId);
  const student = await tx.user.findUnique({ where: { id: studentId } });
  if (!student) throw new NotFoundError('user', studentId);
  const marks = marker.role !== 'student' || (await examsNaming(tx, markerId)).length > 0;
  if (!marks || student.role !== 'student' || markerId === studentId)
    throw new InvalidRecordError('A conflict of interest is between a marker or examiner and a student.');
  const before = await latestOf(tx, markerId, studentId);
  if (before?.withdrawn === false) throw standsAlready();
  const row = await tx.conflictOfInterest.create({
    data: {
      markerId,
      studentId,
      number: (before?.number ?? 0) + 1,
      withdrawn: false,
      why: reason,
      byId: by,
    },
    include: NAMES,
  });
  await tx.markingHold.deleteMany({ where: { holderId: markerId, answer: { submission: { studentId } } } });
  await recordAudit(tx, {
    actorId: by,
    action: 'conflict-declared',
    objectType: 'user',
    objectId: markerId,
    details: { conflictId: row.id, studentId, why: reason },
  });
  return conflictOf(row);
}

async function withdraw(tx: Session, { id, why, by }: Parameters<Conflicts['withdraw']>[0]): Promise<void> {
  const reason = reasonIn(why);
  const row = isUuid(id) ? await tx.conflictOfInterest.findUnique({ where: { id } }) : null;
  if (!row || row.withdrawn) throw new NotFoundError('conflict of interest', id);
  const { markerId, studentId, number } = row;
  if (markerId === by)
    throw new InvalidRecordError(
      'Nobody withdraws a conflict of interest of their own; ask another examiner.',
    );
  // Where it was withdrawn, this number is taken.
  await tx.conflictOfInterest.create({
    data: { markerId, studentId, number: number + 1, withdrawn: true, why: reason, byId: by },
  });
  await recordAudit(tx, {
    actorId: by,
    action: 'conflict-withdrawn',
    objectType: 'user',
    objectId: markerId,
    details: { conflictId: id, studentId, why: reason },
  });
}

function reasonIn(why: string): string {
  const reason = storable(why.trim());
  if (reason === '') throw new InvalidRecordError('Say why.');
  return reason;
}

function standsAlready(): InvalidRecordError {
  return new InvalidRecordError('This conflict of interest is declared already.');
}

function withdrawnAlready(): InvalidRecordError {
  return new InvalidRecordError('This conflict of interest has been withdrawn already.');
}

interface Named {
  readonly name: string;
}

function conflictOf(row: {
  readonly id: string;
  readonly markerId: string;
  readonly studentId: string;
  readonly why: string;
  readonly byId: string;
  readonly at: Date;
  readonly marker: Named;
  readonly student: Named;
  readonly by: Named;
}): Conflict {
  const { id, markerId, studentId, why, byId, at, marker, student, by } = row;
  return {
    id,
    markerId,
    markerName: marker.name,
    studentId,
    studentName: student.name,
    why,
    byId,
    byName: by.name,
    at,
  };
}
