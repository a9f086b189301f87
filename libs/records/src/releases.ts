import type { Decimal } from './decimal.js';
import type { Mark } from './marks.js';

/** Marks as they stood when they were released; a later change needs another release. */
export interface Release {
  readonly id: string;
  readonly examId: string;
  readonly submissionId: string;
  readonly releasedById: string;
  readonly at: Date;
  readonly note: string;
  /** Exactly the marks the student may see. */
  readonly marks: readonly Mark[];
  readonly total: Decimal;
}

export type HeldBackReason = 'not-all-marked' | 'already-released' | 'not-latest-attempt';

export interface Releases {
  /**
   * Releases the given submissions, or every latest attempt of the exam. What is not completely marked by a
   * person is held back, never released in part. Throws NotFoundError.
   */
  release(request: {
    readonly examId: string;
    readonly submissionIds?: readonly string[];
    readonly by: string;
    readonly note?: string;
  }): Promise<{
    readonly released: readonly Release[];
    readonly heldBack: readonly { readonly submissionId: string; readonly reason: HeldBackReason }[];
  }>;
  /** What the student may see now; null before release and after a withdrawal. */
  current(submissionId: string): Promise<Release | null>;
  /** Hides a released result again. Throws NotFoundError; InvalidRecordError when nothing is released. */
  withdraw(request: {
    readonly submissionId: string;
    readonly by: string;
    readonly why: string;
  }): Promise<void>;
}
