import { clampLimit, type Database, isUuid } from './database.js';
import { NotFoundError } from './errors.js';
import type { Page } from './page.js';
import { receive, receiptOf, replay } from './receive.js';
import { settle } from './settle.js';
import { type SubmissionProgress, submissionProgress } from './submission-progress.js';
import {
  changeState,
  type NewSubmission,
  type Receipt,
  type Submission,
  type SubmissionFilter,
  submissionOf,
  type SubmissionState,
} from './submission.js';

export interface Submissions {
  /**
   * Stores bytes, SHA-256, row and the order to mark it in one transaction; the receipt is given after the
   * commit. `replayed` tells that the idempotency key had been used for the same upload before.
   * Throws NotFoundError, IdempotencyKeyReusedError.
   */
  receive(
    submission: NewSubmission,
  ): Promise<{ submission: Submission; receipt: Receipt; replayed: boolean }>;
  /**
   * What the same upload with the same idempotency key was given before; null where there is none. Throws
   * IdempotencyKeyReusedError.
   */
  replayOf(
    submission: NewSubmission,
  ): Promise<{ submission: Submission; receipt: Receipt; replayed: boolean } | null>;
  /** Which attempt of a student counts, by the exam's schedule; null where there is none. */
  counting(examId: string, studentId: string): Promise<string | null>;
  /** All attempts of these students. */
  attempts(
    examId: string,
    studentIds: readonly string[],
  ): Promise<readonly Pick<Submission, 'studentId' | 'attempt' | 'sha256'>[]>;
  /** Throws NotFoundError. */
  get(id: string): Promise<Submission>;
  find(id: string): Promise<Submission | null>;
  /** Throws NotFoundError. */
  receipt(id: string): Promise<Receipt>;
  /** The bytes as uploaded. Throws NotFoundError. */
  bytes(id: string): Promise<Uint8Array>;
  /** How far the work on these is; what is not there is left out. */
  progress(ids: readonly string[]): Promise<readonly SubmissionProgress[]>;
  /** Newest first. */
  list(filter: SubmissionFilter): Promise<Page<Submission>>;
  /** Throws NotFoundError. */
  setState(id: string, state: SubmissionState, reason?: string): Promise<Submission>;
  /**
   * Works out from the rows what became of the submission and stores it: `ready` when each part has a proposed
   * mark, `needs-person` when one asks for a person, `failed` when one failed or is missing. Idempotent.
   */
  settle(id: string, engineVersion: string, schemeHash: string): Promise<Submission>;
}

export function submissions(db: Database): Submissions {
  const find = async (id: string): Promise<Submission | null> => {
    const row = isUuid(id) ? await db.submission.findUnique({ where: { id } }) : null;
    return row && submissionOf(row);
  };
  const get = async (id: string): Promise<Submission> => {
    const submission = await find(id);
    if (!submission) throw new NotFoundError('submission', id);
    return submission;
  };
  return {
    receive: (submission) => receive(db, submission),
    replayOf: (submission) => replay(db, submission),
    counting: async (examId, studentId) => {
      if (!isUuid(examId)) return null;
      const [row] = await db.$queryRaw<{ id: string }[]>`
        SELECT id::text FROM counting_submissions(${examId}::uuid) WHERE student_id = ${studentId}`;
      return row?.id ?? null;
    },
    attempts: async (examId, studentIds) =>
      isUuid(examId)
        ? db.submission.findMany({
            where: { examId, studentId: { in: [...studentIds] } },
            select: { studentId: true, attempt: true, sha256: true },
            orderBy: { attempt: 'asc' },
          })
        : [],
    find,
    get,
    receipt: async (id) => {
      const submission = await get(id);
      const version = await db.examVersion.findUniqueOrThrow({
        where: { id: submission.examVersionId },
        select: { number: true },
      });
      return receiptOf(submission, version.number);
    },
    bytes: async (id) => {
      const file = isUuid(id) ? await db.submissionFile.findUnique({ where: { submissionId: id } }) : null;
      if (!file) throw new NotFoundError('submission', id);
      return file.bytes;
    },
    progress: (ids) => submissionProgress(db, ids),
    list: (filter) => list(db, filter),
    setState: async (id, state, reason) => {
      await get(id);
      return changeState(db, id, state, reason ?? null);
    },
    settle: (id, engineVersion, schemeHash) => settle(db, id, engineVersion, schemeHash),
  };
}

async function list(db: Database, filter: SubmissionFilter): Promise<Page<Submission>> {
  const { examId, studentId, states, after } = filter;
  if (examId !== undefined && !isUuid(examId)) return { items: [], next: null };
  const take = clampLimit(filter.limit, 100);
  const place = after === undefined ? null : readPlace(after);
  const rows = await db.submission.findMany({
    where: {
      examId,
      studentId,
      ...(states ? { state: { in: [...states] } } : {}),
      ...(place
        ? { OR: [{ receivedAt: { lt: place.at } }, { receivedAt: place.at, id: { lt: place.id } }] }
        : {}),
    },
    orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
    take: take + 1,
  });
  const items = rows.slice(0, take).map(submissionOf);
  const last = items.at(-1);
  return { items, next: rows.length > take && last ? `${last.receivedAt.toISOString()}_${last.id}` : null };
}

function readPlace(after: string): { at: Date; id: string } | null {
  const [time = '', id = ''] = after.split('_');
  const at = new Date(time);
  return isUuid(id) && !Number.isNaN(at.getTime()) ? { at, id } : null;
}
