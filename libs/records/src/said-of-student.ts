import { type Database, isForeignKeyViolation, isUniqueViolation, isUuid, type Session } from './database.js';
import { InvalidRecordError, NotFoundError } from './errors.js';
import { oneAtATime } from './releases.js';

/** What an examiner says of one student of an exam, with a reason, and may take back. */
export interface SaidOfStudent {
  readonly examId: string;
  readonly studentId: string;
  readonly why: string;
  readonly by: string;
}

/**
 * Lets `write` add the next line to what is said of a student, one at a time for an exam; `asItIs` is thrown where somebody said
 * the same meanwhile. Throws NotFoundError for who does not sit the exam, InvalidRecordError without a reason.
 */
export async function sayOfStudent(
  db: Database,
  { examId, studentId, why }: SaidOfStudent,
  asItIs: InvalidRecordError,
  write: (tx: Session) => Promise<void>,
): Promise<void> {
  try {
    await db.$transaction(async (tx) => {
      if (why.trim() === '') throw new InvalidRecordError('A reason is needed.');
      const enrolment = isUuid(examId)
        ? await tx.enrolment.findUnique({ where: { examId_studentId: { examId, studentId } } })
        : null;
      if (!enrolment) throw new NotFoundError('user', studentId);
      await oneAtATime(tx, examId);
      await write(tx);
    });
  } catch (error) {
    if (isForeignKeyViolation(error)) throw new NotFoundError('user', studentId);
    if (isUniqueViolation(error)) throw asItIs;
    throw error;
  }
}
