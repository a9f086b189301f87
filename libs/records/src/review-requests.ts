import { recordAudit } from './audit.js';
import { conflictedStudents, mustBeFreeFor } from './conflicts.js';
import {
  clampLimit,
  type Database,
  isForeignKeyViolation,
  isUniqueViolation,
  isUuid,
  type Session,
  storable,
} from './database.js';
import type { Decimal } from './decimal.js';
import { InvalidRecordError, MarkConflictError, NotFoundError } from './errors.js';
import type { JsonValue } from './json.js';
import { currentMark } from './mark.js';
import { appendMark } from './marks.js';
import { latestRelease, releaseAll } from './releases.js';
import { type ReviewRequest, reviewRequestOf, WITH_OUTCOME } from './review-request.js';

const DAY = 24 * 60 * 60 * 1000;

/** What a second look came to. A changed mark is set on top of the one that was looked at. */
export type ReviewDecision =
  | { readonly outcome: 'kept'; readonly reason: string }
  | {
      readonly outcome: 'changed';
      readonly reason: string;
      readonly marks: Decimal;
      readonly expectedCurrentMarkId: string | null;
      /** Marks by rubric item, where the reviewer gave them. */
      readonly breakdown?: JsonValue;
    };

export interface ReviewRequests {
  /**
   * Asks for a second look at a part of what is released now. Throws NotFoundError; InvalidRecordError when nothing is
   * released, the window is over, or the same has been asked of this release before.
   */
  ask(request: {
    readonly submissionId: string;
    readonly part: string;
    readonly item?: string;
    readonly reason: string;
    readonly by: string;
    /** How long after the release one may ask; what a second look changed begins no time anew. */
    readonly withinDays: number;
  }): Promise<ReviewRequest>;
  /** Until when one may ask about what is released now; null when nothing is. */
  openUntil(submissionId: string, withinDays: number): Promise<Date | null>;
  /** Newest first. */
  ofSubmission(submissionId: string): Promise<readonly ReviewRequest[]>;
  /** Oldest first, as they are to be answered. */
  ofExam(filter: {
    readonly examId: string;
    readonly answered?: boolean;
    /** Leaves out what this person must not mark. */
    readonly marker?: string;
    readonly limit?: number;
    readonly offset?: number;
  }): Promise<{ readonly requests: readonly ReviewRequest[]; readonly total: number }>;
  /** Throws NotFoundError. */
  get(id: string): Promise<ReviewRequest>;
  /**
   * Answers a request, once, by somebody other than who set the mark it is about. A changed mark is released at once,
   * so that the student sees outcome and mark together. Throws NotFoundError, MarkConflictError, MarkOutOfRangeError,
   * InvalidRecordError, ConflictOfInterestError.
   */
  answer(request: {
    readonly requestId: string;
    readonly by: string;
    readonly decision: ReviewDecision;
  }): Promise<ReviewRequest>;
}

type Question = Parameters<ReviewRequests['ask']>[0];
type Reply = Parameters<ReviewRequests['answer']>[0];

export function reviewRequests(db: Database): ReviewRequests {
  return {
    ask: async (question) => {
      try {
        return await db.$transaction((tx) => ask(tx, question));
      } catch (error) {
        if (isForeignKeyViolation(error)) throw new NotFoundError('user', question.by);
        if (isUniqueViolation(error))
          throw new InvalidRecordError('A second look at this has been asked for already.');
        throw error;
      }
    },
    openUntil: async (submissionId, withinDays) => {
      const release = isUuid(submissionId) ? await latestRelease(db, submissionId) : null;
      return release?.action === 'released'
        ? windowEnd(await windowStart(db, submissionId, release.at), withinDays)
        : null;
    },
    ofSubmission: async (submissionId) => {
      if (!isUuid(submissionId)) return [];
      const rows = await db.reviewRequest.findMany({
        where: { answer: { submissionId } },
        orderBy: [{ askedAt: 'desc' }, { id: 'asc' }],
        include: WITH_OUTCOME,
      });
      return rows.map(reviewRequestOf);
    },
    ofExam: async ({ examId, answered, marker, limit, offset = 0 }) => {
      if (!isUuid(examId)) throw new NotFoundError('exam', examId);
      const where = {
        release: { examId },
        ...(marker === undefined
          ? {}
          : { answer: { submission: { studentId: { notIn: await conflictedStudents(db, marker) } } } }),
        ...(answered === undefined ? {} : { outcome: answered ? { isNot: null } : { is: null } }),
      };
      const [rows, total] = await Promise.all([
        db.reviewRequest.findMany({
          where,
          orderBy: [{ askedAt: 'asc' }, { id: 'asc' }],
          take: clampLimit(limit, 50),
          skip: Math.max(0, Math.trunc(offset)),
          include: WITH_OUTCOME,
        }),
        db.reviewRequest.count({ where }),
      ]);
      return { requests: rows.map(reviewRequestOf), total };
    },
    get: (id) => get(db, id),
    answer: async (reply) => {
      try {
        return await db.$transaction((tx) => answer(tx, reply));
      } catch (error) {
        if (isForeignKeyViolation(error)) throw new NotFoundError('user', reply.by);
        if (!isUniqueViolation(error)) throw error;
        // Two at the same moment: either the request is answered by now, or the mark was set elsewhere.
        const request = await get(db, reply.requestId);
        if (request.answered !== null) throw alreadyAnswered();
        throw new MarkConflictError(request.answerId, await currentMark(db, request.answerId));
      }
    },
  };
}

