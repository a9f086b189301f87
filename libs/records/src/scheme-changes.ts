import { applyScheme, type ApplyingScheme } from './apply-scheme-change.js';
import { type Database, isForeignKeyViolation, isUuid } from './database.js';
import { NotFoundError } from './errors.js';
import { changeOf, type SchemeChange, schemeChange, WHOLE } from './scheme-change.js';
import { undoScheme, type UndoingScheme } from './undo-scheme-change.js';

export interface SchemeChanges {
  /**
   * Marks everything handed in by a draft from now on, as one change. Throws NotFoundError; InvalidRecordError while the
   * draft has not marked every answer, where the exam was changed since, or where a person gave more than a part would give.
   */
  apply(request: ApplyingScheme): Promise<SchemeChange>;
  /**
   * Undoes the latest change, as a change of its own: each submission is marked under what it was before. Marks that people
   * have set since stay. Throws NotFoundError; InvalidRecordError where it is not the latest, or was undone.
   */
  undo(request: UndoingScheme): Promise<SchemeChange>;
  /** Newest first. */
  ofExam(examId: string): Promise<readonly SchemeChange[]>;
  /** Throws NotFoundError. */
  get(changeId: string): Promise<SchemeChange>;
}

export function schemeChanges(db: Database): SchemeChanges {
  return {
    apply: (request) => asPerson(request.by, () => db.$transaction((tx) => applyScheme(tx, request))),
    undo: (request) => asPerson(request.by, () => db.$transaction((tx) => undoScheme(tx, request))),
    ofExam: async (examId) => {
      if (!isUuid(examId)) throw new NotFoundError('exam', examId);
      const rows = await db.schemeChange.findMany({
        where: { examId },
        orderBy: { number: 'desc' },
        include: WHOLE,
      });
      return rows.map(changeOf);
    },
    get: (changeId) => schemeChange(db, changeId),
  };
}

async function asPerson<T>(by: string, change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (isForeignKeyViolation(error)) throw new NotFoundError('user', by);
    throw error;
  }
}
