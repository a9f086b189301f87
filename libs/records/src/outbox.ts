import { randomUUID } from 'node:crypto';
import { type Database, isUuid, type Session } from './database.js';
import { NotFoundError } from './errors.js';

/** An order to mark a submission, written in the transaction that received it, so that no crash can lose it. */
export interface OutboxJob {
  readonly id: string;
  readonly submissionId: string;
  readonly examVersionId: string;
  readonly schemeHash: string;
  readonly createdAt: Date;
}

export interface Outbox {
  /**
   * Hands each waiting order to `enqueue` and strikes it off once that has resolved: at least once, so enqueue
   * must be idempotent. An order whose enqueue rejects stays. Several processes may do this at the same time.
   * Returns how many were handed over and how many stay.
   */
  dispatch(
    enqueue: (job: OutboxJob) => Promise<void>,
    options?: { readonly limit?: number },
  ): Promise<{ dispatched: number; failed: number }>;
  /**
   * Writes the order again for submissions that should long be settled and are not (a queue that lost its data, a
   * worker that died for good). Returns how many.
   */
  recover(options: { readonly unsettledForMs: number }): Promise<number>;
  /** Writes the order again for one submission, to mark it anew. Throws NotFoundError. */
  order(submissionId: string): Promise<void>;
  waiting(): Promise<number>;
}

/** Orders handed over in one transaction. */
const BATCH = 50;

export function outbox(db: Database): Outbox {
  return {
    dispatch: async (enqueue, { limit = 1000 } = {}) => {
      let dispatched = 0;
      for (;;) {
        const batch = await handOver(db, enqueue, Math.min(BATCH, limit - dispatched));
        dispatched += batch.done;
        const full = batch.done + batch.failed === BATCH;
        if (batch.done === 0 || !full || dispatched >= limit) return { dispatched, failed: batch.failed };
      }
    },
    recover: async ({ unsettledForMs }) => {
      const before = new Date(Date.now() - unsettledForMs);
      const lost = await db.submission.findMany({
        where: {
          state: { in: ['received', 'splitting', 'marking'] },
          erasedAt: null,
          stateChangedAt: { lt: before },
          outboxJobs: { none: { OR: [{ enqueuedAt: null }, { createdAt: { gte: before } }] } },
        },
        select: { id: true, schemeVersionId: true },
      });
      await db.outboxJob.createMany({
        data: lost.map(({ id, schemeVersionId }) => ({ submissionId: id, examVersionId: schemeVersionId })),
      });
      return lost.length;
    },
    order: async (submissionId) => {
      const submission = isUuid(submissionId)
        ? await db.submission.findUnique({
            where: { id: submissionId },
            select: { schemeVersionId: true, erasedAt: true },
          })
        : null;
      if (!submission || submission.erasedAt !== null) throw new NotFoundError('submission', submissionId);
      await writeOrder(db, submissionId, submission.schemeVersionId);
    },
    waiting: () => db.outboxJob.count({ where: { enqueuedAt: null } }),
  };
}

export async function writeOrder(
  session: Session,
  submissionId: string,
  examVersionId: string,
): Promise<void> {
  await session.outboxJob.create({ data: { id: randomUUID(), submissionId, examVersionId } });
}

/** Rows are locked while they are handed over and passed over by others; a crash unlocks them as they were. */
async function handOver(
  db: Database,
  enqueue: (job: OutboxJob) => Promise<void>,
  size: number,
): Promise<{ done: number; failed: number }> {
  return db.$transaction(async (tx) => {
    const jobs = await tx.$queryRaw<OutboxJob[]>`
      SELECT o.id::text, o.submission_id::text AS "submissionId", o.exam_version_id::text AS "examVersionId",
             v.scheme_hash AS "schemeHash", o.created_at AS "createdAt"
      FROM outbox_jobs o JOIN exam_versions v ON v.id = o.exam_version_id
      JOIN submissions s ON s.id = o.submission_id
      WHERE o.enqueued_at IS NULL AND s.erased_at IS NULL
      ORDER BY o.created_at, o.id
      LIMIT ${size}
      FOR UPDATE OF o SKIP LOCKED`;
    const outcomes = await Promise.allSettled(jobs.map((job) => enqueue(job)));
    const done = jobs.filter((_, index) => outcomes[index]?.status === 'fulfilled').map(({ id }) => id);
    if (done.length > 0) {
      await tx.outboxJob.updateMany({ where: { id: { in: done } }, data: { enqueuedAt: new Date() } });
    }
    return { done: done.length, failed: jobs.length - done.length };
  });
}