/** One query after another, since within a transaction they share its connection. */
async function get(session: Session, id: string): Promise<ReviewRequest> {
  const row = isUuid(id) ? await session.reviewRequest.findUnique({ where: { id } }) : null;
  if (!row) throw new NotFoundError('review request', id);
  const answer = await session.answer.findUniqueOrThrow({ where: { id: row.answerId } });
  const marks = await session.releaseMark.findMany({
    where: { releaseId: row.releaseId, answerId: row.answerId },
  });
  const outcome = await session.reviewOutcome.findUnique({ where: { requestId: id } });
  return reviewRequestOf({ ...row, answer, release: { marks }, outcome });
}

async function ask(tx: Session, { submissionId, part, item, reason, by, withinDays }: Question) {
  const answered = isUuid(submissionId)
    ? await tx.answer.findUnique({ where: { submissionId_part: { submissionId, part } } })
    : null;
  if (!answered) throw new NotFoundError('answer', `${submissionId}, ${part}`);
  if (reason.trim() === '') throw new InvalidRecordError('Say why you ask for a second look.');
  const release = await latestRelease(tx, submissionId);
  if (release?.action !== 'released')
    throw new InvalidRecordError('The marks are not released, so there is nothing to look at again yet.');
  const start = await windowStart(tx, submissionId, release.at);
  if (windowEnd(start, withinDays).getTime() <= Date.now())
    throw new InvalidRecordError('The time in which a second look could be asked for is over.');
  const row = await tx.reviewRequest.create({
    data: {
      releaseId: release.id,
      answerId: answered.id,
      item: item ?? '',
      reason: storable(reason.trim()),
      askedById: by,
    },
  });
  await recordAudit(tx, {
    actorId: by,
    action: 'review-requested',
    objectType: 'answer',
    objectId: answered.id,
    details: { requestId: row.id, item: item ?? null, reason },
  });
  return get(tx, row.id);
}

async function answer(tx: Session, { requestId, by, decision }: Reply): Promise<ReviewRequest> {
  const request = await get(tx, requestId);
  await mustBeFreeFor(tx, by, request.answerId);
  if (request.answered !== null) throw alreadyAnswered();
  if (decision.reason.trim() === '') throw new InvalidRecordError('Say why: the student reads it.');
  const setBefore =
    request.releasedMarkId && (await tx.mark.findUnique({ where: { id: request.releasedMarkId } }));
  if (setBefore && setBefore.setById === by)
    throw new InvalidRecordError('You set this mark yourself; somebody else looks at it again.');

  const mark =
    decision.outcome === 'kept'
      ? null
      : await appendMark(tx, {
          answerId: request.answerId,
          marks: decision.marks,
          by,
          why: decision.reason,
          expectedCurrentMarkId: decision.expectedCurrentMarkId,
          ...(decision.breakdown === undefined ? {} : { breakdown: decision.breakdown }),
        });
  await tx.reviewOutcome.create({
    data: {
      requestId,
      outcome: decision.outcome,
      reason: storable(decision.reason.trim()),
      markId: mark?.id ?? null,
      answeredById: by,
    },
  });
  await recordAudit(tx, {
    actorId: by,
    action: 'review-answered',
    objectType: 'answer',
    objectId: request.answerId,
    details: { requestId, outcome: decision.outcome, reason: decision.reason, markId: mark?.id ?? null },
  });
  if (mark !== null) await releaseAgain(tx, request.submissionId, by);
  return get(tx, requestId);
}

/** Shows the student the changed mark, unless the release was withdrawn or another attempt counts by now. */
async function releaseAgain(tx: Session, submissionId: string, by: string): Promise<void> {
  const release = await latestRelease(tx, submissionId);
  if (release?.action !== 'released') return;
  await releaseAll(tx, {
    examId: release.examId,
    submissionIds: [submissionId],
    by,
    note: 'After a second look.',
  });
}

/**
 * When the time to ask began: with the latest release, unless all that it showed anew is what second looks came to. Then it is the
 * time of the release before, so that no answer of ours gives anybody more time than others have.
 */
async function windowStart(session: Session, submissionId: string, latest: Date): Promise<Date> {
  const outcomes = await session.reviewOutcome.findMany({
    where: { markId: { not: null }, request: { answer: { submissionId } } },
    select: { markId: true },
  });
  if (outcomes.length === 0) return latest;
  const looked = new Set(outcomes.map(({ markId }) => markId));
  const releases = await session.release.findMany({
    where: { submissionId },
    orderBy: { number: 'desc' },
    select: { action: true, at: true, marks: { select: { markId: true } } },
  });
  let start = latest;
  for (const [at, release] of releases.entries()) {
    start = release.at;
    const before = releases[at + 1];
    if (before?.action !== 'released') break;
    const shown = new Set(before.marks.map(({ markId }) => markId));
    const anew = release.marks.filter(({ markId }) => !shown.has(markId));
    if (anew.length === 0 || !anew.every(({ markId }) => looked.has(markId))) break;
  }
  return start;
}

function windowEnd(released: Date, withinDays: number): Date {
  return new Date(released.getTime() + withinDays * DAY);
}

function alreadyAnswered(): InvalidRecordError {
  return new InvalidRecordError('This request has been answered already.');
}
