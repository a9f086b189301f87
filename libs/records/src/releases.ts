import { recordAudit } from './audit.js';
import {
  type Database,
  isForeignKeyViolation,
  isUniqueViolation,
  isUuid,
  type Session,
  storable,
} from './database.js';
import { InvalidRecordError, NotFoundError } from './errors.js';
import { excusedFrom, isExcused } from './excused-from.js';
import { lateOf } from './late.js';
import { STANDING } from './mark.js';
import { type HeldBackReason, type Release, releaseOf } from './release.js';
import { blockedBy } from './release-blockers.js';
import { allStanding } from './schedules.js';

export interface Releases {
  /**
   * Releases the given submissions, or every attempt of the exam that counts. What something stands in the way of (see
   * `release-blockers.ts`) is held back, never released in part. Throws NotFoundError.
   */
  release(request: {
    readonly examId: string;
    readonly submissionIds?: readonly string[];
    readonly by: string;
    readonly note?: string;
  }): Promise<{
    readonly released: readonly Release[];
    readonly heldBack: readonly { readonly submissionId: string; readonly reason: HeldBackReason }[];
  }>;
  /** What the student may see now; null before release and after a withdrawal. */
  current(submissionId: string): Promise<Release | null>;
  /** Hides a released result again. Throws NotFoundError; InvalidRecordError when nothing is released. */
  withdraw(request: {
    readonly submissionId: string;
    readonly by: string;
    readonly why: string;
  }): Promise<void>;
}

export function releases(db: Database): Releases {
  return {
    release: async (request) => {
      for (;;) {
        try {
          return await db.$transaction((tx) => releaseAll(tx, request));
        } catch (error) {
          if (isForeignKeyViolation(error)) throw new NotFoundError('user', request.by);
          // Two people release at the same time: the second finds what the first has released.
          if (!isUniqueViolation(error)) throw error;
        }
      }
    },
    current: (submissionId) => current(db, submissionId),
    withdraw: async ({ submissionId, by, why }) => {
      const submission = isUuid(submissionId)
        ? await db.submission.findUnique({ where: { id: submissionId } })
        : null;
      if (!submission) throw new NotFoundError('submission', submissionId);
      const withdrawn = await db.$transaction((tx) =>
        withdrawRelease(tx, { examId: submission.examId, submissionId, by, why }),
      );
      if (!withdrawn) throw new InvalidRecordError('Nothing is released of this submission.');
    },
  };
}

