import { recordAudit } from '../audit.js';
import { type Database, isUuid, type Session } from '../database.js';
import { NotFoundError } from '../errors.js';
import { mustLeaveAnExaminer } from '../last-examiner.js';
import { GONE, PERSON, type PersonalTable, WORK } from './personal.js';

export interface Erased {
  /** Submissions whose documents and texts are gone. */
  readonly submissions: number;
}

/** The only way in which anything written is ever taken back. Marks, receipts and the audit trail stay. */
export interface Erasures {
  /**
   * Erases who a person is and all they handed in: name, address and number, documents, texts and what quotes them. Nobody
   * signs in as them again. Throws NotFoundError; InvalidRecordError where no examiner would be left.
   */
  person(userId: string, order: { readonly by: string; readonly why: string }): Promise<Erased>;
  /** Erases the documents and texts of released submissions received before then. For the end of the time of keeping. */
  before(time: Date, options?: { readonly limit?: number }): Promise<Erased>;
}

export function erasures(db: Database): Erasures {
  return {
    person: (userId, { by, why }) =>
      db.$transaction(async (tx) => {
        const user = await tx.user.findUnique({ where: { id: userId }, select: { id: true } });
        if (user === null) throw new NotFoundError('user', userId);
        await mustLeaveAnExaminer(tx, userId);
        await begin(tx, { userId, submissionId: null, by, why });
        const handedIn = await tx.submission.findMany({
          where: { studentId: userId, erasedAt: null },
          select: { id: true },
        });
        for (const { id } of handedIn) await eraseWork(tx, id);
        for (const table of PERSON) await erase(tx, table, userId);
        for (const table of GONE) {
          await tx.$executeRawUnsafe(`DELETE FROM ${table} WHERE user_id = $1`, userId);
        }
        await tx.user.update({ where: { id: userId }, data: { banned: true } });
        await recordAudit(tx, {
          actorId: by,
          action: 'person-erased',
          objectType: 'user',
          objectId: userId,
          details: { why, submissions: handedIn.length },
        });
        return { submissions: handedIn.length };
      }),
    before: async (time, { limit = 100 } = {}) => {
      const due = await db.$queryRaw<{ id: string }[]>`
        SELECT s.id::text FROM submissions s
        WHERE s.erased_at IS NULL AND s.received_at < ${time}
          AND (SELECT r.action FROM releases r WHERE r.submission_id = s.id ORDER BY r.number DESC LIMIT 1) = 'released'
        ORDER BY s.received_at LIMIT ${limit}`;
      for (const { id } of due) {
        await db.$transaction(async (tx) => {
          const why = 'The time of keeping is over.';
          await begin(tx, { userId: null, submissionId: id, by: null, why });
          await eraseWork(tx, id);
          await recordAudit(tx, {
            actorId: null,
            action: 'submission-erased',
            objectType: 'submission',
            objectId: id,
            details: { why },
          });
        });
      }
      return { submissions: due.length };
    },
  };
}

/** Lets this transaction, and no other, change what is never changed otherwise (see `refuse_change` in the database). */
async function begin(
  tx: Session,
  order: {
    readonly userId: string | null;
    readonly submissionId: string | null;
    readonly by: string | null;
    readonly why: string;
  },
): Promise<void> {
  const { id } = await tx.erasure.create({
    data: {
      userId: order.userId,
      submissionId: order.submissionId,
      orderedById: order.by,
      why: order.why,
    },
  });
  await tx.$executeRaw`SELECT set_config('tensormark.erasure', ${id}, true)`;
}

async function eraseWork(tx: Session, submissionId: string): Promise<void> {
  if (!isUuid(submissionId)) throw new NotFoundError('submission', submissionId);
  for (const table of WORK) await erase(tx, table, submissionId);
  await tx.submission.update({ where: { id: submissionId }, data: { erasedAt: new Date() } });
  await tx.outboxJob.deleteMany({ where: { submissionId, enqueuedAt: null } });
}

/** Names and values are those of the tables in `personal.ts`; only the id comes from outside. */
async function erase(tx: Session, { table, where, becomes }: PersonalTable, id: string): Promise<void> {
  const values = Object.entries(becomes).map(([column, value]) => `"${column}" = ${value}`);
  await tx.$executeRawUnsafe(`UPDATE "${table}" SET ${values.join(', ')} WHERE ${where}`, id);
}
