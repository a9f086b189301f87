import type { Readable } from 'node:stream';
import { DataStore, ERRORS, Upload as TusUpload } from '@tus/server';
import { UploadConflictError, type Records, type Upload, type UploadPurpose } from '@tensormark/records';
import type { Clock } from '../storage/clock.js';
import { plainName } from '../submissions/upload.js';

const HOUR = 3_600_000;
/** How long an upload may take, from its first byte to its last; an archive is looked at and taken from as long as that too. */
const KEPT_MS: Readonly<Record<UploadPurpose, number>> = { submission: 24 * HOUR, cohort: 48 * HOUR };
/** Uploads of one person and one purpose under way at once; the oldest gives way to a further one. */
const MOST_AT_ONCE = 5;
/** Whose uploads, for what. */
export interface UploadsAsked {
  readonly userId: string;
  readonly examId: string;
  readonly purpose: UploadPurpose;
}

const PIECE = 512 * 1024;
const SHA256 = /^[0-9a-f]{64}$/i;

/**
 * Where the tus protocol's bytes go: into the records, durable piece by piece, so that any process on any machine can go on
 * with them. For one person and one exam: to others an upload is not there.
 */
export class PieceStore extends DataStore {
  override extensions = ['creation', 'creation-with-upload', 'termination', 'expiration'];

  constructor(
    private readonly records: Pick<Records, 'uploads'>,
    private readonly clock: Clock,
    private readonly asked: UploadsAsked,
    /** What this process is still writing down: the protocol lets go of a broken connection before its last bytes are durable. */
    private readonly writing: Map<string, Promise<unknown>>,
  ) {
    super();
  }

  override async create(upload: TusUpload): Promise<TusUpload> {
    const now = this.clock.now();
    const { uploads } = this.records;
    await uploads.expire(now);
    const open = (await uploads.of(this.asked.userId, this.asked.purpose)).filter(
      ({ wholeAt }) => wholeAt === null,
    );
    for (const { id } of open.slice(MOST_AT_ONCE - 1)) await uploads.remove(id);
    const { filename, sha256 } = upload.metadata ?? {};
    const begun = await uploads.begin({
      ...this.asked,
      id: upload.id,
      fileName: plainName(filename ?? undefined),
      size: upload.size ?? null,
      ...(typeof sha256 === 'string' && SHA256.test(sha256) ? { sha256: sha256.toLowerCase() } : {}),
      expiresAt: new Date(now.getTime() + KEPT_MS[this.asked.purpose]),
    });
    upload.creation_date = begun.createdAt.toISOString();
    return upload;
  }

  override async getUpload(id: string): Promise<TusUpload> {
    await this.writing.get(id)?.catch(() => undefined);
    const upload = await this.find(id);
    return new TusUpload({
      id,
      offset: upload.arrived,
      ...(upload.size === null ? {} : { size: upload.size }),
      creation_date: upload.createdAt.toISOString(),
    });
  }

  /** Keeps what came before a connection broke. */
  override async write(stream: Readable, id: string, offset: number): Promise<number> {
    const written = this.keep(stream, id, offset);
    this.writing.set(id, written);
    try {
      return await written;
    } finally {
      if (this.writing.get(id) === written) this.writing.delete(id);
    }
  }

  private async keep(stream: Readable, id: string, offset: number): Promise<number> {
    let place = offset;
    let waiting: Buffer[] = [];
    let length = 0;
    const flush = async (): Promise<void> => {
      if (length === 0) return;
      const piece = Buffer.concat(waiting);
      waiting = [];
      length = 0;
      place = (await this.append(id, place, piece)).arrived;
    };
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        waiting.push(chunk);
        length += chunk.length;
        if (length >= PIECE) await flush();
      }
    } finally {
      await flush();
    }
    return place;
  }

  override async remove(id: string): Promise<void> {
    await this.find(id);
    await this.records.uploads.remove(id);
  }

  override getExpiration(): number {
    return KEPT_MS[this.asked.purpose];
  }

  override deleteExpired(): Promise<number> {
    return this.records.uploads.expire(this.clock.now());
  }

  private async append(id: string, place: number, piece: Buffer): Promise<Upload> {
    try {
      return await this.records.uploads.append(id, place, piece, this.clock.now());
    } catch (error) {
      // Another machine has taken bytes of the same upload meanwhile.
      if (error instanceof UploadConflictError) throw ERRORS.INVALID_OFFSET;
      throw error;
    }
  }

  private async find(id: string): Promise<Upload> {
    const upload = await this.records.uploads.find(id);
    const mine =
      upload?.purpose === this.asked.purpose &&
      upload.userId === this.asked.userId &&
      upload.examId === this.asked.examId;
    if (!mine || upload.expiresAt < this.clock.now()) throw ERRORS.FILE_NOT_FOUND;
    return upload;
  }
}
