import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Records, Upload } from '@tensormark/records';
import type { FastifyRequest } from 'fastify';
import { notFound, Problem } from '../http/problem.js';
import type { Limits } from '../http/limits.js';
import { TusSpeaker, type TusAnswer } from '../resumable-uploads/speak-tus.js';
import { notWhole, otherSum } from '../resumable-uploads/upload-problems.js';
import { CLOCK, type Clock } from '../storage/clock.js';
import { LIMITS, RECORDS } from '../storage/tokens.js';
import { plainName, refusalOf, tooLarge } from '../submissions/upload.js';

const HOUR = 3_600_000;
/** How long an archive can be looked at and taken from. */
const KEPT_MS = 48 * HOUR;
const PIECE = 1024 * 1024;

/** Archives on their way in: in the records, so that any machine can read what another one took. */
@Injectable()
export class Archives {
  private readonly tus: TusSpeaker;

  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LIMITS) private readonly limits: Limits,
  ) {
    this.tus = new TusSpeaker(records, clock);
  }

  /** Takes the one file of a form, piece by piece: never more of it than a piece is held here. */
  async take(request: FastifyRequest, examId: string, userId: string): Promise<Upload> {
    if (!request.isMultipart()) {
      throw new Problem(415, 'Send the archive as multipart/form-data, in the field "file".', {
        name: 'unsupported-media-type',
      });
    }
    const now = this.clock.now();
    await this.records.uploads.expire(now);
    const { cohortBytes } = this.limits;
    let upload: Upload | undefined;
    try {
      for await (const part of request.parts({ limits: { fileSize: cohortBytes, files: 1, parts: 6 } })) {
        if (part.type !== 'file') continue;
        const begun = await this.records.uploads.begin({
          userId,
          examId,
          purpose: 'cohort',
          fileName: plainName(part.filename),
          size: null,
          expiresAt: new Date(now.getTime() + KEPT_MS),
        });
        upload = begun;
        const sha256 = await this.store(begun.id, part.file);
        if (part.file.truncated) throw tooLarge(cohortBytes);
        upload = await this.records.uploads.end(begun.id, { sha256, at: this.clock.now() });
      }
    } catch (error) {
      if (upload !== undefined) await this.records.uploads.remove(upload.id);
      throw error instanceof Problem ? error : refusalOf(error, cohortBytes);
    }
    if (upload === undefined) {
      throw new Problem(422, 'The form has no file in its field "file". Choose the archive.', {
        name: 'no-file',
      });
    }
    return upload;
  }

  private async store(id: string, bytes: AsyncIterable<Buffer>): Promise<string> {
    const hash = createHash('sha256');
    let waiting: Buffer[] = [];
    let length = 0;
    let start = 0;
    const flush = async (): Promise<void> => {
      const piece = Buffer.concat(waiting);
      await this.records.uploads.append(id, start, piece, this.clock.now());
      start += piece.length;
      waiting = [];
      length = 0;
    };
    for await (const chunk of bytes) {
      hash.update(chunk);
      waiting.push(chunk);
      length += chunk.length;
      if (length >= PIECE) await flush();
    }
    await flush();
    return hash.digest('hex');
  }

  /** Adds to an archive by the tus protocol, or asks how far it is. */
  go(
    examName: string,
    examId: string,
    userId: string,
    request: FastifyRequest,
    id: string,
  ): Promise<TusAnswer> {
    const place = {
      path: `/api/v1/exams/${examName}/cohort-uploads`,
      maxSize: this.limits.cohortBytes,
      asked: { userId, examId, purpose: 'cohort' },
    } as const;
    return this.tus.speak(place, request, id);
  }

  /** Makes of an upload whose last byte is here an archive that can be looked at; the same however often. Throws Problem. */
  async finish(id: string, examId: string, userId: string): Promise<void> {
    const upload = await this.records.uploads.find(id);
    if (upload?.purpose !== 'cohort' || upload.examId !== examId || upload.userId !== userId) {
      throw notFound('archive');
    }
    if (upload.wholeAt === null) throw notWhole('archive', upload.arrived);
    const hash = createHash('sha256');
    for await (const piece of this.records.uploads.pieces(id)) hash.update(piece);
    const sha256 = hash.digest('hex');
    if (upload.sha256 !== null && upload.sha256 !== sha256) {
      await this.records.uploads.remove(id);
      throw otherSum('archive');
    }
    await this.records.uploads.summed(id, sha256);
  }

  /** A whole archive that is this examiner's own. Throws 404. */
  async find(
    id: string,
    examId: string,
    userId: string,
  ): Promise<Upload & { wholeAt: Date; sha256: string }> {
    const upload = await this.records.uploads.find(id);
    if (upload?.purpose !== 'cohort' || upload.examId !== examId || upload.userId !== userId) {
      throw notFound('archive');
    }
    const { wholeAt, sha256 } = upload;
    if (wholeAt === null || sha256 === null || upload.expiresAt < this.clock.now()) throw notFound('archive');
    return { ...upload, wholeAt, sha256 };
  }

  /** Lays the archive into a folder of its own while it is read. */
  async laidOut<Result>(id: string, read: (path: string) => Promise<Result>): Promise<Result> {
    const folder = await mkdtemp(join(tmpdir(), 'tensormark-cohort-'));
    try {
      const path = join(folder, 'archive.zip');
      await pipeline(
        Readable.from(this.records.uploads.pieces(id), { objectMode: true }),
        createWriteStream(path, { mode: 0o600 }),
      );
      return await read(path);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
