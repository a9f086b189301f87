import { recordAudit } from './audit.js';
import { isUuid, type Session, storable } from './database.js';
import { InvalidRecordError, NotFoundError } from './errors.js';
import { LATEST } from './exams.js';
import { appendMark } from './marks.js';
import { type ConfirmedMarks, type SchemeChange, schemeChange } from './scheme-change.js';
import { lockExam, pendingDraft } from './scheme-drafts.js';
import { copyVersion, refuseTooMuch, restate } from './scheme-in-force.js';

/** What is applied, how, why and by whom. */
export interface ApplyingScheme {
  readonly examId: string;
  readonly draftId: string;
  readonly confirmed: ConfirmedMarks;
  readonly why: string;
  readonly by: string;
}

/** See SchemeChanges.apply. */
export async function applyScheme(
  tx: Session,
  { examId, draftId, confirmed, why, by }: ApplyingScheme,
): Promise<SchemeChange> {
  if (why.trim() === '') throw new InvalidRecordError('Say why the scheme is changed.');
  if (!isUuid(examId)) throw new NotFoundError('exam', examId);
  await lockExam(tx, examId);
  const draft = await pendingDraft(tx, examId);
  if (!draft || draft.id !== draftId) throw new NotFoundError('draft of the scheme', draftId);
  if (draft.done < draft.wanted)
    throw new InvalidRecordError(
      `${draft.wanted - draft.done} answers have yet to be marked by the changed scheme. Wait until the preview is whole.`,
    );
  const current = await tx.examVersion.findFirstOrThrow({ ...LATEST, where: { ...LATEST.where, examId } });
  if (current.createdAt > draft.stagedAt)
    throw new InvalidRecordError('The exam was changed since this preview was made. Make it anew.');
  await refuseFaults(tx, examId, draft.schemeHash);

  const version = await copyVersion(tx, draftId, current.number + 1, by);
  await refuseTooMuch(tx, examId, version);
  const number = await nextNumber(tx, examId);
  const change = await tx.schemeChange.create({
    data: {
      examId,
      number,
      fromVersionId: current.id,
      toVersionId: version,
      draftId,
      confirmed,
      why: storable(why.trim()),
      byId: by,
    },
  });
  await tx.$executeRaw`
    INSERT INTO scheme_change_submissions (change_id, submission_id, from_version_id)
    SELECT ${change.id}::uuid, id, scheme_version_id FROM submissions
    WHERE exam_id = ${examId}::uuid AND erased_at IS NULL`;
  // What was erased is not marked again: it stays under the version it was marked under.
  await tx.submission.updateMany({
    where: { examId, erasedAt: null },
    data: { schemeVersionId: version },
  });
  const marks = confirmed === 'follow' ? await follow(tx, examId, change.id, draft.schemeHash, by, why) : 0;
  await restate(tx, examId);
  await recordAudit(tx, {
    actorId: by,
    action: 'scheme-changed',
    objectType: 'exam',
    objectId: examId,
    details: {
      changeId: change.id,
      number,
      fromVersionId: current.id,
      toVersionId: version,
      confirmed,
      marks,
      why,
    },
  });
  return schemeChange(tx, change.id);
}

async function nextNumber(tx: Session, examId: string): Promise<number> {
  const { _max } = await tx.schemeChange.aggregate({ where: { examId }, _max: { number: true } });
  return (_max.number ?? 0) + 1;
}

/** Nothing that was marked may be lost to a fault of ours. */
async function refuseFaults(tx: Session, examId: string, schemeHash: string): Promise<void> {
  const [found] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count
    FROM submissions s
    JOIN exam_versions v ON v.id = s.scheme_version_id
    JOIN answers a ON a.submission_id = s.id
    JOIN LATERAL (
      SELECT id FROM answer_readings WHERE answer_id = a.id ORDER BY number DESC LIMIT 1
    ) r ON true
    JOIN LATERAL (
      SELECT outcome FROM proposed_marks WHERE reading_id = r.id AND scheme_hash = ${schemeHash}
      ORDER BY seq DESC LIMIT 1
    ) q ON q.outcome = 'failed'
    JOIN LATERAL (
      SELECT outcome FROM proposed_marks WHERE reading_id = r.id AND scheme_hash = v.scheme_hash
      ORDER BY seq DESC LIMIT 1
    ) p ON p.outcome <> 'failed'
    WHERE s.exam_id = ${examId}::uuid`;
  const count = found?.count ?? 0;
  if (count > 0)
    throw new InvalidRecordError(
      `A fault of the system kept ${count} answers from being marked by the changed scheme. Nothing was changed.`,
    );
}

/** Sets what is proposed now on top of marks that were confirmed as proposed before; gives how many. */
async function follow(
  tx: Session,
  examId: string,
  changeId: string,
  schemeHash: string,
  by: string,
  why: string,
): Promise<number> {
  const rows = await tx.$queryRaw<{ answerId: string; markId: string; proposalId: string; marks: string }[]>`
    SELECT a.id::text AS "answerId", m.id::text AS "markId", q.id::text AS "proposalId",
      trim_scale(q.marks)::text AS marks
    FROM submissions s
    JOIN answers a ON a.submission_id = s.id
    JOIN LATERAL (
      SELECT id FROM answer_readings WHERE answer_id = a.id ORDER BY number DESC LIMIT 1
    ) r ON true
    JOIN LATERAL (
      SELECT id, outcome, marks FROM proposed_marks WHERE reading_id = r.id AND scheme_hash = ${schemeHash}
      ORDER BY seq DESC LIMIT 1
    ) q ON q.outcome = 'proposed'
    JOIN LATERAL (
      SELECT id, origin, marks, reading_id FROM standing_marks WHERE answer_id = a.id
    ) m ON mark_stands(m.reading_id, r.id) AND m.origin = 'confirmed' AND m.marks <> q.marks
    WHERE s.exam_id = ${examId}::uuid
    ORDER BY a.id`;
  for (const { answerId, markId, proposalId, marks } of rows) {
    const mark = await appendMark(tx, {
      answerId,
      marks,
      by,
      why: `The scheme was changed: ${why.trim()}`,
      expectedCurrentMarkId: markId,
      proposedMarkId: proposalId,
    });
    await tx.schemeChangeMark.create({ data: { changeId, markId: mark.id } });
  }
  return rows.length;
}
