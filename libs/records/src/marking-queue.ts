import type { Answer } from './answers.js';
import type { Mark } from './marks.js';
import type { ProposedMark } from './proposed-marks.js';
import type { SubmissionState } from './submissions.js';

/** What a marker has before them: one answer, what the machine proposes and what stands. */
export interface MarkingItem {
  readonly answer: Answer;
  readonly examId: string;
  readonly maximum: string;
  readonly partTitle: string;
  readonly partKind: string;
  readonly submissionState: SubmissionState;
  readonly proposed: ProposedMark | null;
  readonly mark: Mark | null;
}

export interface MarkingQueueFilter {
  readonly examId: string;
  readonly part?: string;
  /** 1 to 500, by default 50. */
  readonly limit?: number;
  /** Skip that many. */
  readonly offset?: number;
}

/** How far marking has come. */
export interface MarkingProgress {
  readonly part: string;
  readonly answers: number;
  readonly marked: number;
  readonly needsPerson: number;
  readonly failed: number;
}

export interface MarkingQueue {
  /** Answers of latest attempts that have no mark yet, most doubtful first: failed, needs a person, least sure. */
  awaiting(filter: MarkingQueueFilter): Promise<{ items: readonly MarkingItem[]; total: number }>;
  /** One item whether marked or not. Throws NotFoundError. */
  item(answerId: string): Promise<MarkingItem>;
  /** All parts of one submission, in the order of the paper. Throws NotFoundError. */
  ofSubmission(submissionId: string): Promise<readonly MarkingItem[]>;
  progress(examId: string): Promise<readonly MarkingProgress[]>;
}
