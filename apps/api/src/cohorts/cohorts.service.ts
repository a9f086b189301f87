import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Cohort } from '@tensormark/documents';
import type { Records, User } from '@tensormark/records';
import type { FastifyRequest } from 'fastify';
import type { Person } from '../auth/person.js';
import { KnownExams } from '../exams/known-exams.js';
import { Problem } from '../http/problem.js';
import type { TusAnswer } from '../resumable-uploads/speak-tus.js';
import { Dispatch } from '../storage/dispatch.js';
import { RECORDS } from '../storage/tokens.js';
import { MEDIA_TYPES } from '../submissions/upload.js';
import { Archives } from './archives.js';
import { rowsOf } from './cohort-rows.js';
import type { CohortTaken, CohortView, TakeCohort } from './cohorts.contract.js';
import { readApart, type PieceFile, type ReadPiece } from './read-apart.js';
import { pieceOf, recordedTime, sharesOf, type Archive, type Share } from './shares.js';

type Taken = CohortTaken['rows'][number]['outcome'];

/** Hands in what a whole cohort handed in elsewhere: first says what it would do, then does what it is told. */
@Injectable()
export class CohortsService {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly known: KnownExams,
    private readonly archives: Archives,
    private readonly dispatch: Dispatch,
  ) {}

  async receive(examName: string, request: FastifyRequest, person: Person): Promise<CohortView> {
    const upload = await this.archives.take(request, await this.known.idOf(examName), person.id);
    return this.firstView(examName, upload.id, person);
  }

  /** Begins, continues or gives up an upload by the tus protocol. */
  async go(examName: string, id: string, person: Person, request: FastifyRequest): Promise<TusAnswer> {
    return this.archives.go(examName, await this.known.idOf(examName), person.id, request, id);
  }

  /** What is in an archive whose last byte is here. */
  async finish(examName: string, id: string, person: Person): Promise<CohortView> {
    await this.archives.finish(id, await this.known.idOf(examName), person.id);
    return this.firstView(examName, id, person);
  }

  private async firstView(examName: string, id: string, person: Person): Promise<CohortView> {
    try {
      return await this.view(examName, id, person);
    } catch (error) {
      // What cannot be read is of no use to anybody; a fault of ours is no reason to have it sent again.
      if (error instanceof Problem) await this.records.uploads.remove(id);
      throw error;
    }
  }

  async view(examName: string, id: string, person: Person): Promise<CohortView> {
    const archive = await this.archives.find(id, await this.known.idOf(examName), person.id);
    const files = new Map<string, PieceFile>();
    const cohort = await this.read(id, [], (piece) => {
      files.set(piece.key, piece.file);
    });
    return {
      id,
      fileName: archive.fileName,
      size: archive.size ?? 0,
      sha256: archive.sha256,
      arrivedAt: archive.wholeAt.toISOString(),
      expiresAt: archive.expiresAt.toISOString(),
      layout: cohort.layout,
      rows: await rowsOf(this.records, archive, cohort, {
        files,
        students: await this.students(archive.examId),
      }),
      leftOver: [...cohort.leftOver],
    };
  }

  /** Each row is durable by itself, and doing the same again changes nothing. */
  async take(examName: string, id: string, { time, take }: TakeCohort, person: Person): Promise<CohortTaken> {
    const archive = await this.archives.find(id, await this.known.idOf(examName), person.id);
    await this.mustBeDifferentStudents(
      archive.examId,
      take.map(({ student }) => student),
    );
    const outcomes = new Map<string, Taken>();
    let shares: readonly Share[] = [];
    const chosen = new Map(take.map(({ key, student }) => [key, student]));
    const wanted = take.map(({ key }) => pieceOf(key));
    await this.read(
      id,
      wanted,
      async ({ key: pieceKey, file, bytes }) => {
        for (const share of shares.filter(({ piece }) => piece.key === pieceKey)) {
          const student = chosen.get(share.key);
          if (student === undefined) continue;
          outcomes.set(
            share.key,
            file.kind === 'refused' || bytes === undefined
              ? { kind: 'refused', message: file.kind === 'refused' ? file.message : 'Nothing was read.' }
              : await this.handIn({ archive, share, student, file, bytes, time, by: person.id }),
          );
        }
      },
      (cohort) => {
        shares = sharesOf(cohort);
        mustBeThere(
          take.map(({ key }) => key),
          shares,
        );
      },
    );
    this.dispatch.soon();
    const rows = take.flatMap(({ key, student }) => {
      const outcome = outcomes.get(key);
      return outcome === undefined ? [] : [{ key, student, outcome }];
    });
    await this.records.audit.record({
      actorId: person.id,
      action: 'cohort-taken',
      objectType: 'exam',
      objectId: archive.examId,
      details: {
        archive: archive.sha256,
        time,
        received: rows.filter(({ outcome }) => outcome.kind === 'received').length,
      },
    });
    return { rows };
  }

  private async handIn({
    archive,
    share,
    student,
    file,
    bytes,
    time,
    by,
  }: {
    readonly archive: Archive;
    readonly share: Share;
    readonly student: string;
    readonly file: Extract<PieceFile, { kind: 'ready' }>;
    readonly bytes: Uint8Array;
    readonly time: TakeCohort['time'];
    readonly by: string;
  }): Promise<Taken> {
    const { examId } = archive;
    const before = (await this.records.submissions.attempts(examId, [student])).find(
      ({ sha256 }) => sha256 === file.sha256,
    );
    if (before !== undefined) return { kind: 'already', attempt: before.attempt };
    const key = createHash('sha256')
      .update(JSON.stringify([examId, student, file.fileName, file.sha256]))
      .digest('hex');
    const { submission, receipt } = await this.records.submissions.receive({
      examId,
      studentId: student,
      fileName: file.fileName,
      mediaType: MEDIA_TYPES[file.format],
      bytes,
      idempotencyKey: `cohort ${key}`,
      receivedAt: time === 'recorded' ? recordedTime(share, archive) : archive.wholeAt,
      by,
    });
    return {
      kind: 'received',
      submission: submission.id,
      attempt: receipt.attempt,
      code: receipt.code,
      receivedAt: receipt.receivedAt.toISOString(),
    };
  }

  private async read(
    id: string,
    wanted: readonly string[],
    each: (piece: ReadPiece) => void | Promise<void>,
    first: (cohort: Cohort) => void = () => undefined,
  ): Promise<Cohort> {
    return this.archives.laidOut(id, async (path) => {
      let cohort: Cohort | undefined;
      for await (const said of readApart(path, wanted)) {
        if (said.kind === 'piece') await each(said);
        else {
          cohort = said.cohort;
          first(cohort);
        }
      }
      if (cohort === undefined) throw new Error('an archive was read of which nothing was said');
      return cohort;
    });
  }

  /** Those who do not mark the exam. */
  private async students(examId: string): Promise<readonly User[]> {
    const marking = new Set((await this.records.teams.staff(examId)).map(({ id }) => id));
    return (await this.records.users.list({ role: 'student' })).filter(({ id }) => !marking.has(id));
  }

  private async mustBeDifferentStudents(examId: string, ids: readonly string[]): Promise<void> {
    const students = new Set((await this.students(examId)).map(({ id }) => id));
    const stranger = ids.findIndex((id) => !students.has(id));
    if (stranger >= 0) {
      throw invalid(
        `take.${stranger}.student`,
        'There is no such student. Choose one, or leave the row out.',
      );
    }
    const second = ids.findIndex((id, at) => ids.indexOf(id) < at);
    if (second >= 0) {
      throw invalid(
        `take.${second}.student`,
        'This student is chosen twice. Choose one row for each student.',
      );
    }
  }
}

function mustBeThere(keys: readonly string[], shares: readonly Share[]): void {
  const there = new Set(shares.map(({ key }) => key));
  const missing = keys.findIndex((key) => !there.has(key));
  if (missing >= 0) throw invalid(`take.${missing}.key`, 'The archive has no such row. Look at it again.');
  const second = keys.findIndex((key, at) => keys.indexOf(key) < at);
  if (second >= 0) throw invalid(`take.${second}.key`, 'This row is named twice.');
}

function invalid(path: string, message: string): Problem {
  return new Problem(422, message, { name: 'invalid', errors: [{ path, message }] });
}
