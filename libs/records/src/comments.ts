import { recordAudit } from './audit.js';
import { type Database, isForeignKeyViolation, isUuid, storable } from './database.js';
import { InvalidRecordError, NotFoundError } from './errors.js';

/** What markers say again and again of answers to one question; shared by all who mark the exam. */
export interface Comment {
  readonly id: string;
  readonly examId: string;
  readonly question: string;
  readonly text: string;
  readonly createdById: string;
  readonly createdAt: Date;
}

export interface Comments {
  /** The same text again is the comment that is there. Throws NotFoundError; InvalidRecordError for a blank one. */
  add(comment: {
    readonly examId: string;
    readonly question: string;
    readonly text: string;
    readonly by: string;
  }): Promise<Comment>;
  /** Those in use, oldest first: their order, and so the keys that insert them, stays. */
  ofQuestion(examId: string, question: string): Promise<readonly Comment[]>;
  /** Takes a comment out of use; marks that it was written into keep it. Throws NotFoundError. */
  retire(id: string, by: string): Promise<void>;
}

const SHOWN = {
  id: true,
  examId: true,
  question: true,
  text: true,
  createdById: true,
  createdAt: true,
} as const;

export function comments(db: Database): Comments {
  return {
    add: async ({ examId, question, by, ...given }) => {
      const text = storable(given.text.trim());
      if (text === '') throw new InvalidRecordError('A comment needs some text.');
      if (!isUuid(examId)) throw new NotFoundError('exam', examId);
      try {
        return await db.$transaction(async (tx) => {
          const known = await tx.comment.findFirst({
            where: { examId, question, text, retiredAt: null },
            select: SHOWN,
          });
          if (known) return known;
          const comment = await tx.comment.create({
            data: { examId, question, text, createdById: by },
            select: SHOWN,
          });
          await recordAudit(tx, {
            actorId: by,
            action: 'comment-added',
            objectType: 'exam',
            objectId: examId,
            details: { commentId: comment.id, question, text },
          });
          return comment;
        });
      } catch (error) {
        if (isForeignKeyViolation(error)) throw new NotFoundError('exam', examId);
        throw error;
      }
    },
    ofQuestion: async (examId, question) => {
      if (!isUuid(examId)) return [];
      return db.comment.findMany({
        where: { examId, question, retiredAt: null },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
        select: SHOWN,
      });
    },
    retire: async (id, by) => {
      await db.$transaction(async (tx) => {
        const comment = isUuid(id) ? await tx.comment.findUnique({ where: { id } }) : null;
        if (!comment || comment.retiredAt !== null) throw new NotFoundError('comment', id);
        await tx.comment.update({ where: { id }, data: { retiredAt: new Date(), retiredById: by } });
        await recordAudit(tx, {
          actorId: by,
          action: 'comment-retired',
          objectType: 'exam',
          objectId: comment.examId,
          details: { commentId: id },
        });
      });
    },
  };
}
