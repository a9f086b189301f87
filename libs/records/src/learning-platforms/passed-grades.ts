import type { Database } from '../database.js';
import { type Decimal } from '../decimal.js';
import { providerOf } from './platforms.js';

/** What a platform was told last of a student's grade, or what it was to be told and could not. */
export interface PassedGrade {
  readonly studentId: string;
  /** Null where it was told that there is none any more. */
  readonly score: Decimal | null;
  readonly maximum: Decimal;
  /** Null where the last try failed. */
  readonly sentAt: Date | null;
  /** Why it failed; null where it did not. */
  readonly fault: string | null;
  readonly tries: number;
  readonly triedAt: Date;
}

export interface PassedGrades {
  ofLink(linkId: string): Promise<readonly PassedGrade[]>;
  /** Of these students those whom the platform knows, with the name it has for each. */
  subjects(platformId: string, studentIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** When marks of the exam were shown or taken back last; null where they never were. */
  lastRelease(examId: string): Promise<Date | null>;
  /** Who of the exam has a result that is out now, of whichever attempt. */
  withResult(examId: string): Promise<ReadonlySet<string>>;
  /** The platform has it. */
  sent(grade: Told, at: Date): Promise<void>;
  failed(grade: Told, fault: string, at: Date): Promise<void>;
  /**
   * Runs `work` unless it runs already, here or on another machine, for the same link. Returns whether it ran.
   * Grades are told one after the other, so that an older never comes after a newer.
   */
  alone(linkId: string, work: () => Promise<void>): Promise<boolean>;
}

export interface Told {
  readonly linkId: string;
  readonly studentId: string;
  /** Null where a grade that was told is out no longer. */
  readonly score: Decimal | null;
  readonly maximum: Decimal;
}

/** As long as one round of telling may take. */
const ROUND_MS = 10 * 60_000;

export function passedGrades(db: Database): PassedGrades {
  const write = async (
    { linkId, studentId, score, maximum }: Told,
    outcome: { readonly sentAt: Date | null; readonly fault: string | null },
    triedAt: Date,
  ): Promise<void> => {
    const value = { score, maximum, ...outcome, triedAt };
    await db.passedGrade.upsert({
      where: { linkId_studentId: { linkId, studentId } },
      create: { linkId, studentId, ...value, tries: 1 },
      update: { ...value, tries: outcome.fault === null ? 1 : { increment: 1 } },
    });
  };
  return {
    ofLink: async (linkId) => {
      const rows = await db.passedGrade.findMany({ where: { linkId } });
      return rows.map(({ studentId, score, maximum, sentAt, fault, tries, triedAt }) => ({
        studentId,
        score: score?.toString() ?? null,
        maximum: maximum.toString(),
        sentAt,
        fault,
        tries,
        triedAt,
      }));
    },
    subjects: async (platformId, studentIds) => {
      const rows = await db.account.findMany({
        where: { providerId: providerOf(platformId), userId: { in: [...studentIds] } },
        select: { userId: true, accountId: true },
      });
      return new Map(rows.map(({ userId, accountId }) => [userId, accountId]));
    },
    lastRelease: async (examId) => {
      const latest = await db.release.aggregate({ where: { examId }, _max: { at: true } });
      return latest._max.at;
    },
    withResult: async (examId) => {
      const rows = await db.$queryRaw<{ studentId: string }[]>`
        SELECT DISTINCT s.student_id AS "studentId" FROM submissions s
        JOIN LATERAL (
          SELECT action FROM releases WHERE submission_id = s.id ORDER BY number DESC LIMIT 1
        ) latest ON latest.action = 'released'
        WHERE s.exam_id = ${examId}::uuid`;
      return new Set(rows.map(({ studentId }) => studentId));
    },
    sent: (grade, at) => write(grade, { sentAt: at, fault: null }, at),
    failed: (grade, fault, at) => write(grade, { sentAt: null, fault }, at),
    alone: (linkId, work) =>
      db.$transaction(
        async (tx) => {
          const [row] = await tx.$queryRaw<{ taken: boolean }[]>`
            SELECT pg_try_advisory_xact_lock(hashtextextended(${`passed grades ${linkId}`}, 0)) AS taken`;
          if (row?.taken !== true) return false;
          await work();
          return true;
        },
        { timeout: ROUND_MS },
      ),
  };
}
