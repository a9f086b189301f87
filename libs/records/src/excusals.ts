import { recordAudit } from './audit.js';
import { type Database, isUuid, type Session, storable } from './database.js';
import { InvalidRecordError, NotFoundError } from './errors.js';
import { type ExcusedFrom, EVERYTHING, excusedFrom, isExcused } from './excused-from.js';
import { withdrawRelease } from './releases.js';
import { sayOfStudent, type SaidOfStudent } from './said-of-student.js';

/**
 * That a student is excused from an exam, or from one part of it. What somebody is excused from counts neither to their total nor
 * to what it is out of; a mark that it has is kept, and counts again once the excusal is taken back.
 */
export interface Excusal {
  readonly studentId: string;
  /** Null for the whole exam. */
  readonly part: string | null;
  readonly why: string;
  readonly byName: string;
  readonly at: Date;
}

export interface Excusals {
  /** Those that stand, in the order in which they were given. */
  ofExam(examId: string): Promise<readonly Excusal[]>;
  ofStudent(examId: string, studentId: string): Promise<ExcusedFrom>;
  /**
   * Where nothing is left that counts, a result that is out is hidden again. Throws NotFoundError; InvalidRecordError without a reason, or when it is
   * so already.
   */
  excuse(request: ExcusalRequest): Promise<void>;
  /** Throws NotFoundError; InvalidRecordError without a reason, or when nothing is excused. */
  takeBack(request: ExcusalRequest): Promise<void>;
}

interface ExcusalRequest extends SaidOfStudent {
  readonly part: string | null;
}

export function excusals(db: Database): Excusals {
  const say = (request: ExcusalRequest, excused: boolean): Promise<void> =>
    sayOfStudent(db, request, asItIs(excused), (tx) => write(tx, request, excused));
  return {
    ofExam: async (examId) => {
      const rows = isUuid(examId)
        ? await db.excusal.findMany({
            where: { examId },
            orderBy: { number: 'desc' },
            distinct: ['studentId', 'part'],
            include: { by: { select: { name: true } } },
          })
        : [];
      return rows
        .filter(({ excused }) => excused)
        .toSorted((one, other) => one.at.getTime() - other.at.getTime())
        .map(({ studentId, part, why, by, at }) => ({
          studentId,
          part: part === EVERYTHING ? null : part,
          why,
          byName: by.name,
          at,
        }));
    },
    ofStudent: async (examId, studentId) => (await excusedFrom(db, [examId], [studentId]))(examId, studentId),
    excuse: (request) => say(request, true),
    takeBack: (request) => say(request, false),
  };
}

async function write(
  tx: Session,
  { examId, studentId, part, why, by }: ExcusalRequest,
  excused: boolean,
): Promise<void> {
  if (
    part !== null &&
    !(await tx.examPart.findFirst({ where: { part, examVersion: { examId, draft: false } } }))
  )
    throw new NotFoundError('part', part);
  const of = part ?? EVERYTHING;
  const latest = await tx.excusal.findFirst({
    where: { examId, studentId, part: of },
    orderBy: { number: 'desc' },
  });
  if ((latest?.excused ?? false) === excused) throw asItIs(excused);
  await tx.excusal.create({
    data: {
      examId,
      studentId,
      part: of,
      number: (latest?.number ?? 0) + 1,
      excused,
      why: storable(why),
      byId: by,
    },
  });
  await recordAudit(tx, {
    actorId: by,
    action: excused ? 'excused' : 'excusal-taken-back',
    objectType: 'exam',
    objectId: examId,
    details: { studentId, part, why },
  });
  if (!excused) return;
  const from = (await excusedFrom(tx, [examId], [studentId]))(examId, studentId);
  const submissions = await tx.submission.findMany({
    where: { examId, studentId },
    select: { id: true, schemeVersion: { select: { parts: { select: { part: true } } } } },
  });
  for (const { id, schemeVersion } of submissions) {
    if (schemeVersion.parts.every((each) => isExcused(from, each.part)))
      await withdrawRelease(tx, { examId, submissionId: id, by, why });
  }
}

function asItIs(excused: boolean): InvalidRecordError {
  return new InvalidRecordError(excused ? 'This is excused already.' : 'This is not excused.');
}
