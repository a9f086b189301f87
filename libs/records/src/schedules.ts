import { ALWAYS_OPEN, COUNTING, type LatePolicy, type Schedule } from '@tensormark/deadlines';
import { recordAudit } from './audit.js';
import {
  type Database,
  isForeignKeyViolation,
  isUniqueViolation,
  isUuid,
  oneOf,
  type Session,
  storable,
} from './database.js';
import { fromThousandths, thousandths } from './decimal.js';
import { InvalidRecordError, NotFoundError } from './errors.js';
import type { ExamSchedule as Row } from './generated/prisma/client.js';

/** A schedule as an examiner set it. */
export interface RecordedSchedule extends Schedule {
  /** 1, 2, 3 …; 0 where nobody has set one. */
  readonly number: number;
}

/** A student's own deadline. */
export interface Extension {
  readonly studentId: string;
  /** Null: taken back, everybody's holds again. */
  readonly deadline: Date | null;
  readonly why: string;
  readonly grantedById: string;
  readonly at: Date;
}

export interface Schedules {
  /** What holds now. Throws NotFoundError. */
  of(examId: string): Promise<RecordedSchedule>;
  /** What holds for one student: the schedule, and their extension where they have one. Throws NotFoundError. */
  standing(
    examId: string,
    studentId: string,
  ): Promise<{ schedule: RecordedSchedule; extension: Date | null }>;
  /** Throws NotFoundError; InvalidRecordError when it would open after the deadline. */
  set(request: {
    readonly examId: string;
    readonly schedule: Schedule;
    readonly by: string;
  }): Promise<RecordedSchedule>;
  /** Gives a student a deadline of their own, or takes it back. Throws NotFoundError, InvalidRecordError. */
  extend(request: {
    readonly examId: string;
    readonly studentId: string;
    readonly deadline: Date | null;
    readonly why: string;
    readonly by: string;
  }): Promise<Extension>;
  /** Those that hold now, the latest word on each student. */
  extensions(examId: string): Promise<readonly Extension[]>;
}

export function schedules(db: Database): Schedules {
  return {
    of: (examId) => currentSchedule(db, examId),
    standing: async (examId, studentId) => {
      const [schedule, latest] = await Promise.all([
        currentSchedule(db, examId),
        isUuid(examId)
          ? db.extension.findFirst({ where: { examId, studentId }, orderBy: { number: 'desc' } })
          : null,
      ]);
      return { schedule, extension: latest?.deadline ?? null };
    },
    set: (request) => set(db, request),
    extend: (request) => extend(db, request),
    extensions: (examId) => currentExtensions(db, examId),
  };
}

async function currentSchedule(session: Session, examId: string): Promise<RecordedSchedule> {
  const exam = isUuid(examId)
    ? await session.exam.findUnique({
        where: { id: examId },
        select: { schedules: { orderBy: { number: 'desc' }, take: 1 } },
      })
    : null;
  if (!exam) throw new NotFoundError('exam', examId);
  const [latest] = exam.schedules;
  return latest === undefined ? { ...ALWAYS_OPEN, number: 0 } : scheduleOf(latest);
}

/** The latest word on each student, with its number. */
export async function currentExtensions(
  session: Session,
  examId: string,
): Promise<readonly (Extension & { readonly number: number })[]> {
  if (!isUuid(examId)) throw new NotFoundError('exam', examId);
  const rows = await session.extension.findMany({
    where: { examId },
    orderBy: [{ studentId: 'asc' }, { number: 'desc' }],
    distinct: ['studentId'],
  });
  return rows.map(({ studentId, number, deadline, why, grantedById, at }) => ({
    studentId,
    number,
    deadline,
    why,
    grantedById,
    at,
  }));
}

/** What holds for each student of an exam, for those who look at all of them. */
export async function allStanding(
  session: Session,
  examId: string,
): Promise<{ schedule: Schedule; extensions: ReadonlyMap<string, Date> }> {
  const schedule = await currentSchedule(session, examId);
  const extensions = await currentExtensions(session, examId);
  return {
    schedule,
    extensions: new Map(
      extensions.flatMap(({ studentId, deadline }) => (deadline === null ? [] : [[studentId, deadline]])),
    ),
  };
}

