import { createHash, randomUUID } from 'node:crypto';
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { keyOfUpload, type Records, type Upload } from '@tensormark/records';
import type { FastifyRequest } from 'fastify';
import type { Person } from '../auth/person.js';
import { closed, Deadlines, notOpen } from '../deadlines/deadlines.js';
import { KnownExams } from '../exams/known-exams.js';
import type { Limits } from '../http/limits.js';
import { notFound, Problem } from '../http/problem.js';
import { CLOCK, type Clock } from '../storage/clock.js';
import { LIMITS, RECORDS } from '../storage/tokens.js';
import type { Accepted } from '../submissions/submissions.contract.js';
import { SubmissionsService } from '../submissions/submissions.service.js';
import { mediaTypeOf } from '../submissions/upload.js';
import { TusSpeaker, type TusAnswer } from './speak-tus.js';
import { notWhole, otherSum } from './upload-problems.js';

const EVERY_MS = 5 * 60_000;
/** Whoever took the last byte is at it for as long as this, at most. */
const LEFT_ALONE_MS = 60_000;

/** Uploads that go on where they broke off, by the tus protocol; whole ones become submissions at once. */
@Injectable()
export class ResumableUploads implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(ResumableUploads.name);
  private readonly tus: TusSpeaker;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LIMITS) private readonly limits: Limits,
    private readonly known: KnownExams,
    private readonly deadlines: Deadlines,
    private readonly submissions: SubmissionsService,
  ) {
    this.tus = new TusSpeaker(records, clock);
  }

  onApplicationBootstrap(): void {
    void this.finishWaiting();
    this.timer = setInterval(() => void this.finishWaiting(), EVERY_MS);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** Refuses before the first byte what would be refused after the last. */
  async begin(examName: string, person: Person, request: FastifyRequest): Promise<TusAnswer> {
    const examId = await this.known.idOf(examName);
    const { admission } = await this.deadlines.admission(examId, person.id);
    if (admission.kind === 'closed') throw closed(admission.deadline);
    if (admission.kind === 'not-open') throw notOpen(admission.opens);
    const id = randomUUID();
    const answer = await this.speak(examName, examId, person, request, id);
    return this.onceWhole(id, answer);
  }

  /** Asks how far an upload is, adds to it, or gives it up. */
  async go(examName: string, id: string, person: Person, request: FastifyRequest): Promise<TusAnswer> {
    const answer = await this.speak(examName, await this.known.idOf(examName), person, request, id);
    return request.method === 'PATCH' ? this.onceWhole(id, answer) : answer;
  }

  /** The receipt of a whole upload, the same however often it is asked for. */
  async finish(examName: string, id: string, person: Person): Promise<Accepted> {
    const examId = await this.known.idOf(examName);
    const upload = await this.records.uploads.find(id);
    if (upload?.purpose !== 'submission' || upload.userId !== person.id || upload.examId !== examId) {
      throw notFound('upload');
    }
    return this.handIn(upload);
  }

  private async onceWhole(id: string, answer: TusAnswer): Promise<TusAnswer> {
    const upload = await this.records.uploads.find(id);
    if (upload === null || upload.wholeAt === null) return answer;
    const { submission } = await this.handIn(upload);
    return { ...answer, headers: { ...answer.headers, 'tensormark-submission': submission } };
  }

  /** One statement makes it a submission, under a key of its own: doing it twice is doing it once. */
  private async handIn(upload: Upload): Promise<Accepted> {
    const before = await this.records.uploads.submissionOf(upload);
    if (before !== null) return this.submissions.accepted(before);
    const { wholeAt } = upload;
    if (wholeAt === null) throw notWhole('upload', upload.arrived);
    try {
      const taken = await this.submissions.receive(
        upload.examId,
        () => this.documentOf(upload),
        keyOfUpload(upload.id),
        { id: upload.userId },
        wholeAt,
      );
      await this.records.uploads.empty(upload.id);
      return { submission: taken.submission, receipt: taken.receipt };
    } catch (error) {
      // Another process may have handed it in meanwhile, and emptied it under our hands.
      const made = await this.records.uploads.submissionOf(upload);
      if (made !== null) return this.submissions.accepted(made);
      // What is refused now is refused the next time; it is sent anew, mended.
      if (error instanceof Problem) await this.records.uploads.remove(upload.id);
      throw error;
    }
  }

  private async documentOf({ id, fileName, sha256 }: Upload) {
    const pieces: Uint8Array[] = [];
    for await (const piece of this.records.uploads.pieces(id)) pieces.push(piece);
    const bytes = Buffer.concat(pieces);
    if (sha256 !== null && createHash('sha256').update(bytes).digest('hex') !== sha256) {
      throw otherSum('file');
    }
    return { fileName, bytes, mediaType: mediaTypeOf(bytes) };
  }

  /** Where a process ended between the last byte and the submission, another one makes it. */
  private async finishWaiting(): Promise<void> {
    try {
      const now = this.clock.now();
      await this.records.uploads.expire(now);
      const before = new Date(now.getTime() - LEFT_ALONE_MS);
      for (const upload of await this.records.uploads.waiting('submission', before)) {
        await this.handIn(upload).catch((error: unknown) =>
          this.logger.warn(`an upload that is whole was not handed in: ${String(error)}`),
        );
      }
    } catch (error) {
      this.logger.warn(`uploads that are whole could not be looked for: ${String(error)}`);
    }
  }

  private speak(
    examName: string,
    examId: string,
    person: Person,
    request: FastifyRequest,
    id: string,
  ): Promise<TusAnswer> {
    const place = {
      path: `/api/v1/exams/${examName}/uploads`,
      maxSize: this.limits.uploadBytes,
      asked: { userId: person.id, examId, purpose: 'submission' },
    } as const;
    return this.tus.speak(place, request, id);
  }
}
