import { type Database, isUuid } from './database.js';
import type { Decimal } from './decimal.js';
import { NotFoundError } from './errors.js';
import { standing } from './marking-queue.js';
import { Prisma } from './generated/prisma/client.js';
import { sampledSql, type Sampling } from './sampling.js';

/** How often the same was found in answers to one part. */
export interface FrequentFinding {
  readonly part: string;
  /** `misconception`: an error that gives exactly a wrong number; `finding`: a fault of code, by its check. */
  readonly kind: 'misconception' | 'finding';
  readonly says: string;
  /** Answers in which it was found. */
  readonly answers: number;
}

/** What became of the machine's proposals for one part. */
export interface Agreement {
  readonly part: string;
  /** Marks that people set where the machine had proposed some. */
  readonly decided: number;
  /** Of those, the ones that were confirmed as proposed. */
  readonly confirmed: number;
  /** Mean distance between mark and proposal, in marks. */
  readonly meanDifference: number;
}

/** One answer as a person marked it while the machine's proposal was kept from them. */
export interface BlindDecision {
  readonly part: string;
  readonly person: Decimal;
  /** Null where the machine did not know. */
  readonly machine: Decimal | null;
}

/** How much of what counts in an exam one person has marked. */
export interface MarkerShare {
  readonly markerId: string;
  /** Answers whose latest mark is theirs. */
  readonly answers: number;
  readonly lastAt: Date;
}

/** What marking an exam has taught about its questions and about the machine. */
export interface MarkingExperience {
  /** Most frequent first, within each part; of a sample that is kept back, what has been decided on. Throws NotFoundError. */
  frequentFindings(
    examId: string,
    perPart: number,
    hidden?: Sampling | null,
  ): Promise<readonly FrequentFinding[]>;
  /** Who has marked how much, most first. Throws NotFoundError. */
  markers(examId: string): Promise<readonly MarkerShare[]>;
  /** Throws NotFoundError. */
  agreement(examId: string): Promise<readonly Agreement[]>;
  /** The first of each answer, whatever became of the mark. Throws NotFoundError. */
  blindDecisions(examId: string): Promise<readonly BlindDecision[]>;
  /** Answers whose proposal is kept back and on which nobody has decided yet. Throws NotFoundError. */
  stillHidden(examId: string, hidden: Sampling): Promise<readonly string[]>;
}

export function markingExperience(db: Database): MarkingExperience {
  return {
    frequentFindings: async (examId, perPart, hidden = null) => {
      if (!isUuid(examId)) throw new NotFoundError('exam', examId);
      return db.$queryRaw<FrequentFinding[]>`
        WITH latest AS (
          SELECT id, scheme_version_id FROM counting_submissions(${examId}::uuid)
        ), found AS (
          SELECT a.part, one ->> 0 AS kind, one ->> 1 AS says
          FROM latest s
          JOIN exam_versions v ON v.id = s.scheme_version_id
          JOIN answers a ON a.submission_id = s.id
          JOIN LATERAL (
            SELECT id FROM answer_readings WHERE answer_id = a.id ORDER BY number DESC LIMIT 1
          ) r ON true
          JOIN LATERAL (
            SELECT found FROM proposed_marks WHERE reading_id = r.id AND scheme_hash = v.scheme_hash
            ORDER BY seq DESC LIMIT 1
          ) p ON true
          CROSS JOIN jsonb_array_elements(p.found) AS one
          WHERE NOT ${sampledSql(hidden, Prisma.sql`a.id`)} OR EXISTS (SELECT FROM standing_marks WHERE answer_id = a.id)
        ), counted AS (
          SELECT part, kind, says, count(*)::int AS answers,
            row_number() OVER (PARTITION BY part ORDER BY count(*) DESC, says) AS rank
          FROM found GROUP BY part, kind, says
        )
        SELECT part, kind, says, answers FROM counted WHERE rank <= ${perPart}
        ORDER BY part, rank`;
    },
    blindDecisions: async (examId) => {
      if (!isUuid(examId)) throw new NotFoundError('exam', examId);
      return db.$queryRaw<BlindDecision[]>`
        SELECT part, trim_scale(person)::text AS person, trim_scale(machine)::text AS machine FROM (
          SELECT DISTINCT ON (a.id) a.id, a.part, m.marks AS person, p.marks AS machine
          FROM blind_decisions b
          JOIN marks m ON m.id = b.mark_id
          JOIN proposed_marks p ON p.id = b.proposed_mark_id
          JOIN answers a ON a.id = m.answer_id
          JOIN submissions s ON s.id = a.submission_id
          WHERE s.exam_id = ${examId}::uuid
          ORDER BY a.id, m.number
        ) AS first ORDER BY part, id`;
    },
    stillHidden: async (examId, hidden) => {
      if (!isUuid(examId)) throw new NotFoundError('exam', examId);
      const rows = await db.$queryRaw<{ id: string }[]>`
        SELECT id::text FROM (${standing(examId, hidden)}) AS standing WHERE hidden AND NOT marked`;
      return rows.map(({ id }) => id);
    },
    markers: async (examId) => {
      if (!isUuid(examId)) throw new NotFoundError('exam', examId);
      return db.$queryRaw<MarkerShare[]>`
        SELECT m.set_by_id::text AS "markerId", count(*)::int AS answers, max(m.at) AS "lastAt"
        FROM counting_submissions(${examId}::uuid) s
        JOIN answers a ON a.submission_id = s.id
        JOIN LATERAL (
          SELECT set_by_id, at FROM standing_marks WHERE answer_id = a.id
        ) m ON true
        GROUP BY m.set_by_id ORDER BY count(*) DESC, max(m.at) DESC`;
    },
    agreement: async (examId) => {
      if (!isUuid(examId)) throw new NotFoundError('exam', examId);
      return db.$queryRaw<Agreement[]>`
        SELECT a.part, count(*)::int AS decided,
          (count(*) FILTER (WHERE m.origin = 'confirmed'))::int AS confirmed,
          avg(abs(m.marks - p.marks))::float8 AS "meanDifference"
        FROM submissions s
        JOIN answers a ON a.submission_id = s.id
        JOIN LATERAL (
          SELECT origin, marks, proposed_mark_id FROM standing_marks WHERE answer_id = a.id
        ) m ON true
        JOIN proposed_marks p ON p.id = m.proposed_mark_id AND p.marks IS NOT NULL
        WHERE s.exam_id = ${examId}::uuid
        GROUP BY a.part ORDER BY a.part`;
    },
  };
}
