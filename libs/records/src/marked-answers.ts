import { type Database, isUuid } from './database.js';
import { NotFoundError } from './errors.js';
import type { JsonValue } from './json.js';

/** An answer that a person has marked, with what the machine had suggested of it. */
export interface MarkedAnswer {
  readonly answerId: string;
  readonly studentId: string;
  /** Of the reading that the proposal is about. */
  readonly text: string;
  readonly proposal: JsonValue;
  /** Marks by rubric item, where the marker gave them. */
  readonly breakdown: JsonValue;
  /** The latest word on what was suggested, by item. */
  readonly decisions: readonly { readonly item: string; readonly accepted: boolean }[];
}

export interface MarkedAnswersOfPart {
  /** How many there are in all. */
  readonly total: number;
  readonly latest: readonly MarkedAnswer[];
}

export interface MarkedAnswers {
  /**
   * Of one part, marked by a scheme; the latest ones first. Leaves out one answer, and answers of students whom the marker must not
   * mark.
   */
  ofPart(filter: {
    readonly examId: string;
    readonly part: string;
    readonly schemeHash: string;
    readonly except: string;
    readonly closed: ReadonlySet<string>;
    /** At most this many are given. */
    readonly limit: number;
  }): Promise<MarkedAnswersOfPart>;
}

export function markedAnswers(db: Database): MarkedAnswers {
  return {
    ofPart: async ({ examId, part, schemeHash, except, closed, limit }) => {
      if (!isUuid(examId)) throw new NotFoundError('exam', examId);
      if (!isUuid(except)) throw new NotFoundError('answer', except);
      const rows = await db.$queryRaw<(MarkedAnswer & { readonly total: number })[]>`
        WITH marked AS (
          SELECT m.answer_id, s.student_id, m.proposed_mark_id, m.breakdown, m.at
          FROM standing_marks m
          JOIN answers a ON a.id = m.answer_id
          JOIN submissions s ON s.id = a.submission_id
          WHERE s.exam_id = ${examId}::uuid AND a.part = ${part} AND m.scheme_hash = ${schemeHash}
            AND a.id <> ${except}::uuid AND s.student_id <> ALL(${[...closed]}::text[])
        )
        SELECT marked.answer_id::text AS "answerId", marked.student_id AS "studentId", r.text,
          p.evidence AS proposal, marked.breakdown, (count(*) OVER ())::int AS total,
          coalesce((
            SELECT json_agg(json_build_object('item', item, 'accepted', accepted)) FROM (
              SELECT DISTINCT ON (d.item) d.item, d.accepted FROM suggestion_decisions d
              WHERE d.proposed_mark_id = p.id ORDER BY d.item, d.seq DESC
            ) AS latest
          ), '[]') AS decisions
        FROM marked
        JOIN proposed_marks p ON p.id = marked.proposed_mark_id
        JOIN answer_readings r ON r.id = p.reading_id
        ORDER BY marked.at DESC, marked.answer_id
        LIMIT ${Math.max(1, Math.trunc(limit))}`;
      return {
        total: rows[0]?.total ?? 0,
        latest: rows.map(({ total: _total, ...answer }) => answer),
      };
    },
  };
}
