import { type Database, isUuid } from './database.js';
import { NotFoundError } from './errors.js';

/** What one attempt that counts answers to a part. */
export interface PartText {
  readonly answerId: string;
  readonly studentId: string;
  readonly readingId: string;
  readonly text: string;
}

export interface PartTexts {
  /**
   * The latest reading of each answer to a part, of attempts that count, in the order of the answers' ids. Leaves out answers of students
   * whom the person must not mark, and blank ones.
   */
  ofPart(filter: {
    readonly examId: string;
    readonly part: string;
    readonly closed: ReadonlySet<string>;
    readonly limit: number;
  }): Promise<readonly PartText[]>;
}

export function partTexts(db: Database): PartTexts {
  return {
    ofPart: async ({ examId, part, closed, limit }) => {
      if (!isUuid(examId)) throw new NotFoundError('exam', examId);
      return db.$queryRaw<PartText[]>`
        SELECT a.id::text AS "answerId", s.student_id AS "studentId", r.id::text AS "readingId", r.text
        FROM (SELECT id, student_id FROM counting_submissions(${examId}::uuid)) s
        JOIN answers a ON a.submission_id = s.id AND a.part = ${part}
        JOIN LATERAL (
          SELECT id, text FROM answer_readings WHERE answer_id = a.id ORDER BY number DESC LIMIT 1
        ) r ON true
        WHERE r.text <> '' AND s.student_id <> ALL(${[...closed]}::text[])
        ORDER BY a.id LIMIT ${Math.max(1, Math.trunc(limit))}`;
    },
  };
}
