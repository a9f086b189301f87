import { createHash, randomBytes } from 'node:crypto';
import { recordAudit } from './audit.js';
import {
  type Database,
  isForeignKeyViolation,
  isUniqueViolation,
  isUuid,
  type Session,
  storable,
} from './database.js';
import { IdempotencyKeyReusedError, NotFoundError } from './errors.js';
import { writeOrder } from './outbox.js';
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
  const version = await versionOf(db, given);
  const sha256 = createHash('sha256').update(given.bytes).digest('hex');
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { submission, replayed } = await db.$transaction((tx) => store(tx, given, version.id, sha256));
      // A replay may belong to an older version of the exam than the one asked for now.
      const { number } =
        submission.examVersionId === version.id
          ? version
          : await db.examVersion.findUniqueOrThrow({ where: { id: submission.examVersionId } });
      return { submission, receipt: receiptOf(submission, number), replayed };
    } catch (error) {
      if (isForeignKeyViolation(error)) throw new NotFoundError('user', given.studentId);
      if (!isUniqueViolation(error) || attempt === ATTEMPTS) throw error;
    }
  }
}

async function versionOf(db: Database, { examId, examVersionId }: NewSubmission) {
  if (!isUuid(examId)) throw new NotFoundError('exam', examId);
  if (examVersionId !== undefined && !isUuid(examVersionId))
    throw new NotFoundError('exam version', examVersionId);
  const version = await db.examVersion.findFirst({
    where: { examId, ...(examVersionId === undefined ? {} : { id: examVersionId }) },
    orderBy: { number: 'desc' },
    select: { id: true, number: true },
  });
  if (version) return version;
  throw examVersionId === undefined
    ? new NotFoundError('exam', examId)
    : new NotFoundError('exam version', examVersionId);
}

async function store(
  tx: Session,
  given: NewSubmission,
  examVersionId: string,
  sha256: string,
): Promise<{ submission: Submission; replayed: boolean }> {
  const { examId, studentId, idempotencyKey, by = studentId } = given;
  const fileName = storable(given.fileName);
  const mediaType = storable(given.mediaType);
  const requestHash = createHash('sha256')
    .update(JSON.stringify([examId, given.examVersionId ?? null, studentId, fileName, mediaType, sha256]))
    .digest('hex');

  if (idempotencyKey !== undefined) {
    const known = await tx.idempotencyKey.findUnique({
      where: { userId_key: { userId: by, key: idempotencyKey } },
      include: { submission: true },
    });
    if (known && known.requestHash !== requestHash) throw new IdempotencyKeyReusedError(idempotencyKey);
    if (known) return { submission: submissionOf(known.submission), replayed: true };
  }

  const { _max } = await tx.submission.aggregate({ where: { examId, studentId }, _max: { attempt: true } });
  const row = await tx.submission.create({
    data: {
      examId,
      examVersionId,
      studentId,
      attempt: (_max.attempt ?? 0) + 1,
      fileName,
      mediaType,
      size: given.bytes.byteLength,
      sha256,
      receiptCode: newReceiptCode(),
    },
  });
  await tx.submissionFile.create({ data: { submissionId: row.id, bytes: new Uint8Array(given.bytes) } });
  await writeOrder(tx, row.id, examVersionId);
  await tx.enrolment.createMany({ data: [{ examId, studentId }], skipDuplicates: true });
  if (idempotencyKey !== undefined) {
    await tx.idempotencyKey.create({
      data: { userId: by, key: idempotencyKey, requestHash, submissionId: row.id },
    });
  }
  await recordAudit(tx, {
    actorId: by,
    action: 'submission-received',
    objectType: 'submission',
    objectId: row.id,
    details: { attempt: row.attempt, sha256, size: row.size },
  });
  return { submission: submissionOf(row), replayed: false };
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