async function set(
  db: Database,
  { examId, schedule, by }: Parameters<Schedules['set']>[0],
): Promise<RecordedSchedule> {
  const { opens, deadline } = schedule;
  if (opens !== null && deadline !== null && opens >= deadline) {
    throw new InvalidRecordError('The exam would open after its deadline. Make it open before.');
  }
  for (;;) {
    const number = (await currentSchedule(db, examId)).number + 1;
    try {
      await db.$transaction((tx) => recordSchedule(tx, { examId, number, schedule, by }));
      return { ...schedule, number };
    } catch (error) {
      // Somebody else set one at the same moment; ours is the later.
      if (isUniqueViolation(error)) continue;
      if (isForeignKeyViolation(error)) throw new NotFoundError('user', by);
      throw error;
    }
  }
}

/** Writes a schedule and its entry in the trail. */
export async function recordSchedule(
  tx: Session,
  {
    examId,
    number,
    schedule,
    by,
  }: { readonly examId: string; readonly number: number; readonly schedule: Schedule; readonly by: string },
): Promise<void> {
  await tx.examSchedule.create({ data: { examId, number, setById: by, ...columnsOf(schedule) } });
  await recordAudit(tx, {
    actorId: by,
    action: 'schedule-set',
    objectType: 'exam',
    objectId: examId,
    details: {
      number,
      ...columnsOf(schedule),
      opens: schedule.opens?.toISOString() ?? null,
      deadline: schedule.deadline?.toISOString() ?? null,
    },
  });
}

async function extend(
  db: Database,
  { examId, studentId, deadline, why, by }: Parameters<Schedules['extend']>[0],
): Promise<Extension> {
  if (!isUuid(examId) || !(await db.exam.findUnique({ where: { id: examId } })))
    throw new NotFoundError('exam', examId);
  if (why.trim() === '') throw new InvalidRecordError('Say why this student has another deadline.');
  for (;;) {
    const before = await db.extension.findFirst({
      where: { examId, studentId },
      orderBy: { number: 'desc' },
    });
    if (before === null && deadline === null)
      throw new InvalidRecordError('This student has no extension to take back.');
    try {
      const row = await db.$transaction(async (tx) => {
        const made = await tx.extension.create({
          data: {
            examId,
            studentId,
            number: (before?.number ?? 0) + 1,
            deadline,
            why: storable(why.trim()),
            grantedById: by,
          },
        });
        await tx.enrolment.createMany({ data: [{ examId, studentId }], skipDuplicates: true });
        await recordAudit(tx, {
          actorId: by,
          action: deadline === null ? 'extension-taken-back' : 'extension-granted',
          objectType: 'exam',
          objectId: examId,
          details: { studentId, deadline: deadline?.toISOString() ?? null, why },
        });
        return made;
      });
      return { studentId, deadline, why: row.why, grantedById: by, at: row.at };
    } catch (error) {
      if (isUniqueViolation(error)) continue;
      if (isForeignKeyViolation(error)) throw new NotFoundError('user', studentId);
      throw error;
    }
  }
}

function columnsOf({ opens, deadline, graceSeconds, late, counts }: Schedule) {
  return { opens, deadline, graceSeconds, late: late.kind, ...feeColumns(late), counts };
}

function feeColumns(late: LatePolicy) {
  if (late.kind !== 'deducted') return {};
  const { unit, amount, per, most } = late;
  return {
    feeUnit: unit,
    feeAmount: fromThousandths(amount),
    feePer: per,
    feeMost: most === null ? null : fromThousandths(most),
  };
}

function scheduleOf({ number, opens, deadline, graceSeconds, counts, ...row }: Row): RecordedSchedule {
  return { number, opens, deadline, graceSeconds, late: policyOf(row), counts: oneOf(COUNTING, counts) };
}

function policyOf({
  late,
  feeUnit,
  feeAmount,
  feePer,
  feeMost,
}: Pick<Row, 'late' | 'feeUnit' | 'feeAmount' | 'feePer' | 'feeMost'>): LatePolicy {
  const kind = oneOf(['refused', 'marked-late', 'deducted'], late);
  if (kind !== 'deducted') return { kind };
  return {
    kind,
    unit: oneOf(['points', 'percent'], feeUnit ?? ''),
    amount: exact(feeAmount),
    per: oneOf(['hour', 'day'], feePer ?? ''),
    most: feeMost === null ? null : exact(feeMost),
  };
}

function exact(decimal: { toString(): string } | null): bigint {
  const value = thousandths(decimal?.toString() ?? '');
  if (value === null) throw new Error(`The database has ${String(decimal)} as a fee.`);
  return value;
}
