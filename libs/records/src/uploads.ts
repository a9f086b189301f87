import { clampLimit, type Database, isForeignKeyViolation, isUuid, oneOf, storable } from './database.js';
import { NotFoundError, UploadConflictError } from './errors.js';
import type { Upload as Row } from './generated/prisma/client.js';

/** What a file is for once it is whole. */
export const UPLOAD_PURPOSES = ['submission', 'cohort'] as const;
export type UploadPurpose = (typeof UPLOAD_PURPOSES)[number];

/** A file that comes in pieces. */
export interface Upload {
  readonly id: string;
  readonly userId: string;
  readonly examId: string;
  readonly purpose: UploadPurpose;
  readonly fileName: string;
  /** Bytes in all; null while nobody knows. */
  readonly size: number | null;
  /** Bytes that are durable here. */
  readonly arrived: number;
  /** In hexadecimal: what its owner said before the end; of the bytes themselves once it is whole and was cohort. */
  readonly sha256: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** When its last byte had arrived; null while it has not. */
  readonly wholeAt: Date | null;
}

export interface NewUpload {
  /** A uuid; made up by default. */
  readonly id?: string;
  readonly userId: string;
  readonly examId: string;
  readonly purpose: UploadPurpose;
  readonly fileName: string;
  readonly size: number | null;
  readonly sha256?: string;
  readonly expiresAt: Date;
}

/** Files on their way in. Any process may take the next piece: all of it lies in the database. */
export interface Uploads {
  /** Throws NotFoundError where there is no such exam or person. */
  begin(upload: NewUpload): Promise<Upload>;
  find(id: string): Promise<Upload | null>;
  /** Of a person, newest first; those that have expired are not there. */
  of(userId: string, purpose: UploadPurpose, limit?: number): Promise<readonly Upload[]>;
  /**
   * Adds bytes at that place, durable when it resolves. Where these bytes are the last ones, `at` becomes the time when
   * the whole was here. Throws NotFoundError; UploadConflictError where the upload ends elsewhere, or would grow too long.
   */
  append(id: string, start: number, bytes: Uint8Array, at: Date): Promise<Upload>;
  /** Says that an upload of unknown size ends here. Throws NotFoundError, UploadConflictError. */
  end(id: string, whole: { readonly sha256: string; readonly at: Date }): Promise<Upload>;
  /** Says what the sum of a whole one is, where it was not said before. Throws NotFoundError, UploadConflictError. */
  summed(id: string, sha256: string): Promise<Upload>;
  /** The bytes so far, in order, piece by piece. */
  pieces(id: string): AsyncGenerator<Uint8Array>;
  /** Those whose last byte came before then and of which nothing has been made, oldest first. */
  waiting(purpose: UploadPurpose, before: Date): Promise<readonly Upload[]>;
  /** The submission that was made of it, by the key that its owner handed it in with; null where there is none. */
  submissionOf(upload: Pick<Upload, 'id' | 'userId'>): Promise<string | null>;
  /** Removes the bytes alone: what they became is elsewhere. */
  empty(id: string): Promise<void>;
  /** Removes an upload with its pieces; nothing happens where it is gone already. */
  remove(id: string): Promise<void>;
  /** Removes what expired before then. */
  expire(now: Date): Promise<number>;
}

