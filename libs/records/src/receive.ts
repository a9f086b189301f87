import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { type Database, isForeignKeyViolation, isUniqueViolation, isUuid, storable } from './database.js';
import { IdempotencyKeyReusedError, NotFoundError } from './errors.js';
import type { Submission as Row } from './generated/prisma/client.js';
import { type NewSubmission, type Receipt, type Submission, submissionOf } from './submission.js';

interface Received {
  readonly submission: Submission;
  readonly receipt: Receipt;
  readonly replayed: boolean;
}

/** How often an upload is tried again that met another one of the same moment. */
const ATTEMPTS = 5;

/** See Submissions.receive. */
export async function receive(db: Database, given: NewSubmission): Promise<Received> {
  const { examId, examVersionId, studentId, by = studentId } = given;
  if (!isUuid(examId)) throw new NotFoundError('exam', examId);
  if (examVersionId !== undefined && !isUuid(examVersionId))
    throw new NotFoundError('exam version', examVersionId);
  const upload = uploadOf(given);
  for (let attempt = 1; ; attempt += 1) {
    const before = await replayOf(db, by, upload);
    if (before !== null) return before;
    try {
      const stored = await store(db, upload);
      if (stored !== undefined) {
        const { examVersionNumber, ...row } = stored;
        const submission = submissionOf(row);
        return { submission, receipt: receiptOf(submission, examVersionNumber), replayed: false };
      }
      throw examVersionId === undefined
        ? new NotFoundError('exam', examId)
        : new NotFoundError('exam version', examVersionId);
    } catch (error) {
      if (isForeignKeyViolation(error)) throw new NotFoundError('user', studentId);
      if (!isUniqueViolation(error) || attempt === ATTEMPTS) throw error;
    }
  }
}

interface Upload extends Required<
  Pick<NewSubmission, 'examId' | 'studentId' | 'fileName' | 'mediaType' | 'by'>
> {
  readonly examVersionId: string | null;
  readonly idempotencyKey: string | null;
  readonly receivedAt: Date | null;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  /** Of all that makes a request the same as another. */
  readonly requestHash: string;
}

function uploadOf(given: NewSubmission): Upload {
  const { examId, studentId, examVersionId = null, idempotencyKey = null, by = studentId, bytes } = given;
  const fileName = storable(given.fileName);
  const mediaType = storable(given.mediaType);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const requestHash = createHash('sha256')
    .update(JSON.stringify([examId, examVersionId, studentId, fileName, mediaType, sha256]))
    .digest('hex');
  return {
    examId,
    examVersionId,
    studentId,
    fileName,
    mediaType,
    idempotencyKey,
    receivedAt: given.receivedAt ?? null,
    by,
    bytes,
    sha256,
    requestHash,
  };
}

/** See Submissions.replayOf. */
export function replay(db: Database, given: NewSubmission): Promise<Received | null> {
  return replayOf(db, given.by ?? given.studentId, uploadOf(given));
}

/** The receipt that this key was given before, or null. Throws IdempotencyKeyReusedError for another upload. */
async function replayOf(db: Database, userId: string, upload: Upload): Promise<Received | null> {
  const { idempotencyKey: key, requestHash } = upload;
  if (key === null) return null;
  const known = await db.idempotencyKey.findUnique({
    where: { userId_key: { userId, key } },
    include: { submission: { include: { examVersion: { select: { number: true } } } } },
  });
  if (known === null) return null;
  if (known.requestHash !== requestHash) throw new IdempotencyKeyReusedError(key);
  const { examVersion, ...row } = known.submission;
  const submission = submissionOf(row);
  return { submission, receipt: receiptOf(submission, examVersion.number), replayed: true };
}

type StoredRow = Row & { readonly examVersionNumber: number };

/**
 * Everything an upload leaves, in one statement and so in one transaction: the storm before a deadline is borne by this.
 * Undefined where there is no such exam or version of it.
 */
async function store(db: Database, upload: Upload): Promise<StoredRow | undefined> {
  const { examId, examVersionId, studentId, fileName, mediaType, idempotencyKey, by, bytes, sha256 } = upload;
  const [row] = await db.$queryRaw<StoredRow[]>`
    WITH version AS (
      SELECT id, number FROM exam_versions
      WHERE exam_id = ${examId}::uuid AND NOT draft AND (${examVersionId}::uuid IS NULL OR id = ${examVersionId}::uuid)
      ORDER BY number DESC LIMIT 1
    ), submission AS (
      INSERT INTO submissions
        (id, exam_id, exam_version_id, student_id, attempt, file_name, media_type, size, sha256, receipt_code, received_at)
      SELECT ${randomUUID()}::uuid, ${examId}::uuid, version.id, ${studentId},
        (SELECT coalesce(max(attempt), 0) + 1 FROM submissions
         WHERE exam_id = ${examId}::uuid AND student_id = ${studentId}),
        ${fileName}, ${mediaType}, ${bytes.byteLength}, ${sha256}, ${newReceiptCode()},
        coalesce(${upload.receivedAt}::timestamptz, now())
      FROM version
      RETURNING *
    ), file AS (
      INSERT INTO submission_files (submission_id, bytes) SELECT id, ${Buffer.from(bytes)}::bytea FROM submission
    ), ordered AS (
      INSERT INTO outbox_jobs (id, submission_id, exam_version_id)
      SELECT ${randomUUID()}::uuid, id, exam_version_id FROM submission
    ), enrolled AS (
      INSERT INTO enrolments (exam_id, student_id) SELECT exam_id, student_id FROM submission
      ON CONFLICT DO NOTHING
    ), keyed AS (
      INSERT INTO idempotency_keys (user_id, key, request_hash, submission_id)
      SELECT ${by}, ${idempotencyKey}::text, ${upload.requestHash}, id FROM submission
      WHERE ${idempotencyKey}::text IS NOT NULL
    ), audited AS (
      INSERT INTO audit_entries (actor_id, action, object_type, object_id, details)
      SELECT ${by}, 'submission-received', 'submission', id::text,
        json_build_object('attempt', attempt, 'sha256', sha256, 'size', size)
      FROM submission
    )
    SELECT s.id::text, s.exam_id::text AS "examId", s.exam_version_id::text AS "examVersionId",
      s.scheme_version_id::text AS "schemeVersionId",
      s.student_id AS "studentId", s.attempt, s.file_name AS "fileName", s.media_type AS "mediaType", s.size,
      s.sha256, s.received_at AS "receivedAt", s.receipt_code AS "receiptCode", s.state,
      s.state_reason AS "stateReason", s.state_changed_at AS "stateChangedAt",
      s.erased_at AS "erasedAt",
      version.number AS "examVersionNumber"
    FROM submission s, version`;
  return row;
}

export function receiptOf(submission: Submission, examVersionNumber: number): Receipt {
  const { receiptCode, id, examId, attempt, fileName, size, sha256, receivedAt } = submission;
  return {
    code: receiptCode,
    submissionId: id,
    examId,
    examVersionNumber,
    attempt,
    fileName,
    size,
    sha256,
    receivedAt,
  };
}

/** Crockford's base 32: nothing that can be misread over the telephone. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 80 random bits, such as `TM-7K2M-9QXA-0DVB-E4HS`: not to be guessed, and telling nothing of when or who. */
function newReceiptCode(): string {
  const letters = Array.from(randomBytes(16), (byte) => ALPHABET.charAt(byte % 32)).join('');
  return `TM-${letters.match(/.{4}/g)?.join('-') ?? letters}`;
}
