import { recordAudit } from './audit.js';
import { mustBeFreeFor } from './conflicts.js';
import { type Database, isUniqueViolation, isUuid } from './database.js';
import type { Decimal } from './decimal.js';
import { InvalidRecordError, MarkConflictError, NotFoundError } from './errors.js';
import { lastWordOn, type NewMark } from './mark.js';
import { setMark } from './marks.js';

/** One mark of a file of grades. */
export interface ImportedMark {
  readonly submission: string;
  readonly part: string;
  readonly after: Decimal;
  /** The number of the mark that the answer was thought to have; 0 for none. */
  readonly expectedNumber: number;
}

export interface GradeImports {
  /**
   * Sets all the marks or none, as one audited change, each as by a marker; says how many. Throws NotFoundError, MarkConflictError where another
   * mark stands than was expected, MarkOutOfRangeError, ConflictOfInterestError, InvalidRecordError without a reason.
   */
  apply(request: {
    readonly examId: string;
    readonly changes: readonly ImportedMark[];
    readonly why: string;
    readonly by: string;
    /** Whether a second person is to mark an answer that has its first mark by this; see NewMark. */
    readonly secondMarking?: (part: string, answerId: string) => NewMark['secondMarking'];
  }): Promise<number>;
}

const LONGEST_MS = 120_000;

export function gradeImports(db: Database): GradeImports {
  return {
    apply: ({ examId, changes, why, by, secondMarking }) =>
      db.$transaction(
        async (tx) => {
          if (!isUuid(examId)) throw new NotFoundError('exam', examId);
          if (why.trim() === '') throw new InvalidRecordError('A reason is needed.');
          if (changes.length === 0) return 0;
          const set: string[] = [];
          for (const { submission, part, after, expectedNumber } of changes) {
            const answer = isUuid(submission)
              ? await tx.answer.findFirst({
                  where: { submissionId: submission, part, submission: { examId } },
                  select: { id: true },
                })
              : null;
            if (!answer) throw new NotFoundError('answer', `${submission} ${part}`);
            await mustBeFreeFor(tx, by, answer.id);
            const { standing: before, basis } = await lastWordOn(tx, answer.id);
            if ((before?.number ?? 0) !== expectedNumber) throw new MarkConflictError(answer.id, before);
            try {
              const mark = await setMark(tx, {
                answerId: answer.id,
                marks: after,
                by,
                why,
                expectedCurrentMarkId: basis,
                secondMarking: secondMarking?.(part, answer.id) ?? null,
              });
              set.push(mark.id);
            } catch (error) {
              if (isUniqueViolation(error)) throw new MarkConflictError(answer.id, before);
              throw error;
            }
          }
          await recordAudit(tx, {
            actorId: by,
            action: 'grades-imported',
            objectType: 'exam',
            objectId: examId,
            details: { marks: set, why },
          });
          return set.length;
        },
        { timeout: LONGEST_MS },
      ),
  };
}
