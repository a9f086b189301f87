import { type Database, isUuid, oneOf } from './database.js';
import { SUBMISSION_STATES, type SubmissionState } from './submission.js';

/** How far the work on a submission is. */
export interface SubmissionProgress {
  readonly submissionId: string;
  readonly state: SubmissionState;
  /** Parts of the exam; answers there are, found or not; those with a proposal for what they are now. */
  readonly parts: number;
  readonly answers: number;
  readonly proposed: number;
}

/** See Submissions.progress: one query, however many are asked about. */
export async function submissionProgress(
  db: Database,
  ids: readonly string[],
): Promise<readonly SubmissionProgress[]> {
  const rows = await db.$queryRaw<(Omit<SubmissionProgress, 'state'> & { state: string })[]>`
    SELECT s.id::text AS "submissionId", s.state,
      (SELECT count(*)::int FROM exam_parts p WHERE p.exam_version_id = s.exam_version_id) AS parts,
      count(r.id)::int AS answers,
      (count(*) FILTER (WHERE EXISTS (SELECT FROM proposed_marks p WHERE p.reading_id = r.id)))::int AS proposed
    FROM submissions s
    LEFT JOIN answers a ON a.submission_id = s.id
    LEFT JOIN LATERAL (
      SELECT id FROM answer_readings WHERE answer_id = a.id ORDER BY number DESC LIMIT 1
    ) r ON true
    WHERE s.id = ANY(${ids.filter(isUuid)}::uuid[])
    GROUP BY s.id`;
  return rows.map((row) => ({ ...row, state: oneOf(SUBMISSION_STATES, row.state) }));
}
