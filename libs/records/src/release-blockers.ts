import type { Session } from './database.js';
import { Prisma } from './generated/prisma/client.js';
import type { HeldBackReason } from './release.js';

/** Something that stands in the way of releasing a paper. */
export interface Blocker {
  readonly reason: HeldBackReason;
  /** Whether a planned release waits for it; otherwise everybody else's goes on without the paper. */
  readonly holdsPlans: boolean;
  /** Those of the submissions that it stands in the way of. */
  among(session: Session, submissionIds: readonly string[]): Promise<readonly string[]>;
}

/** What the students of these submissions are excused from, worked out once for a query: it begins with this. */
const withExcused = (given: readonly string[]) => Prisma.sql`
  WITH excused AS MATERIALIZED (
    SELECT x.exam_id, e.student_id, e.part
    FROM (SELECT DISTINCT exam_id FROM submissions WHERE id = ANY(${[...given]}::uuid[])) x
    CROSS JOIN LATERAL standing_excusals(x.exam_id) e
  )`;
/** Of submissions `s` and their parts or answers `a`. */
const EXCUSED = Prisma.sql`EXISTS (
  SELECT FROM excused e
  WHERE e.exam_id = s.exam_id AND e.student_id = s.student_id AND e.part IN ('', a.part))`;

interface Found {
  readonly id: string;
}
const ids = (rows: readonly Found[]) => rows.map(({ id }) => id);

/**
 * All that stands in the way of a release, the first that applies said first. A new one is an entry here, its name in
 * `HELD_BACK_REASONS`, and its words in the API.
 */
export const BLOCKERS: readonly Blocker[] = [
  {
    reason: 'withheld',
    holdsPlans: false,
    among: async (session, given) =>
      ids(
        await session.$queryRaw<Found[]>`
          SELECT s.id::text FROM submissions s
          JOIN LATERAL (
            SELECT withheld FROM withheld_results w
            WHERE w.exam_id = s.exam_id AND w.student_id = s.student_id ORDER BY number DESC LIMIT 1
          ) latest ON latest.withheld
          WHERE s.id = ANY(${[...given]}::uuid[])`,
      ),
  },
  {
    // Whoever is excused from everything has nothing that could be released.
    reason: 'excused',
    holdsPlans: false,
    among: async (session, given) =>
      ids(
        await session.$queryRaw<Found[]>`
          ${withExcused(given)} SELECT s.id::text FROM submissions s
          WHERE s.id = ANY(${[...given]}::uuid[])
            AND EXISTS (SELECT FROM excused e WHERE e.exam_id = s.exam_id AND e.student_id = s.student_id)
            AND NOT EXISTS (SELECT FROM exam_parts a WHERE a.exam_version_id = s.scheme_version_id AND NOT ${EXCUSED})`,
      ),
  },
  {
    reason: 'not-all-marked',
    holdsPlans: true,
    among: async (session, given) =>
      ids(
        await session.$queryRaw<Found[]>`
          ${withExcused(given)} SELECT s.id::text FROM submissions s
          WHERE s.id = ANY(${[...given]}::uuid[])
            AND (SELECT count(*) FROM exam_parts a WHERE a.exam_version_id = s.scheme_version_id AND NOT ${EXCUSED})
              > (SELECT count(*) FROM answers a WHERE a.submission_id = s.id AND NOT ${EXCUSED}
                   AND EXISTS (SELECT FROM standing_marks m WHERE m.answer_id = a.id))`,
      ),
  },
  {
    reason: 'answer-changed',
    holdsPlans: true,
    among: async (session, given) =>
      ids(
        await session.$queryRaw<Found[]>`
          ${withExcused(given)} SELECT DISTINCT a.submission_id::text AS id FROM answers a
          JOIN submissions s ON s.id = a.submission_id
          JOIN LATERAL (SELECT reading_id FROM standing_marks WHERE answer_id = a.id) m ON true
          JOIN LATERAL (SELECT id FROM answer_readings WHERE answer_id = a.id ORDER BY number DESC LIMIT 1) r ON true
          WHERE a.submission_id = ANY(${[...given]}::uuid[]) AND NOT mark_stands(m.reading_id, r.id)
            AND NOT ${EXCUSED}`,
      ),
  },
  {
    reason: 'moderation-open',
    holdsPlans: true,
    among: async (session, given) =>
      (await wantedOf(session, given)).filter(({ wants }) => wants === 'moderation').map(({ id }) => id),
  },
  {
    reason: 'second-marking-open',
    holdsPlans: true,
    among: async (session, given) =>
      (await wantedOf(session, given)).filter(({ wants }) => wants === 'second-mark').map(({ id }) => id),
  },
];

/** Parts that a second person has still to mark, or that wait for a decision between two marks. */
export function wantedOf(
  session: Session,
  submissionIds: readonly string[],
): Promise<readonly { id: string; part: string; wants: string }[]> {
  return session.$queryRaw`
    ${withExcused(submissionIds)} SELECT a.submission_id::text AS id, a.part, wanted.wants FROM answers a
    JOIN submissions s ON s.id = a.submission_id
    JOIN second_marking_orders o ON o.answer_id = a.id
    JOIN LATERAL (SELECT id FROM answer_readings WHERE answer_id = a.id ORDER BY number DESC LIMIT 1) r ON true
    CROSS JOIN LATERAL (SELECT second_marking_wants(a.id, r.id) AS wants) wanted
    WHERE a.submission_id = ANY(${[...submissionIds]}::uuid[]) AND wanted.wants IS NOT NULL AND NOT ${EXCUSED}
    ORDER BY a.submission_id, a.part`;
}

/** What stands in the way of each submission first; those that nothing does are not in it. One query for each blocker. */
export async function blockedBy(
  session: Session,
  submissionIds: readonly string[],
): Promise<ReadonlyMap<string, Blocker>> {
  const blocked = new Map<string, Blocker>();
  for (const blocker of BLOCKERS) {
    for (const id of await blocker.among(session, submissionIds)) {
      if (!blocked.has(id)) blocked.set(id, blocker);
    }
  }
  return blocked;
}
