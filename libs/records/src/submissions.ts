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
  readonly examVersionId: string;
  readonly studentId: string;
  /** 1 for the first upload of this student for this exam; the latest attempt counts. */
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

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Hand it back as `after` for the next page; null on the last. */
  readonly next: string | null;
}

export interface Submissions {
  /**
   * Stores bytes, SHA-256, row and the order to mark it in one transaction; the receipt is given after the
   * commit. `replayed` tells that the idempotency key had been used for the same upload before.
   * Throws NotFoundError, IdempotencyKeyReusedError.
   */
  receive(
    submission: NewSubmission,
  ): Promise<{ submission: Submission; receipt: Receipt; replayed: boolean }>;
  /** Throws NotFoundError. */
  get(id: string): Promise<Submission>;
  find(id: string): Promise<Submission | null>;
  /** Throws NotFoundError. */
  receipt(id: string): Promise<Receipt>;
  /** The bytes as uploaded. Throws NotFoundError. */
  bytes(id: string): Promise<Uint8Array>;
  /** Newest first. */
  list(filter: SubmissionFilter): Promise<Page<Submission>>;
  /** Throws NotFoundError. */
  setState(id: string, state: SubmissionState, reason?: string): Promise<Submission>;
  /**
   * Works out from the rows what became of the submission and stores it: `ready` when each part has a proposed
   * mark, `needs-person` when one asks for a person, `failed` when one failed or is missing. Idempotent.
   */
  settle(id: string, engineVersion: string, schemeHash: string): Promise<Submission>;
}
