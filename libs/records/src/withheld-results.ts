import { recordAudit } from './audit.js';
import { type Database, isUuid, type Session, storable } from './database.js';
import { InvalidRecordError } from './errors.js';
import { withdrawRelease } from './releases.js';
import { sayOfStudent, type SaidOfStudent } from './said-of-student.js';

/** That a student's result of an exam is kept back. */
export interface WithheldResult {
  readonly studentId: string;
  readonly studentName: string;
  readonly why: string;
  readonly byId: string;
  readonly byName: string;
  readonly at: Date;
}

export interface WithheldResults {
  /** Those that are kept back now, by name. */
  ofExam(examId: string): Promise<readonly WithheldResult[]>;
  /**
   * Keeps a result back from every release until it is let go; one that is released already is hidden again. Throws
   * NotFoundError; InvalidRecordError without a reason, or when it is withheld already.
   */
  withhold(request: SaidOfStudent): Promise<void>;
  /** The next release takes it along. Throws NotFoundError, InvalidRecordError. */
  letGo(request: SaidOfStudent): Promise<void>;
}

export function withheldResults(db: Database): WithheldResults {
  const say = (request: SaidOfStudent, withheld: boolean): Promise<void> =>
    sayOfStudent(db, request, asItIs(withheld), (tx) => write(tx, request, withheld));
  return {
    ofExam: async (examId) => {
      if (!isUuid(examId)) return [];
      const rows = await db.withheldResult.findMany({
        where: { examId },
        orderBy: { number: 'desc' },
        distinct: ['studentId'],
        include: { student: { select: { name: true } }, by: { select: { name: true } } },
      });
      return rows
        .filter(({ withheld }) => withheld)
        .map(({ studentId, student, why, byId, by, at }) => ({
          studentId,
          studentName: student.name,
          why,
          byId,
          byName: by.name,
          at,
        }))
        .toSorted((one, other) => one.studentName.localeCompare(other.studentName));
    },
    withhold: (request) => say(request, true),
    letGo: (request) => say(request, false),
  };
}

async function write(
  tx: Session,
  { examId, studentId, why, by }: SaidOfStudent,
  withheld: boolean,
): Promise<void> {
  const latest = await tx.withheldResult.findFirst({
    where: { examId, studentId },
    orderBy: { number: 'desc' },
  });
  if ((latest?.withheld ?? false) === withheld) throw asItIs(withheld);
  await tx.withheldResult.create({
    data: { examId, studentId, number: (latest?.number ?? 0) + 1, withheld, why: storable(why), byId: by },
  });
  await recordAudit(tx, {
    actorId: by,
    action: withheld ? 'result-withheld' : 'result-let-go',
    objectType: 'exam',
    objectId: examId,
    details: { studentId, why },
  });
  if (!withheld) return;
  const submissions = await tx.submission.findMany({ where: { examId, studentId }, select: { id: true } });
  for (const { id } of submissions) await withdrawRelease(tx, { examId, submissionId: id, by, why });
}

function asItIs(withheld: boolean): InvalidRecordError {
  return new InvalidRecordError(
    withheld ? 'This result is withheld already.' : 'This result is not withheld.',
  );
}