export function uploads(db: Database): Uploads {
  const find = async (id: string): Promise<Upload | null> => {
    const row = isUuid(id) ? await db.upload.findUnique({ where: { id } }) : null;
    return row && uploadOf(row);
  };
  /** The upload as it is, which did not take what was asked of it. */
  const refused = async (id: string): Promise<Error> => {
    const upload = await find(id);
    return upload === null ? new NotFoundError('upload', id) : new UploadConflictError(id, upload.arrived);
  };
  return {
    begin: async ({ fileName, ...given }) => {
      if (!isUuid(given.examId)) throw new NotFoundError('exam', given.examId);
      try {
        return uploadOf(await db.upload.create({ data: { ...given, fileName: storable(fileName) } }));
      } catch (error) {
        if (isForeignKeyViolation(error)) throw new NotFoundError('exam', given.examId);
        throw error;
      }
    },
    find,
    of: async (userId, purpose, limit) => {
      const rows = await db.upload.findMany({
        where: { userId, purpose },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: clampLimit(limit, 20),
      });
      return rows.map(uploadOf);
    },
    append: async (id, start, bytes, at) => {
      if (!isUuid(id)) throw new NotFoundError('upload', id);
      // One statement: the place moves together with the bytes, or neither does.
      const moved = await db.$queryRaw<{ id: string }[]>`
        WITH moved AS (
          UPDATE uploads SET arrived = arrived + ${bytes.byteLength}::int,
            whole_at = CASE WHEN size = arrived + ${bytes.byteLength}::int THEN ${at}::timestamptz END
          WHERE id = ${id}::uuid AND arrived = ${start}::int AND whole_at IS NULL
            AND (size IS NULL OR arrived + ${bytes.byteLength}::int <= size)
          RETURNING id
        ), piece AS (
          INSERT INTO upload_pieces (upload_id, start, bytes)
          SELECT id, ${start}::int, ${Buffer.from(bytes)}::bytea FROM moved WHERE ${bytes.byteLength}::int > 0
        )
        SELECT id::text FROM moved`;
      const after = moved.length === 0 ? null : await find(id);
      if (after === null) throw await refused(id);
      return after;
    },
    end: async (id, { sha256, at }) => {
      if (!isUuid(id)) throw new NotFoundError('upload', id);
      const ended = await db.$executeRaw`
        UPDATE uploads SET size = arrived, sha256 = ${sha256}, whole_at = ${at}::timestamptz
        WHERE id = ${id}::uuid AND size IS NULL AND whole_at IS NULL`;
      const after = ended === 0 ? null : await find(id);
      if (after === null) throw await refused(id);
      return after;
    },
    summed: async (id, sha256) => {
      if (!isUuid(id)) throw new NotFoundError('upload', id);
      const { count } = await db.upload.updateMany({
        where: { id, wholeAt: { not: null }, OR: [{ sha256: null }, { sha256 }] },
        data: { sha256 },
      });
      const after = count === 0 ? null : await find(id);
      if (after === null) throw await refused(id);
      return after;
    },
    pieces: async function* (id) {
      if (!isUuid(id)) return;
      for (let start = -1; ;) {
        const piece = await db.uploadPiece.findFirst({
          where: { uploadId: id, start: { gt: start } },
          orderBy: { start: 'asc' },
        });
        if (piece === null) return;
        yield piece.bytes;
        start = piece.start;
      }
    },
    waiting: async (purpose, before) => {
      const rows = await db.upload.findMany({
        where: { purpose, wholeAt: { lt: before }, pieces: { some: {} } },
        orderBy: { wholeAt: 'asc' },
        take: 100,
      });
      return rows.map(uploadOf);
    },
    submissionOf: async ({ id, userId }) => {
      const known = await db.idempotencyKey.findUnique({
        where: { userId_key: { userId, key: keyOfUpload(id) } },
        select: { submissionId: true },
      });
      return known?.submissionId ?? null;
    },
    empty: async (id) => {
      if (isUuid(id)) await db.uploadPiece.deleteMany({ where: { uploadId: id } });
    },
    remove: async (id) => {
      if (isUuid(id)) await db.upload.deleteMany({ where: { id } });
    },
    expire: async (now) => {
      const { count } = await db.upload.deleteMany({ where: { expiresAt: { lt: now } } });
      return count;
    },
  };
}

/** With this idempotency key a whole upload is handed in, so that it is handed in once. */
export function keyOfUpload(id: string): string {
  return `upload ${id}`;
}

function uploadOf({ purpose, ...row }: Row): Upload {
  return { ...row, purpose: oneOf(UPLOAD_PURPOSES, purpose) };
}
