import type { ExamSums, MarkSums, PartSums } from '@tensormark/marking';
import { type Database, isUuid } from './database.js';
import { NotFoundError } from './errors.js';
import { EVERYTHING } from './excused-from.js';

const TENTHS = 10;

/** Marks added up where they are, so that nothing grows with the submissions but the time it takes. */
export interface ExamMarkSums {
  /**
   * Of everyone enrolled, by the attempt that counts: marks that stand, without parts that a student is excused from. Parts are those
   * of the current version, then parts only older versions have, each out of what its newest version says. Throws NotFoundError.
   */
  ofExam(examId: string): Promise<ExamSums & { readonly titles: ReadonlyMap<string, string> }>;
}

interface Column {
  part: string;
  title: string;
  available: string;
}

/** The marks of one part, or the totals where it is null, that fall into one tenth. */
interface TenthRow {
  part: string | null;
  tenth: number;
  count: number;
  sum: string;
  squares: string;
  wholeSum: string;
  wholeSquares: string;
  withTotal: string;
  lowest: string;
  highest: string;
  /** Of the whole part, or of the totals; it may lie between two marks. */
  median: number;
}

export function examMarkSums(db: Database): ExamMarkSums {
  return {
    ofExam: async (examId) => {
      if (!isUuid(examId)) throw new NotFoundError('exam', examId);
      const columns = await columnsOf(db, examId);
      if (columns.length === 0) throw new NotFoundError('exam', examId);
      const rows = await tenthsOf(db, examId, columns);
      return {
        titles: new Map(columns.map(({ part, title }) => [part, title])),
        parts: columns.map(({ part, available }) =>
          partSums(
            part,
            BigInt(available),
            rows.filter((row) => row.part === part),
          ),
        ),
        totals: markSums(rows.filter(({ part }) => part === null)),
      };
    },
  };
}

function partSums(part: string, available: bigint, rows: readonly TenthRow[]): PartSums {
  return {
    part,
    available,
    ...markSums(rows),
    ofWhole: {
      sum: sumOf(rows, 'wholeSum'),
      squares: sumOf(rows, 'wholeSquares'),
      withTotal: sumOf(rows, 'withTotal'),
    },
  };
}

function markSums(rows: readonly TenthRow[]): MarkSums {
  const counts = new Map(rows.map(({ tenth, count }) => [tenth, count]));
  return {
    count: rows.reduce((all, { count }) => all + count, 0),
    sum: sumOf(rows, 'sum'),
    squares: sumOf(rows, 'squares'),
    tenths: Array.from({ length: TENTHS }, (_, tenth) => counts.get(tenth) ?? 0),
    range: rangeOf(rows),
  };
}

function rangeOf(rows: readonly TenthRow[]): MarkSums['range'] {
  const [first] = rows;
  if (first === undefined) return null;
  return {
    lowest: Math.min(...rows.map(({ lowest }) => Number(lowest))),
    median: first.median,
    highest: Math.max(...rows.map(({ highest }) => Number(highest))),
  };
}

function sumOf(
  rows: readonly TenthRow[],
  of: 'sum' | 'squares' | 'wholeSum' | 'wholeSquares' | 'withTotal',
): bigint {
  return rows.reduce((all, row) => all + BigInt(row[of]), 0n);
}

function columnsOf(db: Database, examId: string): Promise<Column[]> {
  return db.$queryRaw<Column[]>`
    SELECT part, title, available FROM (
      SELECT DISTINCT ON (p.part) p.part, p.title, (p.maximum * 1000)::bigint::text AS available, v.number, p.position
      FROM exam_versions v JOIN exam_parts p ON p.exam_version_id = v.id
      WHERE v.exam_id = ${examId}::uuid AND NOT v.draft
      ORDER BY p.part, v.number DESC
    ) AS newest ORDER BY number DESC, position`;
}

/** In thousandths. The tenth is a whole quotient, so that a mark on a border is in the upper one. */
function tenthsOf(db: Database, examId: string, columns: readonly Column[]): Promise<TenthRow[]> {
  return db.$queryRaw<TenthRow[]>`
    WITH columns AS (
      SELECT * FROM unnest(${columns.map(({ part }) => part)}::text[], ${columns.map(({ available }) => available)}::bigint[])
        AS c (part, available)
    ), excused AS (
      SELECT student_id, part FROM (
        SELECT DISTINCT ON (student_id, part) student_id, part, excused FROM excusals
        WHERE exam_id = ${examId}::uuid ORDER BY student_id, part, number DESC
      ) AS latest WHERE excused
    ), standing AS MATERIALIZED (
      SELECT s.id AS submission, a.part, (m.marks * 1000)::bigint AS marks
      FROM (SELECT id, student_id, scheme_version_id FROM counting_submissions(${examId}::uuid)) s
      JOIN enrolments e ON e.exam_id = ${examId}::uuid AND e.student_id = s.student_id
      JOIN answers a ON a.submission_id = s.id
      JOIN exam_parts p ON p.exam_version_id = s.scheme_version_id AND p.part = a.part
      JOIN LATERAL (
        SELECT id FROM answer_readings WHERE answer_id = a.id ORDER BY number DESC LIMIT 1
      ) r ON true
      JOIN LATERAL (
        SELECT marks, reading_id FROM standing_marks WHERE answer_id = a.id
      ) m ON m.reading_id = r.id OR mark_stands(m.reading_id, r.id)
      LEFT JOIN second_marking_orders o ON o.answer_id = a.id
      WHERE (o.answer_id IS NULL OR second_marking_wants(a.id, r.id) IS NULL)
        AND NOT EXISTS (
          SELECT FROM excused x WHERE x.student_id = s.student_id AND x.part IN (${EVERYTHING}, a.part)
        )
    ), whole AS MATERIALIZED (
      SELECT submission, sum(marks)::bigint AS total FROM standing GROUP BY submission
      HAVING count(*) = (SELECT count(*) FROM columns)
    ), placed AS (
      SELECT s.part, s.marks, w.total,
        CASE WHEN c.available = 0 THEN 0 ELSE least(9, s.marks * 10 / c.available) END AS tenth
      FROM standing s JOIN columns c USING (part) LEFT JOIN whole w USING (submission)
      UNION ALL
      SELECT NULL, total, NULL, CASE WHEN available = 0 THEN 0 ELSE least(9, total * 10 / available) END
      FROM whole, (SELECT sum(available)::bigint AS available FROM columns) AS of
    ), middle AS (
      SELECT part, percentile_cont(0.5) WITHIN GROUP (ORDER BY marks) AS median FROM placed GROUP BY part
    )
    SELECT part, tenth::int, min(marks)::text AS lowest, max(marks)::text AS highest,
      (SELECT median FROM middle WHERE middle.part IS NOT DISTINCT FROM placed.part) AS median, count(*)::int AS count, sum(marks)::text AS sum, sum(marks * marks)::text AS squares,
      coalesce(sum(marks) FILTER (WHERE total IS NOT NULL), 0)::text AS "wholeSum",
      coalesce(sum(marks * marks) FILTER (WHERE total IS NOT NULL), 0)::text AS "wholeSquares",
      coalesce(sum(marks * total), 0)::text AS "withTotal"
    FROM placed GROUP BY part, tenth`;
}
