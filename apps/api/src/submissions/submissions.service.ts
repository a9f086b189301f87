import { Inject, Injectable } from '@nestjs/common';
import type { NewSubmission, Receipt as RecordedReceipt, Records, Submission } from '@tensormark/records';
import { Candidates } from '../auth/candidates.js';
import type { Person } from '../auth/person.js';
import { closed, Deadlines, notOpen } from '../deadlines/deadlines.js';
import { KnownExams } from '../exams/known-exams.js';
import { Problem } from '../http/problem.js';
import { Dispatch } from '../storage/dispatch.js';
import { RECORDS } from '../storage/tokens.js';
import { anonymous, Documents, type ReadDocument } from './documents.js';
import { OpenSubmissions } from './open-submissions.js';
import { Overview } from './overview.js';
import { hashOf, SplitCorrection } from './split-correction.js';
import { type Cut, splitViewOf } from './split-view.js';
import type { Accepted, NewCut, Receipt, SubmissionSummary, SubmissionView } from './submissions.contract.js';
import { Turns } from './turns.js';
import type { Upload } from './upload.js';

/** Uploads under way at once from which on it is a storm. */
const STORM = 4;

@Injectable()
export class SubmissionsService {
  private readonly turns = new Turns();
  private arriving = 0;

  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly known: KnownExams,
    private readonly open: OpenSubmissions,
    private readonly overview: Overview,
    private readonly documents: Documents,
    private readonly candidates: Candidates,
    private readonly dispatch: Dispatch,
    private readonly deadlines: Deadlines,
    private readonly correction: SplitCorrection,
  ) {}

  /** The receipt is given once everything is durable; whether the queue can be reached makes no difference to it. */
  async receive(
    examName: string,
    upload: () => Promise<Upload>,
    idempotencyKey: string | undefined,
    student: Pick<Person, 'id'>,
    arrivedAt?: Date,
  ): Promise<Accepted & { replayed: boolean }> {
    this.arriving += 1;
    try {
      const examId = await this.known.idOf(examName);
      return await this.store(examId, await upload(), idempotencyKey, student, arrivedAt);
    } finally {
      this.arriving -= 1;
      // In a storm, handing orders on would only hold receipts up: then the workers fetch them by themselves.
      if (this.arriving < STORM) this.dispatch.soon();
    }
  }

  private async store(
    examId: string,
    { fileName, mediaType, bytes }: Upload,
    idempotencyKey: string | undefined,
    student: Pick<Person, 'id'>,
    arrivedAt: Date | undefined,
  ): Promise<Accepted & { replayed: boolean }> {
    const upload = {
      examId,
      studentId: student.id,
      fileName,
      mediaType,
      bytes,
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    };
    // Attempts of one student are numbered; those of the same moment would only get in each other's way.
    const { submission, receipt, replayed } = await this.turns.take(`${examId} ${student.id}`, () =>
      this.admit(upload, arrivedAt),
    );
    return { submission: submission.id, receipt: receiptOf(receipt), replayed };
  }

  /** By the time when the whole file is here. What was taken before the deadline is not refused when it is sent again. */
  private async admit(upload: NewSubmission, arrivedAt: Date | undefined) {
    const { admission, at } = await this.deadlines.admission(upload.examId, upload.studentId, arrivedAt);
    if (admission.kind === 'not-open' || admission.kind === 'closed') {
      const before = await this.records.submissions.replayOf(upload);
      if (before !== null) return before;
      throw admission.kind === 'closed' ? closed(admission.deadline) : notOpen(admission.opens);
    }
    return this.records.submissions.receive({ ...upload, receivedAt: at });
  }

  /** The receipt of what was handed in before. */
  async accepted(id: string): Promise<Accepted> {
    return { submission: id, receipt: receiptOf(await this.records.submissions.receipt(id)) };
  }

  async list(examName: string, person: Person): Promise<SubmissionSummary[]> {
    return this.overview.submissionsOf(await this.known.find(examName), person);
  }

  async view(id: string, person: Person): Promise<SubmissionView> {
    const submission = await this.open.find(id, person);
    const [exam, receipt, answers] = await Promise.all([
      this.known.find(submission.examId),
      this.records.submissions.receipt(id),
      this.records.answers.ofSubmission(id),
    ]);
    const readable = answers.length > 0 && submission.erasedAt === null;
    const read = readable ? await this.documents.read(submission) : null;
    const candidate = this.candidates.pseudonym(exam.id, submission.studentId);
    return {
      id,
      exam: exam.slug,
      candidate,
      state: await this.overview.stateOf(submission),
      stateReason: submission.state === 'failed' ? submission.stateReason : null,
      receipt: { ...receiptOf(receipt), ...(person.role === 'marker' ? { fileName: candidate } : {}) },
      erasedAt: submission.erasedAt?.toISOString() ?? null,
      mediaType: submission.mediaType,
      split:
        read === null
          ? null
          : splitViewOf(answers, read.split, read.notes, await this.cutOf(submission, read, person)),
    };
  }

  async confirmSplit(id: string, cut: NewCut, person: Person): Promise<SubmissionView> {
    await this.correction.confirm(id, cut, person);
    return this.view(id, person);
  }

  private async cutOf(submission: Submission, read: ReadDocument, person: Person): Promise<Cut> {
    const [confirmation, { yours, until }] = await Promise.all([
      this.records.answers.confirmation(submission.id),
      this.correction.rights(submission, person),
    ]);
    return {
      document: hashOf(read),
      confirmed: confirmation && {
        number: confirmation.number,
        by: confirmation.byId === submission.studentId ? 'student' : 'marker',
        at: confirmation.at.toISOString(),
        changed: [...confirmation.changed],
      },
      yours,
      until: until?.toISOString() ?? null,
    };
  }

  /** Under a name that tells a marker nothing of whose it is. */
  async original(
    id: string,
    person: Person,
  ): Promise<{ bytes: Uint8Array; mediaType: string; name: string }> {
    const submission = await this.open.find(id, person);
    if (submission.erasedAt !== null) throw erased();
    const bytes = await this.records.submissions.bytes(id);
    await this.open.viewed(person, 'submission', id, 'original');
    const name =
      person.role === 'marker'
        ? this.candidates.pseudonym(submission.examId, submission.studentId)
        : submission.receiptCode;
    return { bytes, mediaType: submission.mediaType, name };
  }

  async document(id: string, person: Person): Promise<{ text: string; submission: Submission }> {
    const submission = await this.open.find(id, person);
    if (submission.erasedAt !== null) throw erased();
    const document = await this.documents.read(submission);
    await this.open.viewed(person, 'submission', id, 'document');
    return { text: person.role === 'marker' ? anonymous(document) : document.text, submission };
  }
}

function erased(): Problem {
  return new Problem(410, 'This document has been erased; the marks stay.', { name: 'erased' });
}

function receiptOf({ code, receivedAt, sha256, size, fileName, attempt }: RecordedReceipt): Receipt {
  return { code, receivedAt: receivedAt.toISOString(), sha256, size, fileName, attempt };
}