/** Until the transaction ends, nobody else releases or withholds results of the exam. */
export async function oneAtATime(tx: Session, examId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`releases of ${examId}`}, 0))`;
}

/** Hides what is released of a submission, within a transaction; false where nothing is. */
export async function withdrawRelease(
  tx: Session,
  {
    examId,
    submissionId,
    by,
    why,
  }: { readonly examId: string; readonly submissionId: string; readonly by: string; readonly why: string },
): Promise<boolean> {
  const latest = await latestRelease(tx, submissionId);
  if (latest?.action !== 'released') return false;
  await tx.release.create({
    data: {
      examId,
      submissionId,
      number: latest.number + 1,
      action: 'withdrawn',
      releasedById: by,
      note: storable(why),
    },
  });
  await recordAudit(tx, {
    actorId: by,
    action: 'release-withdrawn',
    objectType: 'submission',
    objectId: submissionId,
    details: { why },
  });
  return true;
}

const WITH_MARKS = { marks: { include: { mark: true } } } as const;

/** The latest release or withdrawal of a submission. */
export function latestRelease(session: Session, submissionId: string) {
  return session.release.findFirst({
    where: { submissionId },
    orderBy: { number: 'desc' },
    include: WITH_MARKS,
  });
}

async function current(db: Database, submissionId: string): Promise<Release | null> {
  const latest = isUuid(submissionId) ? await latestRelease(db, submissionId) : null;
  return latest?.action === 'released' ? releaseOf(latest) : null;
}

type Request = Parameters<Releases['release']>[0];
type Outcome = Awaited<ReturnType<Releases['release']>>;

/** See Releases.release. */
export async function releaseAll(
  tx: Session,
  { examId, submissionIds, by, note = '' }: Request,
): Promise<Outcome> {
  if (!isUuid(examId) || !(await tx.exam.findUnique({ where: { id: examId } })))
    throw new NotFoundError('exam', examId);
  await oneAtATime(tx, examId);
  const attempts = await tx.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM counting_submissions(${examId}::uuid)`;
  const latest = new Set(attempts.map(({ id }) => id));
  const { schedule, extensions } = await allStanding(tx, examId);
  const wanted = [...new Set(submissionIds ?? latest)];
  const submissions = await standingOf(tx, examId, wanted.filter(isUuid));
  const blocked = await blockedBy(tx, [...submissions.keys()]);

  const released: Release[] = [];
  const heldBack: { submissionId: string; reason: HeldBackReason }[] = [];
  for (const submissionId of wanted) {
    const row = submissions.get(submissionId);
    if (!row) throw new NotFoundError('submission', submissionId);
    const { marks, before } = row;
    const blocker = blocked.get(submissionId);
    const late = lateOf(schedule, extensions.get(row.studentId) ?? null, {
      receivedAt: row.receivedAt,
      marks: marks.map((mark) => mark.marks.toString()),
      maxima: row.maxima,
    });
    const deduction = late?.deduction ?? '0';
    if (!latest.has(submissionId)) {
      heldBack.push({ submissionId, reason: 'not-latest-attempt' });
    } else if (blocker !== undefined) {
      heldBack.push({ submissionId, reason: blocker.reason });
    } else if (
      before?.action === 'released' &&
      sameMarks(before.marks, marks) &&
      before.deduction.toString() === deduction
    ) {
      heldBack.push({ submissionId, reason: 'already-released' });
    } else {
      const release = await tx.release.create({
        data: {
          examId,
          submissionId,
          number: (before?.number ?? 0) + 1,
          action: 'released',
          releasedById: by,
          note: storable(note),
          lateSeconds: late?.seconds ?? null,
          deduction,
          schemeVersionId: row.version,
          marks: { create: marks.map(({ id, answerId }) => ({ markId: id, answerId })) },
        },
        include: WITH_MARKS,
      });
      released.push(releaseOf(release));
    }
  }
  if (released.length > 0) {
    await recordAudit(tx, {
      actorId: by,
      action: 'marks-released',
      objectType: 'exam',
      objectId: examId,
      details: { submissionIds: released.map(({ submissionId }) => submissionId), note },
    });
  }
  return { released, heldBack };
}

/**
 * What each submission is of, its current marks, and its latest release. One query after another, since they
 * share the transaction's connection.
 */
async function standingOf(tx: Session, examId: string, ids: readonly string[]) {
  const rows = await tx.submission.findMany({
    where: { examId, id: { in: [...ids] } },
    select: {
      id: true,
      studentId: true,
      receivedAt: true,
      schemeVersionId: true,
      schemeVersion: { select: { parts: { select: { part: true, maximum: true } } } },
    },
  });
  const answers = await tx.answer.findMany({
    where: { submission: { examId }, submissionId: { in: [...ids] } },
    select: { submissionId: true, part: true, marks: { where: STANDING } },
  });
  const latest = await tx.release.findMany({
    where: { examId, submissionId: { in: [...ids] } },
    orderBy: [{ submissionId: 'asc' }, { number: 'desc' }],
    distinct: ['submissionId'],
    include: { marks: { select: { markId: true } } },
  });
  const marks = new Map<string, (typeof answers)[number]['marks']>();
  const excused = await excusedFrom(
    tx,
    [examId],
    rows.map(({ studentId }) => studentId),
  );
  const students = new Map(rows.map(({ id, studentId }) => [id, studentId]));
  for (const {
    submissionId,
    part,
    marks: [mark],
  } of answers) {
    const from = excused(examId, students.get(submissionId) ?? '');
    // A mark of what the student is excused from is kept, and not shown: it does not count.
    if (mark && !isExcused(from, part)) marks.set(submissionId, [...(marks.get(submissionId) ?? []), mark]);
  }
  const before = new Map(latest.map((release) => [release.submissionId, release]));
  return new Map(
    rows.map(({ id, studentId, receivedAt, schemeVersionId, schemeVersion }) => [
      id,
      {
        studentId,
        receivedAt,
        version: schemeVersionId,
        maxima: schemeVersion.parts.flatMap(({ part, maximum }) =>
          isExcused(excused(examId, studentId), part) ? [] : maximum.toString(),
        ),
        marks: marks.get(id) ?? [],
        before: before.get(id),
      },
    ]),
  );
}

function sameMarks(before: readonly { markId: string }[], now: readonly { id: string }[]): boolean {
  const ids = new Set(before.map(({ markId }) => markId));
  return ids.size === now.length && now.every(({ id }) => ids.has(id));
}
