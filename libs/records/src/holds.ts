import { mustBeFreeFor } from './conflicts.js';
import { type Database, isUuid } from './database.js';
import { NotFoundError } from './errors.js';

/** Whose desk an answer lies on until when. */
export interface Hold {
  readonly answerId: string;
  readonly holderId: string;
  readonly until: Date;
}

/**
 * Answers that markers have before them, so that colleagues take others. A hold runs out by itself and is never a
 * reason to refuse a mark: what two people decide at once is caught where marks are set.
 */
export interface Holds {
  /**
   * Takes or prolongs a hold, unless somebody else has one that has not run out: then theirs comes back. Throws
   * NotFoundError, ConflictOfInterestError.
   */
  take(request: { readonly answerId: string; readonly by: string; readonly seconds: number }): Promise<Hold>;
  /** Frees an answer that this person holds; anyone else's hold stays. Throws NotFoundError. */
  free(request: { readonly answerId: string; readonly by: string }): Promise<void>;
  /** Those of the given answers that somebody holds now. */
  of(answerIds: readonly string[]): Promise<ReadonlyMap<string, Hold>>;
}

export function holds(db: Database): Holds {
  return {
    take: async ({ answerId, by, seconds }) => {
      await mustExist(db, answerId);
      await mustBeFreeFor(db, by, answerId);
      // In one statement, so that of two who reach for an answer one has it and the other is told who.
      await db.$executeRaw`
        INSERT INTO marking_holds (answer_id, holder_id, until)
        SELECT ${answerId}::uuid, id, now() + make_interval(secs => ${seconds}) FROM users WHERE id = ${by}
        ON CONFLICT (answer_id) DO UPDATE SET holder_id = EXCLUDED.holder_id, until = EXCLUDED.until
        WHERE marking_holds.holder_id = EXCLUDED.holder_id OR marking_holds.until <= now()`;
      const hold = await db.markingHold.findUnique({ where: { answerId } });
      if (!hold) throw new NotFoundError('user', by);
      return hold;
    },
    free: async ({ answerId, by }) => {
      await mustExist(db, answerId);
      await db.markingHold.deleteMany({ where: { answerId, holderId: by } });
    },
    of: async (answerIds) => {
      const rows = await db.$queryRaw<Hold[]>`
        SELECT answer_id::text AS "answerId", holder_id AS "holderId", until FROM marking_holds
        WHERE answer_id = ANY(${answerIds.filter(isUuid)}::uuid[]) AND until > now()`;
      return new Map(rows.map((hold) => [hold.answerId, hold]));
    },
  };
}

async function mustExist(db: Database, answerId: string): Promise<void> {
  const found = isUuid(answerId) ? await db.answer.findUnique({ where: { id: answerId } }) : null;
  if (!found) throw new NotFoundError('answer', answerId);
}
