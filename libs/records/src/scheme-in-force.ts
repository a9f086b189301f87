import type { Session } from './database.js';
import { InvalidRecordError } from './errors.js';
import { Prisma } from './generated/prisma/client.js';
import { NOT_KNOWN, NOT_MARKED } from './settle.js';

/** The version as a draft has it, or as it was before, as the exam's newest. */
export async function copyVersion(tx: Session, id: string, number: number, by: string): Promise<string> {
  const { parts, ...row } = await tx.examVersion.findUniqueOrThrow({
    where: { id },
    include: { parts: true },
  });
  const copy = await tx.examVersion.create({
    data: {
      examId: row.examId,
      number,
      title: row.title,
      source: row.source,
      definition: row.definition ?? Prisma.JsonNull,
      contentHash: row.contentHash,
      schemeHash: row.schemeHash,
      createdById: by,
      parts: { create: parts.map(({ examVersionId: _version, ...part }) => part) },
    },
  });
  return copy.id;
}

/** A person's mark is never lowered for them. */
export async function refuseTooMuch(tx: Session, examId: string, versionId: string): Promise<void> {
  const over = await tx.$queryRaw<{ part: string; count: number; most: string; maximum: string }[]>`
    SELECT a.part, count(*)::int AS count, trim_scale(max(m.marks))::text AS most,
      trim_scale(ep.maximum)::text AS maximum
    FROM submissions s
    JOIN answers a ON a.submission_id = s.id
    JOIN exam_parts ep ON ep.exam_version_id = ${versionId}::uuid AND ep.part = a.part
    JOIN LATERAL (
      SELECT marks FROM standing_marks WHERE answer_id = a.id
    ) m ON m.marks > ep.maximum
    WHERE s.exam_id = ${examId}::uuid
    GROUP BY a.part, ep.maximum ORDER BY a.part`;
  if (over.length > 0)
    throw new InvalidRecordError(
      `People have given more than the part would give: ${over
        .map(({ part, count, most, maximum }) => `${part}: ${count} marks above ${maximum}, up to ${most}`)
        .join('; ')}. What a person set is never undone; decide on those first, or leave the part its marks.`,
    );
}

/** The states of settled submissions, worked out anew from what is proposed by the scheme in force; see `settle`. */
export async function restate(tx: Session, examId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE submissions SET
      state = CASE WHEN now_is.lost IS NOT NULL THEN 'failed' WHEN now_is.asked IS NOT NULL THEN 'needs-person' ELSE 'ready' END,
      state_reason = CASE
        WHEN now_is.lost IS NOT NULL
          THEN ${NOT_MARKED}::text || ': ' || now_is.lost || '.'
        WHEN now_is.asked IS NOT NULL THEN ${NOT_KNOWN}::text || ': ' || now_is.asked || '.'
      END,
      state_changed_at = now()
    FROM (
      SELECT s.id,
        string_agg(ep.part, ', ' ORDER BY ep.position) FILTER (WHERE coalesce(p.outcome, 'failed') = 'failed') AS lost,
        string_agg(ep.part, ', ' ORDER BY ep.position) FILTER (WHERE p.outcome = 'needs-person') AS asked
      FROM submissions s
      JOIN exam_versions v ON v.id = s.scheme_version_id
      JOIN exam_parts ep ON ep.exam_version_id = v.id
      LEFT JOIN answers a ON a.submission_id = s.id AND a.part = ep.part
      LEFT JOIN LATERAL (
        SELECT id FROM answer_readings WHERE answer_id = a.id ORDER BY number DESC LIMIT 1
      ) r ON true
      LEFT JOIN LATERAL (
        SELECT outcome FROM proposed_marks WHERE reading_id = r.id AND scheme_hash = v.scheme_hash
        ORDER BY seq DESC LIMIT 1
      ) p ON true
      WHERE s.exam_id = ${examId}::uuid AND s.erased_at IS NULL
        AND s.state IN ('ready', 'needs-person', 'failed')
      GROUP BY s.id
    ) now_is
    WHERE submissions.id = now_is.id`;
}
