import { oneOf, type Session, storable } from './database.js';
import type { Submission as Row } from './generated/prisma/client.js';

/** The states of a submission, in the order it goes through them. */
export const SUBMISSION_STATES = [
  'received',
  'splitting',
  'marking',
  'ready',
  'needs-person',
  'failed',
] as const;
export type SubmissionState = (typeof SUBMISSION_STATES)[number];

export interface Submission {
  readonly id: string;
  readonly examId: string;
  /** The version it was received under. */
  readonly examVersionId: string;
  /** The version it is marked under: the same, until a change of the scheme. */
  readonly schemeVersionId: string;
  readonly studentId: string;
  /** 1 for the first upload of this student for this exam; `counting` says which one counts. */
  readonly attempt: number;
  readonly fileName: string;
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
  /** SHA-256 of the bytes, in hexadecimal. */
  readonly sha256: string;
  readonly receivedAt: Date;
  readonly receiptCode: string;
  readonly state: SubmissionState;
  /** Why it failed or needs a person, in words for people; null otherwise. */
  readonly stateReason: string | null;
  readonly stateChangedAt: Date;
  /** When document and texts were erased; null while they are there. */
  readonly erasedAt: Date | null;
}

/** Proof that bytes and row are durable; exists only after the commit. */
export interface Receipt {
  readonly code: string;
  readonly submissionId: string;
  readonly examId: string;
  readonly examVersionNumber: number;
  readonly attempt: number;
  readonly fileName: string;
  readonly size: number;
  readonly sha256: string;
  readonly receivedAt: Date;
}

export interface NewSubmission {
  readonly examId: string;
  /** Defaults to the exam's current version. */
  readonly examVersionId?: string;
  readonly studentId: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** Of the client; the same key, uploader and content give the same receipt again. */
  readonly idempotencyKey?: string;
  /** By the clock of whoever received it, which has checked the deadline by it; defaults to the database's. */
  readonly receivedAt?: Date;
  /** Who uploads: the student by default, or an examiner on their behalf. */
  readonly by?: string;
}

export interface SubmissionFilter {
  readonly examId?: string;
  readonly studentId?: string;
  readonly states?: readonly SubmissionState[];
  /** 1 to 500, by default 100. */
  readonly limit?: number;
  /** `next` of the page before. */
  readonly after?: string;
}

/** The state and since when; the rest of a submission never changes. */
export async function changeState(
  session: Session,
  id: string,
  state: SubmissionState,
  reason: string | null,
): Promise<Submission> {
  return submissionOf(
    await session.submission.update({
      where: { id },
      data: { state, stateReason: reason === null ? null : storable(reason), stateChangedAt: new Date() },
    }),
  );
}

export function submissionOf(row: Row): Submission {
  return { ...row, state: oneOf(SUBMISSION_STATES, row.state) };
}
